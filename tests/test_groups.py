# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Aggregates on business data."""

import pytest


def test_groups_and_measures(admin, sales):
    groups = sales.groups(
        admin,
        groupby="partner_id",
        measures="amount_total:sum,amount_total:max",
        order="amount_total:sum desc",
    )
    assert groups == [
        {
            "partner_id": [sales.belgian, f"{sales.word}, Brussels"],
            "amount_total:sum": 114,
            "amount_total:max": 107,
            "count": 2,
        },
        {
            "partner_id": [sales.french, f"{sales.word} 100%_"],
            "amount_total:sum": 100,
            "amount_total:max": 100,
            "count": 1,
        },
    ]


def test_total_and_paths(admin, sales):
    [total] = sales.groups(admin, measures="amount_total:sum,id:count")
    assert total == {"amount_total:sum": 214, "id:count": 3, "count": 3}
    groups = sales.groups(admin, groupby="partner_id.country_id.code,state")
    assert groups == [
        {"partner_id.country_id.code": "BE", "state": "draft", "count": 2},
        {"partner_id.country_id.code": "FR", "state": "draft", "count": 1},
    ]


def test_months_are_those_of_the_caller(admin, sales):
    for zone, months in [
        ("UTC", [("February 2026", 1), ("March 2026", 2)]),
        ("Europe/Brussels", [("March 2026", 3)]),
        ("Asia/Tokyo", [("March 2026", 2), ("April 2026", 1)]),
    ]:
        headers = {"X-Timezone": zone}
        groups = sales.groups(admin, headers, groupby="date_order:month")
        found = [(group["date_order:month"][1], group["count"]) for group in groups]
        assert found == months, zone


def test_groups_with_strict_types(admin, sales):
    headers = {"Prefer": "types=strict", "X-Timezone": "UTC"}
    groups = sales.groups(
        admin,
        headers,
        groupby="date_order:quarter,partner_id,signed_by",
        order="count desc",
        limit=1,
    )
    assert groups == [
        {
            "date_order:quarter": {"from": "2026-01-01T00:00:00Z", "label": "Q1 2026"},
            "partner_id": {
                "id": sales.belgian,
                "display_name": f"{sales.word}, Brussels",
            },
            "signed_by": None,
            "count": 2,
        }
    ]


@pytest.mark.parametrize(
    "params, code",
    [
        ({"groupby": "partnr_id"}, "INVALID_FIELDS"),
        ({"groupby": "date_order"}, "INVALID_PARAMETER"),
        ({"groupby": "date_order:fortnight"}, "INVALID_PARAMETER"),
        ({"groupby": "order_line"}, "INVALID_PARAMETER"),
        ({"groupby": "order_line.product_id"}, "INVALID_PARAMETER"),
        ({"measures": "amount_total"}, "INVALID_PARAMETER"),
        ({"measures": "amount_total:array_agg"}, "INVALID_PARAMETER"),
        ({"measures": "amount_total:sum); --"}, "INVALID_PARAMETER"),
        ({"measures": "name:sum"}, "INVALID_PARAMETER"),
        ({"order": "amount_total:sum"}, "INVALID_PARAMETER"),
        ({"groupby": "state", "order": "state; x"}, "INVALID_PARAMETER"),
        ({"groupby": "state", "limit": "0"}, "INVALID_PARAMETER"),
        ({"grouby": "state"}, "INVALID_FILTER"),
        ({"groupby": "state", "domain": "x"}, "INVALID_FILTER"),
    ],
)
def test_groups_that_cannot_be(admin, params, code):
    admin.refuse(400, code, "GET", "/aggregate/sale.order", params=params)


def test_leads_and_products_and_invoices(admin, demo, unique):
    for revenue in (10, 20):
        admin.create("crm.lead", name=unique, expected_revenue=revenue)
    params = {"groupby": "type", "measures": "expected_revenue:avg", "name": unique}
    [leads] = admin.get("/aggregate/crm.lead", **params)["groups"]
    assert (leads["expected_revenue:avg"], leads["count"]) == (15, 2)
    category = admin.create("product.category", name=unique)
    child = admin.create("product.category", name=unique, parent_id=category)
    product = admin.create("product.template", name=unique, categ_id=child)
    [found] = demo.get("/search/product.product", categ_id__child_of=category)[
        "records"
    ]
    row = admin.read("product.product", found["id"], "product_tmpl_id")
    assert row["product_tmpl_id"][0] == product
    invoices = admin.get(
        "/aggregate/account.move",
        groupby="move_type,invoice_date:year",
        measures="amount_total_signed:sum",
        **{"line_ids.account_id.account_type__in": "income,asset_receivable"},
    )
    assert all(group["count"] for group in invoices["groups"])


def test_employees_only_for_officers(admin, demo, portal):
    path = "/aggregate/hr.employee"
    params = {"groupby": "department_id", "active": "true"}
    assert admin.succeed(200, "GET", path, params=params)["groups"]
    for client in (demo, portal):
        client.refuse(403, "ACCESS_DENIED", "GET", path, params=params)
        # Nor is anything said about them on the way.
        client.refuse(
            403,
            "ACCESS_DENIED",
            "GET",
            "/search/res.users",
            params={"employee_ids.barcode__startswith": "0"},
        )
