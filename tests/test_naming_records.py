# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records that are named by references, on real business data."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from client import Client

CALLERS = 10


@pytest.fixture
def shop(admin, unique):
    """Products of a shop; their codes begin with the name that is returned."""
    rows = [
        {"default_code": f"{unique}-{n}", "name": f"Product {n}", "list_price": n}
        for n in range(3)
    ]
    admin.put("/upsert/product.product?key=default_code", rows)
    return unique


def order(shop, *numbers, match=("sequence",)):
    """The body of an order with lines, which knows no id of the database."""
    lines = [
        {
            "sequence": number,
            "product_id": {"default_code": f"{shop}-{number}"},
            "product_uom_qty": number + 1,
        }
        for number in numbers
    ]
    upsert = {"match": list(match), "records": lines, "delete_others": True}
    return {
        "external_id": f"shop.{shop}_order",
        "partner_id": {
            "external_id": f"shop.{shop}_customer",
            "name": "Baker Ltd",
            "country_id": {"code": "BE"},
            "category_id": [{"name": f"{shop} web", "create": True}],
            "create": True,
        },
        "order_line": {"upsert": upsert},
    }


def send(client, body, status=200, model="sale.order"):
    path = f"/upsert/{model}?key=external_id"
    return client.succeed(status, "PUT", path, body)


def test_an_order_is_sent_twice(admin, shop):
    first = send(admin, order(shop, 0, 1), 201)
    assert first["status"] == "created"
    again = send(admin, order(shop, 0, 1))
    assert (again["id"], again["status"]) == (first["id"], "unchanged")
    again = send(admin, order(shop, 1, 2))
    assert again["status"] == "updated"
    fields = "partner_id.country_id,partner_id.category_id.name,order_line.sequence"
    fields += ",order_line.product_id.default_code,order_line.product_uom_qty"
    path = f"/search/sale.order/@shop.{shop}_order"
    record = admin.get(path, fields=fields)["record"]
    assert record["partner_id"]["country_id"][1] == "Belgium"
    assert [tag["name"] for tag in record["partner_id"]["category_id"]] == [
        f"{shop} web"
    ]
    lines = {
        line["product_id"]["default_code"]: line["product_uom_qty"]
        for line in record["order_line"]
    }
    assert lines == {f"{shop}-1": 2, f"{shop}-2": 3}


def test_a_product_with_variants_is_sent_twice(admin, unique):
    size = {"name": f"{unique} size", "create": True}
    values = [
        {"name": name, "attribute_id": {"name": f"{unique} size"}, "create": True}
        for name in ("S", "M")
    ]
    line = {"attribute_id": size, "value_ids": values}
    body = {
        "external_id": f"shop.{unique}_shirt",
        "name": "Shirt",
        "attribute_line_ids": {
            "upsert": {"match": ["attribute_id"], "records": [line]}
        },
    }
    assert send(admin, body, 201, "product.template")["status"] == "created"
    assert send(admin, body, model="product.template")["status"] == "unchanged"
    found = admin.get(
        "/search/product.product",
        product_tmpl_id=f"@shop.{unique}_shirt",
        fields="name",
    )
    assert found["total_count"] == 2


def test_lines_that_an_app_adds_do_not_take_the_names_of_others(admin, unique, shop):
    """The template of an order brings lines of its own."""
    body = order(shop, 0, 1)
    lines = body["order_line"]["upsert"]
    lines["match"] = ["external_id"]
    lines["records"] = [
        {"external_id": f"shop.{unique}_line{line['sequence']}", **line}
        for line in lines["records"]
    ]
    send(admin, body, 201)
    assert send(admin, body)["status"] == "unchanged"
    for number in (0, 1):
        path = f"/search/sale.order.line/@shop.{unique}_line{number}"
        record = admin.get(path, fields="product_id.default_code")["record"]
        assert record["product_id"]["default_code"] == f"{shop}-{number}"


def test_a_balanced_entry_of_named_lines(admin, unique):
    """Odoo checks the balance while it creates the lines."""
    accounts = admin.get("/search/account.account", fields="code", limit=2)["records"]
    lines = [
        {
            "external_id": f"shop.{unique}_{side}",
            "account_id": {"code": account["code"]},
            side: 100,
        }
        for side, account in zip(("debit", "credit"), accounts, strict=True)
    ]
    upsert = {"match": ["external_id"], "records": lines}
    body = {"external_id": f"shop.{unique}_entry", "line_ids": {"upsert": upsert}}
    send(admin, body, 201, "account.move")
    for side in ("debit", "credit"):
        path = f"/search/account.move.line/@shop.{unique}_{side}"
        assert admin.get(path, fields=side)["record"][side] == 100


def test_concurrent_requests_create_a_record_once(admin, unique):
    body = {
        "name": "Contact",
        "parent_id": {"external_id": f"shop.{unique}", "name": unique, "create": True},
        "category_id": [{"name": unique, "create": True}],
    }

    def create(_number):
        client = Client(admin.url, **admin.headers)
        return client.call("POST", "/create/res.partner", body).status_code

    with ThreadPoolExecutor(CALLERS) as callers:
        statuses = list(callers.map(create, range(CALLERS)))
    assert 201 in statuses
    assert set(statuses) <= {201, 409}, statuses
    assert admin.count("res.partner", name=unique) == 1
    assert admin.count("res.partner.category", name=unique) == 1
    created = admin.count("res.partner", parent_id=f"@shop.{unique}")
    assert created == statuses.count(201)


def test_a_wizard_in_its_context(admin, shop):
    send(admin, order(shop, 1), 201)
    reference = {"external_id": f"shop.{shop}_order"}
    admin.post("/call/sale.order/action_confirm", {"ids": [reference]})
    context = {"active_model": "sale.order", "active_ids": [reference]}
    body = {"context": context, "values": {"advance_payment_method": "fixed"}}
    body["values"]["fixed_amount"] = 1
    wizard = admin.create("sale.advance.payment.inv", body)
    admin.post("/call/sale.advance.payment.inv/create_invoices", {"ids": [wizard]})
    fields = "invoice_ids.amount_untaxed"
    record = admin.get(f"/search/sale.order/@shop.{shop}_order", fields=fields)[
        "record"
    ]
    assert [row["amount_untaxed"] for row in record["invoice_ids"]] == [1]


def test_steps_of_a_batch_use_new_names(admin, shop):
    steps = [
        {
            "method": "PUT",
            "path": "/upsert/sale.order?key=external_id",
            "body": order(shop, 1),
        },
        {
            "method": "POST",
            "path": "/call/sale.order/action_confirm",
            "body": {"ids": [{"external_id": f"shop.{shop}_order"}]},
        },
        {
            "method": "GET",
            "path": f"/search/sale.order/@shop.{shop}_order?fields=state,external_id",
        },
    ]
    results = admin.post("/batch", {"steps": steps})["results"]
    record = results[2]["data"]["record"]
    assert (record["state"], record["external_id"]) == ("sale", f"shop.{shop}_order")


def test_a_dry_run_names_nothing(admin, shop):
    path = "/upsert/sale.order?key=external_id"
    headers = {"Prefer": "dry-run"}
    admin.succeed(201, "PUT", path, order(shop, 1), headers=headers)
    path = f"/search/sale.order/@shop.{shop}_order"
    admin.refuse(404, "RECORD_NOT_FOUND", "GET", path)
    assert admin.count("res.partner.category", name=f"{shop} web") == 0


def test_portal_users_find_only_what_they_may_see(admin, portal, unique):
    body = {"external_id": f"shop.{unique}", "name": unique}
    send(admin, body, 201, "res.partner")
    path = f"/search/res.partner/@shop.{unique}"
    portal.refuse(404, "RECORD_NOT_FOUND", "GET", path)
    for query in (f"id=@shop.{unique}", f"parent_id=@shop.{unique}"):
        path = f"/search/res.partner?{query}"
        portal.refuse(400, "INVALID_FILTER", "GET", path)
    path = f"/search/res.partner?external_id=shop.{unique}"
    assert portal.get(path)["total_count"] == 0
