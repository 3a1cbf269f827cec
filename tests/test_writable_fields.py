# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a field accepts is what Odoo declares, and the ORM's own result."""

import pytest

READONLY = {"amount_total": 1, "amount_untaxed": 1, "invoice_status": "invoiced"}


def refused(client, method, path, body, pointer):
    error = client.refuse(400, "INVALID_FIELDS", method, path, body)
    [detail] = error["details"]
    assert (detail["code"], detail["pointer"]) == ("not_writable", pointer)


@pytest.fixture
def order(admin, sales):
    return sales.orders[0]


@pytest.mark.parametrize("name", READONLY)
def test_computed_columns_are_refused(admin, order, name):
    body, before = {name: READONLY[name]}, admin.read("sale.order", order, name)[name]
    refused(admin, "PATCH", f"/update/sale.order/{order}", body, f"/{name}")
    bulk = {"ids": [order], "values": body}
    refused(admin, "PATCH", "/update/sale.order", bulk, f"/values/{name}")
    items = [{"id": order} | body]
    refused(admin, "PATCH", "/update/sale.order", items, f"/0/{name}")
    refused(admin, "POST", "/create/sale.order", {"partner_id": 1} | body, f"/{name}")
    assert admin.read("sale.order", order, name)[name] == before


def test_in_lines_and_batches(admin, order):
    [line] = admin.read("sale.order", order, "order_line")["order_line"][:1]
    values = {"price_subtotal": 1}
    body = {"order_line": {"update": [{"id": line} | values]}}
    pointer = "/order_line/update/0/price_subtotal"
    refused(admin, "PATCH", f"/update/sale.order/{order}", body, pointer)
    step = {"method": "PATCH", "path": f"/update/sale.order.line/{line}"}
    batch = {"steps": [step | {"body": values}]}
    refused(admin, "POST", "/batch", batch, "/steps/0/body/price_subtotal")


def test_in_upserts(admin, unique):
    body = {"ref": unique, "name": unique, "complete_name": "Another"}
    path = "/upsert/res.partner?key=ref"
    refused(admin, "PUT", path, body, "/complete_name")
    admin.create("res.partner", ref=unique, name=unique)
    refused(admin, "PUT", path, body, "/complete_name")


def test_through_the_record_that_one_is_made_of(admin, new_user):
    user = new_user()
    body = {"complete_name": "Another"}
    refused(admin, "PATCH", f"/update/res.users/{user.id}", body, "/complete_name")
    # A field of the partner with a column of its own is written.
    data = admin.succeed(
        200, "PATCH", f"/update/res.users/{user.id}", {"phone": "+32 1"}
    )
    assert data["updated_fields"] == ["phone"]


def test_what_was_read_can_be_sent_back(admin, order):
    names = "client_order_ref,amount_total,amount_untaxed,invoice_status"
    values = admin.read("sale.order", order, names)
    del values["id"]
    values["client_order_ref"] = "Sent back"
    path = f"/update/sale.order/{order}"
    data = admin.succeed(200, "PATCH", path, values)
    assert data["updated_fields"] == ["client_order_ref"]
    values["amount_total"] += 0.5
    refused(admin, "PATCH", path, values, "/amount_total")


def test_fields_that_only_the_model_knows(admin, unique):
    """A weekly meeting, three times: fields without a column and without an inverse."""
    event = {
        "name": unique,
        "start": "2026-12-01 09:00:00",
        "stop": "2026-12-01 10:00:00",
        "recurrency": True,
        "rrule_type": "weekly",
        "interval": 1,
        "tue": True,
        "end_type": "count",
        "count": 3,
    }
    admin.create("calendar.event", event)
    query = {"name": unique, "fields": "start", "order": "start"}
    found = admin.get("/search/calendar.event", **query)["records"]
    days = ["2026-12-01", "2026-12-08", "2026-12-15"]
    assert [record["start"][:10] for record in found] == days


def test_readonly_in_views_only(admin, unique):
    lead = admin.create("crm.lead", name=unique)
    [stage] = admin.get("/search/crm.stage", limit=1, order="id desc")["records"]
    data = admin.succeed(
        200, "PATCH", f"/update/crm.lead/{lead}", {"stage_id": stage["id"]}
    )
    assert data["record"]["stage_id"][0] == stage["id"]
    product = admin.create("product.product", name=unique)
    order = admin.create(
        "sale.order", partner_id=1, order_line={"create": [{"product_id": product}]}
    )
    # Readonly in its form, and a plain field of the model.
    data = admin.succeed(200, "PATCH", f"/update/sale.order/{order}", {"state": "sent"})
    assert data["record"]["state"] == "sent"
