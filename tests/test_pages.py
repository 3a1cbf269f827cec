# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders and cursors on business data, for callers of different rights."""

import json
import random

import pytest

ORDERS = {
    "sale.order": (
        "partner_id desc",
        "date_order desc,name",
        "state,amount_total desc",
        "partner_id.country_id.code,partner_id.name desc",
        "client_order_ref nulls first",
        "validity_date desc nulls last",
    ),
    "sale.order.line": ("order_id", "product_id,price_unit desc", "order_id.name"),
    "account.move": ("invoice_date desc", "partner_id,amount_residual", "journal_id"),
    "account.move.line": ("date desc", "account_id,balance desc"),
    "crm.lead": ("stage_id,probability desc", "user_id,team_id", "expected_revenue"),
    "hr.employee": ("name desc", "department_id", "job_title nulls first"),
    "product.product": ("default_code", "categ_id,name", "product_tmpl_id"),
    "mail.message": ("date desc", "author_id,subject"),
    "res.partner": ("country_id desc,city", "parent_id.name", "ref,phone", "lang"),
    "ir.attachment": ("name", "create_uid.login"),
}


def walk(client, model, size, **params):
    """All records, page by page."""
    rows, page = [], {"limit": size, **params}
    while True:
        data = client.get(f"/search/{model}", **page)
        rows += data["records"]
        if "next_cursor" not in data:
            return rows
        assert len(data["records"]) == size
        page["cursor"] = data["next_cursor"]


@pytest.mark.parametrize("model", ORDERS)
def test_pages_are_the_whole_in_its_order(admin, demo, portal, model):
    for client in (admin, demo, portal):
        for order in ORDERS[model]:
            params = {"order": order, "fields": "id"}
            answer = client.call(
                "GET", f"/search/{model}", params=params | {"limit": 1000}
            )
            # Not everybody may read every model, or sort by all of its fields.
            assert answer.status_code in (200, 403), answer.text
            assert answer.ok or client is not admin, answer.text
            if answer.ok:
                data = answer.json()["data"]
                size = max(1, data["count"] // random.randint(2, 5))
                rows = walk(client, model, size, **params)
                assert rows[:1000] == data["records"]
                assert data["total_count"] == len(rows)


def test_pages_go_on_where_they_ended_while_orders_come_and_go(admin, unique):
    partner = admin.create("res.partner", name=unique)
    names = [f"{unique} {letter}" for letter in "cgkos"]
    ids = {
        name: admin.create("sale.order", partner_id=partner, client_order_ref=name)
        for name in names
    }
    params = {"partner_id": partner, "order": "client_order_ref", "limit": 2}
    params["fields"] = "client_order_ref"
    first = admin.get("/search/sale.order", **params)
    assert [row["client_order_ref"] for row in first["records"]] == names[:2]
    for letter in "ah":  # one before the place, one after
        values = {"partner_id": partner, "client_order_ref": f"{unique} {letter}"}
        admin.create("sale.order", values)
    admin.delete("sale.order", ids[names[1]])
    params |= {"cursor": first["next_cursor"], "limit": 10}
    second = admin.get("/search/sale.order", **params)
    found = [row["client_order_ref"] for row in second["records"]]
    assert found == [f"{unique} {letter}" for letter in "hkos"]


def test_long_queries_go_by_post(admin):
    ids = list(range(1, 3000))
    domain = ["|", ["id", "in", ids], ["name", "like", "x" * 5000]]
    body = {"domain": domain, "fields": ["name", "partner_id"], "limit": 3}
    body["order"] = "amount_total desc"
    first = admin.post("/search/sale.order", body)
    short = {"fields": "name,partner_id", "order": "amount_total desc", "limit": 3}
    assert first["records"] == admin.get("/search/sale.order", **short)["records"]
    second = admin.post("/search/sale.order", body | {"cursor": first["next_cursor"]})
    page = admin.get("/search/sale.order", **short, offset=3)
    assert second["records"] == page["records"]
    assert second["total_count"] is None
    assert page["total_count"] == first["total_count"]


def test_counts_are_those_of_search(admin, demo, portal):
    for client in (admin, demo, portal):
        for model in ("sale.order", "res.partner", "mail.message"):
            params = {"domain": json.dumps([["create_date", ">", "2020-01-01"]])}
            data = client.get(f"/count/{model}", **params)
            page = client.get(f"/search/{model}", limit=0, **params)
            assert data == {"count": page["total_count"], "model": model}


def test_orders_that_give_values_away_are_refused(demo, portal):
    """Fields for others, records that are hidden, and columns by other names."""
    for client, model, order, status in (
        (demo, "res.users", "password", 400),
        (demo, "hr.employee", "barcode", 403),
        (demo, "hr.employee", "pin desc", 403),
        (demo, "hr.employee", "identification_id", 403),
        (demo, "sale.order", "user_id.totp_secret", 403),
        (portal, "sale.order", "partner_id.credit_limit", 403),
        (portal, "sale.order", "invoice_ids.name", 400),
        (demo, "res.device", "is_current", 400),
        (demo, "res.partner", "id::text", 400),
        (demo, "res.partner", 'name collate "C"', 400),
        (demo, "res.partner", "(select 1)", 400),
        (demo, "res.partner", "name asc desc", 400),
        (demo, "res.partner", "name\x00", 400),
    ):
        answer = client.call("GET", f"/search/{model}", params={"order": order})
        assert answer.status_code == status, (model, order, answer.text)


def test_cursors_are_of_one_caller(admin, demo):
    params = {"order": "name", "limit": 1}
    cursor = admin.get("/search/res.partner", **params)["next_cursor"]
    params["cursor"] = cursor
    assert admin.get("/search/res.partner", **params)["count"] == 1
    error = demo.refuse(
        400, "INVALID_PARAMETER", "GET", "/search/res.partner", params=params
    )
    assert "cursor" in error["message"]
