# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Name searches of models that find their records in their own way."""

import pytest


@pytest.fixture(scope="module")
def products(admin):
    """Four products whose names and codes share a word."""
    values = [
        {"name": "Nsq lamp", "default_code": "NSQ-2"},
        {"name": "Lamp", "default_code": "NSQ-1"},
        {"name": "A nsq desk"},
        {"name": "Other", "default_code": "NSQ"},
    ]
    ids = [admin.create("product.product", item) for item in values]
    yield ids
    for record_id in ids:
        admin.delete("product.product", record_id)


def by_orm(client, model, text, domain=(), limit=100):
    body = {"args": [text, list(domain)], "kwargs": {"limit": limit}}
    found = client.post(f"/call/{model}/name_search", body)["result"]
    return [record_id for record_id, _name in found]


def by_api(client, model, **query):
    page = client.get(f"/search/{model}", **({"limit": 100} | query))
    assert "next_cursor" not in page
    return [row["id"] for row in page["records"]]


@pytest.mark.parametrize(
    "model, text",
    [
        ("product.product", "nsq"),
        ("product.product", "NSQ"),
        ("product.product", "[NSQ-1] Lamp"),
        ("product.product", "desk"),
        ("product.template", "nsq"),
        ("res.partner", "azure"),
        ("res.partner", "azure.interior24@example.com"),
        ("res.country", "be"),
        ("res.users", "mi"),
        ("account.account", "1"),
        ("account.account", "bank"),
        ("account.tax", "15"),
        ("account.move", "a"),
        ("hr.employee", "a"),
        ("sale.order.line", "desk"),
    ],
)
def test_order_of_name_search(admin, products, model, text):
    expected = by_orm(admin, model, text)
    assert by_api(admin, model, display_name__search=text) == expected
    ids = by_orm(admin, model, text, limit=1000)
    found = admin.get(
        f"/search/{model}", display_name__search=text, order="id", limit=1000
    )
    assert [row["id"] for row in found["records"]] == sorted(ids)


def test_other_conditions(admin, products):
    """The code is of a product that another condition excludes."""
    *_others, exact = products
    query = {"display_name__search": "NSQ"}
    assert by_api(admin, "product.product", **query) == [exact]
    domain = [["id", "!=", exact]]
    expected = by_orm(admin, "product.product", "NSQ", domain)
    assert len(expected) == 3
    found = by_api(admin, "product.product", **query, id__ne=str(exact))
    assert found == expected


def test_lines_by_product(admin, products):
    lines = [{"product_id": record_id} for record_id in products]
    order = admin.create(
        "sale.order", {"partner_id": 15, "order_line": {"create": lines}}
    )
    query = {
        "product_id__search": "nsq",
        "order_id": str(order),
        "fields": "product_id",
    }
    page = admin.get("/search/sale.order.line", **query)
    found = [row["product_id"][0] for row in page["records"]]
    expected = by_orm(admin, "product.product", "nsq")
    assert found == [record_id for record_id in expected if record_id in products]
    query = {"order_line.product_id__search": "nsq", "id": str(order)}
    assert admin.count("sale.order", **query) == 1
    admin.delete("sale.order", order)


@pytest.mark.parametrize(
    "model, text",
    [
        ("hr.employee", "a"),
        ("hr.employee.public", "a"),
        ("sale.order", "S000"),
        ("crm.lead", "o"),
        ("res.users", "m"),
        ("mail.message", "a"),
        ("calendar.event", "m"),
    ],
)
@pytest.mark.parametrize("caller", ["demo", "admin"])
def test_callers_find_what_they_see(request, caller, model, text):
    client = request.getfixturevalue(caller)
    expected = by_orm(client, model, text)
    assert by_api(client, model, display_name__search=text) == expected


def test_customers_find_their_orders(portal, admin):
    found = by_api(portal, "sale.order", display_name__search="S")
    assert found == by_orm(portal, "sale.order", "S")
    assert len(found) < admin.count("sale.order")
    portal.refuse(
        403, "ACCESS_DENIED", "GET", "/search/crm.lead?display_name__search=a"
    )
    for estimated in ("sale.order", "mail.message"):
        page = portal.get(f"/search/{estimated}", count="estimated", limit=1)
        assert page["total_count_exact"] is True
        assert page["total_count"] == portal.count(estimated)


def test_restricted_key(key_for, products):
    client = key_for(models={"sale.order.line": ["read"]})
    for name in ("product_id__search", "product_id.display_name__search"):
        path = f"/search/sale.order.line?{name}=nsq"
        client.refuse(403, "KEY_RESTRICTED", "GET", path)
    client = key_for(models={"sale.order.line": ["read"], "product.product": ["read"]})
    client.get("/search/sale.order.line", product_id__search="nsq")


def test_aggregates_and_exports_take_it_as_a_filter(admin, products):
    expected = by_orm(admin, "product.product", "nsq")
    query = {"display_name__search": "nsq"}
    [group] = admin.get("/aggregate/product.product", **query)["groups"]
    assert group["count"] == len(expected)
    answer = admin.export("/export/product.product", **query, format="csv")
    assert answer.headers["Total-Count"] == str(len(expected))


@pytest.mark.parametrize("model", ["account.root", "account.account"])
def test_models_without_a_table(admin, model):
    name = "display_name" if model == "account.root" else "root_id"
    for order in ({}, {"order": "id"}):
        answer = admin.call(
            "GET", f"/search/{model}", params={f"{name}__search": "1"} | order
        )
        assert answer.status_code in (200, 400), answer.text


def test_case_of_text(admin, unique):
    partner = admin.create("res.partner", name=unique, email="Info_%@Azure.com")
    query = {"email__ieq": "info_%@azure.COM", "id": str(partner)}
    assert admin.count("res.partner", **query) == 1
    query["email__ieq"] = "infoo%@azure.com"
    assert admin.count("res.partner", **query) == 0
    child = admin.create("res.partner", name="child", parent_id=partner)
    query = {"parent_id.name__ieq": unique.upper()}
    [found] = admin.get("/search/res.partner", **query)["records"]
    assert found["id"] == child
