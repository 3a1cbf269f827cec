# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Filters with operators and paths, and domains, on business data."""

import json

import pytest
from client import Client
from sales import DAY, LATE


@pytest.mark.parametrize(
    "name, text, found",
    [
        ("amount_total__gt", "100", [0]),
        ("amount_total__gte", "100", [0, 2]),
        ("amount_total__lt", "100", [1]),
        ("amount_total__lte", "100.0", [1, 2]),
        ("amount_total__between", "7,100", [1, 2]),
        ("amount_total__ne", "100", [0, 1]),
        ("state__in", "draft,sent", [0, 1, 2]),
        ("state__nin", "draft,sent", []),
        ("date_order__lt", "2026-03-01T00:00:00Z", [0]),
        ("date_order__between", "2026-03-10,2026-03-15", [1]),
        ("date_order__gt", "2026-03-15", [2]),
        ("date_order__lte", LATE, [0]),
        ("order_line__is_set", "true", [0, 1, 2]),
        ("signed_by__is_set", "true", []),
        ("partner_id.country_id.code", "BE", [0, 1]),
        ("partner_id.country_id.code__in", "BE,FR", [0, 1, 2]),
        ("partner_id.display_name__ilike", "brussels", [0, 1]),
        ("partner_id.name__endswith", "%_", [2]),
        ("partner_id.name__endswith", "0__", []),
        ("order_line.product_id.default_code__ilike", "desk", [0, 2]),
        ("order_line.product_id.default_code__endswith", "-LAMP", [0, 1]),
        ("order_line.product_id.default_code__endswith", "-lamp", []),
        ("order_line.price_unit__between", "50,150", [0, 2]),
    ],
)
def test_operators_and_paths(admin, sales, name, text, found):
    assert sales.find(admin, **{name: text}) == found


def test_values_with_commas_are_quoted(admin, sales):
    name = f'"{sales.word}, Brussels"'
    assert sales.find(admin, **{"partner_id.name__in": f"{name},x"}) == [0, 1]


def test_filters_on_the_same_name_hold_together(admin, sales):
    params = [
        ("client_order_ref", sales.word),
        ("order_line.product_id.default_code__endswith", "DESK"),
        ("order_line.product_id.default_code__endswith", "LAMP"),
    ]
    data = admin.succeed(200, "GET", "/search/sale.order", params=params)
    assert [row["id"] for row in data["records"]] == [sales.orders[0]]


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("amount_total__gtt", "1", "did you mean 'gt'?"),
        ("amount_totl__gt", "1", "did you mean 'amount_total'?"),
        ("partner_id.nme", "x", "did you mean 'name'?"),
        ("amount_total__gt", "much", "expected a number"),
        ("amount_total__between", "1", "two values"),
        ("partner_id__ilike", "x", "partner_id.display_name__ilike"),
        ("state__gt", "draft", "only eq, ne, in, nin, is_set"),
        ("name.x", "x", "is not a relational field"),
        ("limti", "3", "did you mean 'limit'?"),
        ("doman", "[]", "did you mean 'domain'?"),
    ],
)
def test_filters_that_cannot_be(admin, name, text, expected):
    path = "/search/sale.order"
    error = admin.refuse(400, "INVALID_FILTER", "GET", path, params={name: text})
    assert expected in error["message"]


def test_domains(admin, sales):
    for domain, found in [
        ([], [0, 1, 2]),
        ([["amount_total", ">", 50], ["partner_id", "=", sales.french]], [2]),
        (["|", ["amount_total", "<", 50], ["partner_id", "ilike", "100"]], [1, 2]),
        (["!", ["partner_id.country_id.code", "=", "BE"]], [2]),
        ([["order_line", "any", [["product_id", "=", sales.lamp]]]], [0, 1]),
        ([["order_line", "not any", [["product_id", "=", sales.lamp]]]], [2]),
        ([["order_line.product_id", "ilike", "lamp"]], [0, 1]),
        ([["partner_id", "child_of", [sales.belgian]]], [0, 1]),
        ([[0, "=", 1]], []),
    ]:
        assert sales.find(admin, domain=json.dumps(domain)) == found, domain
    assert sales.find(admin, domain='[["amount_total", ">", 50]]', state="sent") == []


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "[('state', '=', 'sale')]",
        "null",
        "{}",
        '"x"',
        "[1]",
        "[[]]",
        '["&"]',
        '[["order_line", "any!", []]]',
        '[["amount_total", ">", "x"]]',
        '[["amount_total", ">", 1e999]]',
        '[["id", "=", 99999999999999999999]]',
        '[["state", "=", "nonsense"]]',
        '[["name", "=", {"a": 1}]]',
        '[["name", "=", "\\u0000"]]',
        '[["name", "=like", "\\\\"]]',
        '[["date_order", ">", "2026-02-30"]]',
        '[["partner_id.x", "=", 1]]',
        "[" * 5000,
    ],
)
def test_domains_that_cannot_be(admin, domain):
    path = "/search/sale.order"
    params = {"domain": domain}
    admin.refuse(400, "INVALID_FILTER", "GET", path, params=params)


def test_days_of_filters_are_those_of_the_caller(admin, sales):
    params = {"client_order_ref": sales.word, "date_order__between": f"{DAY},{DAY}"}
    for zone, total in [("UTC", 1), ("Europe/Brussels", 0)]:
        headers = {"X-Timezone": zone}
        data = admin.succeed(
            200, "GET", "/search/sale.order", params=params, headers=headers
        )
        assert data["total_count"] == total, zone


def test_portal_user_finds_only_own_orders(portal, sales):
    assert sales.find(portal) == []
    assert sales.groups(portal, groupby="state") == []
    assert sales.groups(portal) == [{"count": 0}]
    domain = json.dumps([["order_line.product_id", "=", sales.desk]])
    assert sales.find(portal, domain=domain) == []


def test_lines_out_of_reach_are_no_oracle(admin, new_user, sales):
    """The lines of an order are searched without record rules in Odoo itself."""
    salesman = admin.get("/search/res.groups", name="User: All Documents")["records"]
    groups = [group["id"] for group in salesman]
    user = new_user(group_ids=[[6, 0, [1, *groups]]]).log_in()
    product = {"order_line.product_id.default_code__endswith": "-DESK"}
    domain = json.dumps([["order_line", "any", [["product_id", "=", sales.desk]]]])
    line = admin.get("/search/sale.order.line", product_id=sales.desk)["records"][0]
    assert sales.find(user, **product) == [0, 2]
    model_id = admin.get("/search/ir.model", model="sale.order.line")["records"][0]
    rule = admin.create(
        "ir.rule",
        name="No desks",
        model_id=model_id["id"],
        domain_force=f"[('product_id', '!=', {sales.desk})]",
    )
    try:
        assert sales.find(user, **product) == []
        assert sales.find(user, domain=domain) == []
        assert sales.find(user, order_line=str(line["id"])) == []
        assert sales.find(user, order_line__is_set="true") == [0, 1]
    finally:
        admin.delete("ir.rule", rule)


def test_key_that_is_not_for_lines(url, admin, admin_session, sales):
    body = {"models": {"sale.order": ["read"], "res.partner": ["read"]}}
    key = admin_session.post("/users/2/api-key", body)["api_key"]
    client = Client(url, api_key=key)
    assert sales.find(client, **{"partner_id.name__ilike": "brussels"}) == [0, 1]
    for path, params in [
        ("/search/sale.order", {"order_line.product_id": "1"}),
        ("/search/sale.order", {"partner_id.country_id.code": "BE"}),
        ("/search/sale.order", {"domain": '[["order_line", "any", []]]'}),
        ("/search/sale.order", {"domain": '[["team_id", "ilike", "x"]]'}),
        ("/aggregate/sale.order", {"groupby": "partner_id.country_id.code"}),
        ("/aggregate/crm.lead", {}),
    ]:
        client.refuse(403, "KEY_RESTRICTED", "GET", path, params=params)
