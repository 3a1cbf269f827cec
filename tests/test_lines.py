# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines of orders by what is to be done with them."""

import pytest

LINE = "id,product_uom_qty,price_unit"


@pytest.fixture(scope="module")
def product(admin):
    return admin.create("product.product", name="By intent", list_price=10)


@pytest.fixture(scope="module")
def customer(admin):
    return admin.create("res.partner", name="By intent")


@pytest.fixture
def new_order(admin, customer, product):
    """Make an order with lines of these quantities; return it and their ids."""

    def make(*quantities):
        lines = [{"product_id": product, "product_uom_qty": n} for n in quantities]
        lines = {"create": lines}
        order = admin.create("sale.order", partner_id=customer, order_line=lines)
        return order, admin.read("sale.order", order, "order_line")["order_line"]

    return make


def quantities(client, order):
    lines = client.read("sale.order", order, "order_line")["order_line"]
    return [
        client.read("sale.order.line", line, LINE)["product_uom_qty"] for line in lines
    ]


def test_order_and_its_lines_change_together(admin, new_order, product):
    order, [first, second, third] = new_order(1, 2, 3)
    body = {
        "client_order_ref": "intent",
        "order_line": {
            "create": [{"product_id": product, "product_uom_qty": 4}],
            "update": [{"id": second, "product_uom_qty": 20, "price_unit": 5}],
            "delete": [first],
        },
    }
    data = admin.put(f"/update/sale.order/{order}", body)
    assert data["record"]["order_line"][:2] == [second, third]
    assert quantities(admin, order) == [20, 3, 4]


def test_line_of_another_order_is_left_alone(admin, new_order):
    order, _lines = new_order(1)
    other, [line] = new_order(7)
    path = f"/update/sale.order/{order}"
    for lines, place in [
        ({"update": [{"id": line, "product_uom_qty": 9}]}, "/update/0/id"),
        ({"delete": [line]}, "/delete/0"),
        ({"remove": [line]}, "/remove/0"),
    ]:
        body = {"order_line": lines}
        error = admin.refuse(422, "VALIDATION_ERROR", "PUT", path, body)
        [entry] = error["details"]
        assert entry["pointer"] == f"/order_line{place}"
    assert quantities(admin, other) == [7]


def test_many_orders_and_their_lines_at_once(admin, new_order):
    order, [line] = new_order(1)
    other, [other_line] = new_order(2)

    def update(order, line):
        lines = {"update": [{"id": line, "product_uom_qty": 9}]}
        return {"id": order, "order_line": lines}

    path = "/update/sale.order"
    body = [update(order, line), update(other, line)]
    error = admin.refuse(422, "VALIDATION_ERROR", "PATCH", path, body)
    assert error["details"][0]["pointer"] == "/1/order_line/update/0/id"
    body[1] = update(other, other_line)
    admin.succeed(200, "PATCH", path, body)
    assert quantities(admin, order) + quantities(admin, other) == [9, 9]


def test_mistake_in_one_line_changes_nothing(admin, new_order):
    order, [first, second] = new_order(1, 2)
    lines = {"delete": [first], "update": [{"id": second, "product_id": "x"}]}
    path = f"/update/sale.order/{order}"
    body = {"order_line": lines}
    error = admin.refuse(422, "VALIDATION_ERROR", "PUT", path, body)
    assert error["details"][0]["pointer"] == "/order_line/update/0/product_id"
    assert quantities(admin, order) == [1, 2]


def test_tags_of_a_lead(demo, admin, unique):
    tags = [admin.create("crm.tag", name=f"{unique}{letter}") for letter in "abc"]
    body = {"name": unique, "tag_ids": {"set": tags[:2]}}
    lead = demo.create("crm.lead", body)
    path = f"/update/crm.lead/{lead}"
    for intents, left in [
        ({"add": tags[2:]}, tags),
        ({"remove": [tags[0]]}, tags[1:]),
        ({"set": [tags[0]], "create": []}, tags[:1]),
        ({}, tags[:1]),
        ({"set": []}, []),
    ]:
        demo.put(path, {"tag_ids": intents, "priority": "1"})
        assert sorted(demo.read("crm.lead", lead, "tag_ids")["tag_ids"]) == left


def test_lines_under_the_rights_of_the_caller(demo, admin, customer, new_order):
    """An employee who sells can change their orders, not their customer's users."""
    body = {"child_ids": {"create": [{"name": "x", "user_ids": [[0, 0, {}]]}]}}
    answer = demo.call("PUT", f"/update/res.partner/{customer}", body)
    assert answer.status_code in (403, 422)
