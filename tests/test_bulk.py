# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many records in one request: all or nothing, or a result for each."""

import uuid

import backstage
import pytest
from client import Client
from test_concurrency import at_once


@pytest.fixture
def product(admin, unique):
    template = admin.create(
        "product.template", name=unique, list_price=50, type="consu"
    )
    return admin.read("product.template", template, "product_variant_id")[
        "product_variant_id"
    ][0]


@pytest.fixture
def new_order(admin, unique, product):
    """Make a quotation with a line of 2 pieces."""
    customer = admin.create("res.partner", name=unique)

    def make(**values):
        line = [0, 0, {"product_id": product, "product_uom_qty": 2}]
        return admin.create(
            "sale.order", {"partner_id": customer, "order_line": [line]} | values
        )

    return make


def results(client, verb, path, body=None, **params):
    params |= {"atomic": "false"}
    data = client.succeed(200, verb, path, body, params=params)
    done = [row for row in data["results"] if row["success"]]
    assert (len(done), len(data["results"])) == (
        data["succeeded"],
        data["succeeded"] + data["failed"],
    )
    for row in data["results"]:
        assert row["success"] == ("error" not in row) == (row["status"] < 400)
    return data["results"]


def test_orders_get_the_same_values(admin, new_order, unique):
    orders = [new_order() for _number in range(3)]
    body = {"ids": orders, "values": {"client_order_ref": unique}}
    data = admin.succeed(200, "PATCH", "/update/sale.order", body)
    assert data["ids"] == orders
    assert data["updated_fields"] == ["client_order_ref"]
    assert {row["client_order_ref"] for row in data["records"]} == {unique}
    assert admin.count("sale.order", client_order_ref=unique) == 3


def test_each_order_gets_its_own_lines(admin, new_order, product):
    orders = [new_order() for _number in range(3)]
    body = [
        {
            "id": order,
            "order_line": [[0, 0, {"product_id": product, "product_uom_qty": number}]],
        }
        for number, order in enumerate(orders, 1)
    ]
    data = admin.succeed(200, "PATCH", "/update/sale.order", body)
    assert [len(row["order_line"]) for row in data["records"]] == [2, 2, 2]
    amounts = [
        admin.read("sale.order", order, "amount_untaxed")["amount_untaxed"]
        for order in orders
    ]
    assert amounts == [150, 200, 250]


def test_a_thousand_tags_are_updated_and_not_one_more(admin, unique):
    body = [{"name": f"{unique} {number}"} for number in range(1000)]
    tags = admin.succeed(201, "POST", "/create/crm.tag", body)["ids"]
    body = {"ids": tags, "values": {"color": 3}}
    assert admin.succeed(200, "PATCH", "/update/crm.tag", body)["count"] == 1000
    body = [{"id": tag, "color": 4, "name": f"{unique} new {tag}"} for tag in tags]
    # A name that is taken, in the middle: PostgreSQL finds it when all is written.
    body[500]["name"] = body[499]["name"]
    admin.refuse(422, "VALIDATION_ERROR", "PATCH", "/update/crm.tag", body)
    assert admin.read("crm.tag", tags[0], "color")["color"] == 3
    body.append({"id": tags[-1] + 1, "color": 4})
    admin.refuse(413, "PAYLOAD_TOO_LARGE", "PATCH", "/update/crm.tag", body)
    rows = results(admin, "PATCH", "/update/crm.tag", body[:1000])
    assert [row["id"] for row in rows if not row["success"]] == [tags[500]]
    assert admin.succeed(200, "DELETE", "/delete/crm.tag", {"ids": tags})
    rows = backstage.query("SELECT id FROM crm_tag WHERE id = ANY(%s)", tags)
    assert not rows


def test_a_result_for_each_lead(admin, unique):
    leads = [admin.create("crm.lead", name=unique) for _number in range(3)]
    body = [
        {"id": leads[0], "probability": 20},
        {"id": leads[1], "probability": 500},
        {"id": 2**31 - 1, "probability": 30},
        {"id": leads[2], "expected_revenue": "much"},
    ]
    done, broken, missing, wrong = results(admin, "PATCH", "/update/crm.lead", body)
    assert (done["status"], done["record"]["probability"]) == (200, 20)
    assert (broken["status"], broken["error"]["code"]) == (422, "VALIDATION_ERROR")
    assert "probability" in broken["error"]["message"]
    assert (missing["status"], missing["error"]["code"]) == (404, "RECORD_NOT_FOUND")
    assert wrong["error"]["details"][0]["pointer"] == "/3/expected_revenue"
    assert admin.read("crm.lead", leads[1], "probability")["probability"] != 500


def test_a_result_for_each_order_that_odoo_refuses_itself(admin, new_order):
    """Odoo's own errors, at the update of one and at the deletion of one."""
    draft, sold = new_order(), new_order()
    admin.succeed(200, "PUT", f"/update/sale.order/{sold}", {"state": "sale"})
    pricelist = admin.create("product.pricelist", name="Other")
    body = {"ids": [sold, draft], "values": {"pricelist_id": pricelist}}
    admin.refuse(422, "VALIDATION_ERROR", "PATCH", "/update/sale.order", body)
    kept, changed = results(admin, "PATCH", "/update/sale.order", body)
    assert (kept["id"], kept["status"]) == (sold, 422)
    assert changed["record"]["pricelist_id"][0] == pricelist
    ids = f"{sold},{draft}"
    kept, gone = results(admin, "DELETE", "/delete/sale.order", ids=ids)
    assert (kept["id"], kept["status"]) == (sold, 422)
    assert kept["error"]["message"]
    assert gone == {"id": draft, "success": True, "status": 200}
    assert admin.count("sale.order", id=sold) == 1
    path = f"/delete/sale.order?ids={sold}"
    admin.refuse(422, "VALIDATION_ERROR", "DELETE", path)


def test_what_is_needed_elsewhere_is_kept(admin, unique, new_order):
    order = new_order()
    partner = admin.read("sale.order", order, "partner_id")["partner_id"][0]
    other = admin.create("res.partner", name=unique)
    path = "/delete/res.partner"
    body = {"ids": [other, partner]}
    admin.refuse(422, "VALIDATION_ERROR", "DELETE", path, body)
    assert admin.count("res.partner", id=other) == 1
    gone, kept = results(admin, "DELETE", path, body)
    assert (gone["status"], kept["status"]) == (200, 422)
    assert kept["error"]["code"] == "VALIDATION_ERROR"
    assert "psycopg2" not in kept["error"]["message"]


def test_products_that_break_a_constraint(admin, unique):
    codes = [f"{unique}{number}" for number in range(2)]
    products = [
        admin.create("product.product", name=unique, barcode=code) for code in codes
    ]
    body = [
        {"id": products[0], "list_price": 5},
        {"id": products[1], "barcode": codes[0]},
    ]
    path = "/update/product.product"
    admin.refuse(422, "VALIDATION_ERROR", "PATCH", path, body)
    assert admin.read("product.product", products[0], "list_price")["list_price"] != 5
    good, bad = results(admin, "PATCH", path, body)
    assert (good["status"], bad["status"]) == (200, 422)
    assert admin.read("product.product", products[0], "list_price")["list_price"] == 5


def test_create_a_result_for_each(admin, unique):
    body = [
        {"name": unique, "probability": 10},
        {"name": unique, "probability": -10},
        {"nmae": unique},
        {"name": unique, "user_id": 2**31 - 1},
    ]
    rows = results(admin, "POST", "/create/crm.lead", body)
    assert [row["status"] for row in rows] == [201, 422, 400, 422]
    assert rows[2]["error"]["code"] == "INVALID_FIELDS"
    assert admin.count("crm.lead", name=unique) == 1
    assert rows[0]["id"] == rows[0]["record"]["id"]


def test_rights_decide_for_each(admin, demo, demo_id, new_user, unique):
    mine = admin.create("crm.lead", name=unique, user_id=demo_id)
    other = admin.create("crm.lead", name=unique, user_id=2)
    body = {"ids": [mine, other], "values": {"description": "taken"}}
    path = "/update/crm.lead"
    error = demo.refuse(404, "RECORD_NOT_FOUND", "PATCH", path, body)
    assert [detail["pointer"] for detail in error["details"]] == ["/ids/1"]
    rows = results(demo, "PATCH", path, body)
    assert [row["status"] for row in rows] == [200, 404]
    assert not admin.read("crm.lead", other, "description")["description"]
    nobody = new_user().with_key()
    nobody.refuse(403, "ACCESS_DENIED", "PATCH", path, body)
    # An employee sees all contacts, and may not change a company.
    partner = admin.create("res.partner", name=unique)
    body = {"ids": [partner], "values": {"name": "taken"}}
    nobody.refuse(403, "ACCESS_DENIED", "PATCH", "/update/res.partner", body)
    [row] = results(nobody, "PATCH", "/update/res.partner", body)
    assert (row["status"], row["error"]["code"]) == (403, "ACCESS_DENIED")


def test_what_the_portal_user_cannot_see_is_missing(admin, portal, new_order):
    order = new_order()
    for body in (
        {"ids": [order], "values": {"note": "x"}},
        [{"id": order, "note": "x", "if_match": '"x"'}],
    ):
        error = portal.refuse(
            404, "RECORD_NOT_FOUND", "PATCH", "/update/sale.order", body
        )
        assert [detail["pointer"] for detail in error["details"]]
    body = [{"id": order, "if_match": "*"}]
    [row] = results(portal, "DELETE", "/delete/sale.order", body)
    assert row["status"] == 404


def test_keys_for_less(admin, url, unique):
    lead = admin.create("crm.lead", name=unique)
    update = {"ids": [lead], "values": {"name": "x"}}
    for models, refused in [
        ({"crm.lead": ["read", "update"]}, "DELETE"),
        ({"crm.lead": ["read", "delete"]}, "PATCH"),
        ({"sale.order": ["read", "update", "delete"]}, "PATCH DELETE"),
    ]:
        key = admin.post("/users/2/api-key", {"models": models})["api_key"]
        client = Client(url, api_key=key)
        for verb in refused.split():
            path = "/update/crm.lead" if verb == "PATCH" else "/delete/crm.lead"
            body = update if verb == "PATCH" else {"ids": [lead]}
            client.refuse(403, "KEY_RESTRICTED", verb, path, body)
    key = admin.post("/users/2/api-key", {"models": {"crm.lead": ["read", "update"]}})
    client = Client(url, api_key=key["api_key"])
    # Lines of another model, through a relation, for one item of many.
    tag = [[0, 0, {"name": unique}]]
    body = [{"id": lead, "tag_ids": tag}]
    [row] = results(client, "PATCH", "/update/crm.lead", body)
    assert (row["status"], row["error"]["code"]) == (403, "KEY_RESTRICTED")


def test_max_affected(admin, unique):
    leads = [admin.create("crm.lead", name=unique) for _number in range(3)]
    prefer = {"Prefer": "max-affected=2"}
    body = {"ids": leads, "values": {"name": "x"}}
    for verb, path, sent in [
        ("PATCH", "/update/crm.lead", body),
        ("DELETE", "/delete/crm.lead", {"ids": leads}),
        ("DELETE", "/delete/crm.lead?atomic=false", {"ids": leads}),
        ("POST", "/create/crm.lead", [{"name": unique}] * 3),
    ]:
        admin.refuse(409, "MAX_AFFECTED_EXCEEDED", verb, path, sent, headers=prefer)
    assert admin.count("crm.lead", name=unique) == 3
    body["ids"] = leads[:2]
    answer = admin.call("PATCH", "/update/crm.lead", body, headers=prefer)
    assert answer.status_code == 200
    assert answer.headers["Preference-Applied"] == "max-affected=2"
    path = f"/delete/crm.lead/{leads[0]}"
    none = {"Prefer": "max-affected=0"}
    admin.refuse(409, "MAX_AFFECTED_EXCEEDED", "DELETE", path, headers=none)


def test_lost_race_is_run_again_as_a_whole(admin, url, unique):
    """What Odoo retries is nothing that one item of many could fail with."""
    leads = [admin.create("crm.lead", name=unique) for _number in range(4)]

    def update(number):
        order = leads if number % 2 else leads[::-1]
        body = [{"id": lead, "referred": f"{number}"} for lead in order]
        client = Client(url, **admin.headers)
        return client.call("PATCH", "/update/crm.lead?atomic=false", body)

    answers = at_once(update, 6)
    assert {answer.status_code for answer in answers} <= {200, 409}
    done = [a.json()["data"] for a in answers if a.status_code == 200]
    assert done
    assert all(data["failed"] == 0 for data in done)
    found = {admin.read("crm.lead", lead, "referred")["referred"] for lead in leads}
    assert len(found) == 1


def test_dry_run_tells_of_each_and_keeps_nothing(admin, unique):
    leads = [admin.create("crm.lead", name=unique) for _number in range(2)]
    headers = {"Prefer": "dry-run"}
    body = [
        {"id": leads[0], "description": "tried"},
        {"id": leads[1], "probability": 500},
    ]
    for verb, path, sent, changed in [
        ("PATCH", "/update/crm.lead?atomic=false", body, leads[:1]),
        ("PATCH", "/update/crm.lead", body[:1], leads[:1]),
        ("DELETE", "/delete/crm.lead", {"ids": leads}, leads),
    ]:
        answer = admin.call(verb, path, sent, headers=headers)
        assert answer.status_code == 200
        data = answer.json()["data"]
        assert data["dry_run"] is True
        assert [row["id"] for row in data["changes"]] == changed
    answer = admin.call("POST", "/create/crm.lead", {"name": unique}, headers=headers)
    assert "ETag" not in answer.headers
    assert admin.count("crm.lead", name=unique, description="") == 2


def test_repeat_of_a_bulk_request_gives_the_same_results(admin, unique):
    body = [{"name": unique}, {"name": unique, "probability": 500}]
    headers = {"Idempotency-Key": unique}
    path = "/create/crm.lead?atomic=false"
    first = admin.call("POST", path, body, headers=headers)
    again = admin.call("POST", path, body, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert admin.count("crm.lead", name=unique) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"ids": [1.5], "values": {"name": "x"}},
        {"ids": ["é"], "values": {"name": "x"}},
        {"ids": {"1": 1}, "values": {"name": "x"}},
        {"ids": [None], "values": {"name": "x"}},
        {"ids": [-1], "values": {"name": "x"}},
        {"ids": [1], "values": "x"},
        [{"id": {"id": 1}, "name": "x"}],
        [{"id": 1, "name": "x", "if_match": ["*"]}],
        [{"id": 1, "name": "x", "if_match": "\n"}],
        [{"ID": 1, "name": "x"}],
        [{"id": 1, "name": "x"}, {"id": "1", "name": "y"}],
    ],
)
def test_bodies_that_are_no_good(admin, body):
    for params in ({}, {"atomic": "false"}):
        path = "/update/res.partner"
        admin.refuse(422, "VALIDATION_ERROR", "PATCH", path, body, params=params)


def test_unknown_models_and_parameters(admin):
    body = {"ids": [1], "values": {"name": "x"}}
    admin.refuse(404, "MODEL_NOT_FOUND", "PATCH", "/update/no.such", body)
    admin.refuse(404, "MODEL_NOT_FOUND", "DELETE", "/delete/no.such?ids=1")
    path = "/update/res.partner?atmoic=false"
    error = admin.refuse(400, "INVALID_PARAMETER", "PATCH", path, body)
    assert "atomic" in error["message"]
    path = f"/delete/res.partner?id={uuid.uuid4().int % 1000}"
    admin.refuse(400, "INVALID_PARAMETER", "DELETE", path)
