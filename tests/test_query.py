# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Filters with operators and paths, domains and aggregates, on business data."""

import json

import pytest
from client import Client

DAY = "2026-02-28"
LATE = f"{DAY} 23:30:00"  # already March in Brussels


@pytest.fixture(scope="module")
def sales(admin):
    """Three orders of two new customers, and a word that all of it shares."""
    return Sales(admin)


class Sales:
    def __init__(self, admin):
        self.word = f"q{admin.create('res.partner', name='Word'):09}"
        belgium = admin.get("/search/res.country", code="BE")["records"][0]["id"]
        france = admin.get("/search/res.country", code="FR")["records"][0]["id"]
        self.belgian = admin.create(
            "res.partner", name=f"{self.word}, Brussels", country_id=belgium
        )
        self.french = admin.create(
            "res.partner", name=f"{self.word} 100%_", country_id=france
        )
        self.desk = self.product(admin, "DESK", 100)
        self.lamp = self.product(admin, "LAMP", 7)
        self.orders = [
            self.order(admin, self.belgian, [self.desk, self.lamp], LATE),
            self.order(admin, self.belgian, [self.lamp], "2026-03-15 12:00:00"),
            self.order(admin, self.french, [self.desk], "2026-03-31 21:59:59"),
        ]

    def product(self, admin, code, price):
        return admin.create(
            "product.product",
            name=f"{code} {self.word}",
            default_code=f"{self.word}-{code}",
            list_price=price,
            taxes_id=[],
        )

    def order(self, admin, partner, products, moment):
        lines = [[0, 0, {"product_id": product}] for product in products]
        return admin.create(
            "sale.order",
            partner_id=partner,
            client_order_ref=self.word,
            date_order=moment,
            order_line=lines,
        )

    def find(self, client, **filters):
        """Return the numbers of the orders that are found, from 0."""
        filters.setdefault("client_order_ref", self.word)
        rows = client.get("/search/sale.order", fields="id", **filters)["records"]
        return [self.orders.index(row["id"]) for row in rows]

    def groups(self, client, headers=None, **params):
        params.setdefault("client_order_ref", self.word)
        path = "/aggregate/sale.order"
        data = client.succeed(200, "GET", path, params=params, headers=headers)
        return data["groups"]


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
        ("name.x", "x", "leads to no records"),
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


def test_days_of_filters_are_those_of_the_caller(admin, sales):
    params = {"client_order_ref": sales.word, "date_order__between": f"{DAY},{DAY}"}
    for zone, total in [("UTC", 1), ("Europe/Brussels", 0)]:
        headers = {"X-Timezone": zone}
        data = admin.succeed(
            200, "GET", "/search/sale.order", params=params, headers=headers
        )
        assert data["total_count"] == total, zone


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
