# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records inside of records: orders, invoices, leads, employees and products."""

import pytest
from client import Client

LINES = (
    "name,order_line.name,order_line.product_id.name,order_line.product_id.default_code"
)


@pytest.fixture
def order(admin, unique):
    """An order with three lines of different products."""
    products = admin.get("/search/product.product", sale_ok="true", limit=3)["records"]
    lines = [
        {"product_id": product["id"], "name": f"{unique} {number}"}
        for number, product in enumerate(products)
    ]
    order_id = admin.create(
        "sale.order",
        partner_id=admin.create("res.partner", name=unique),
        order_line=[[0, 0, line] for line in lines],
    )
    yield order_id
    admin.delete("sale.order", order_id)


def restricted(admin, url, models):
    options = {"models": {model: ["read"] for model in models}}
    key = admin.post("/users/2/api-key", options)["api_key"]
    return Client(url, api_key=key)


def test_order_with_its_lines_and_products(admin, order, unique):
    row = admin.read("sale.order", order, f"{LINES},partner_id.name,partner_id.email")
    assert list(row) == ["id", "name", "order_line", "partner_id"]
    assert list(row["partner_id"]) == ["id", "name", "email"]
    assert row["partner_id"]["name"] == unique
    names = [line["name"] for line in row["order_line"]]
    assert names == [f"{unique} {number}" for number in range(3)]
    ids = [line["product_id"]["id"] for line in row["order_line"]]
    flat = admin.get("/search/product.product", limit=3, sale_ok="true")["records"]
    assert ids == [product["id"] for product in flat]


@pytest.mark.parametrize(
    ("model", "relation", "comodel", "fields"),
    [
        ("sale.order", "partner_id", "res.partner", ["name", "email", "country_id"]),
        ("sale.order", "order_line", "sale.order.line", ["name", "product_id"]),
        ("account.move", "line_ids", "account.move.line", ["debit", "account_id"]),
        ("account.move", "journal_id", "account.journal", ["code", "name"]),
        ("crm.lead", "stage_id", "crm.stage", ["name", "is_won"]),
        ("crm.lead", "tag_ids", "crm.tag", ["name", "color"]),
        ("product.template", "categ_id", "product.category", ["complete_name"]),
        ("product.template", "product_variant_ids", "product.product", ["barcode"]),
        ("hr.employee.public", "user_id", "res.users", ["login", "partner_id"]),
    ],
)
@pytest.mark.parametrize("caller", ["admin", "demo"])
def test_nested_is_what_flat_reads_say(
    request, caller, model, relation, comodel, fields
):
    client = request.getfixturevalue(caller)
    asked = ",".join([relation, *(f"{relation}.{name}" for name in fields)])
    nested = client.get(f"/search/{model}", limit=40, fields=asked)["records"]
    flat = client.get(f"/search/{model}", limit=40, fields=relation)["records"]
    assert [row["id"] for row in nested] == [row["id"] for row in flat]
    found = []
    for inner, outer in zip(nested, flat, strict=True):
        inner, outer = inner[relation], outer[relation]
        if isinstance(inner, dict):
            assert [inner["id"], inner.pop("display_name")] == outer
            inner = [inner]
        elif inner:
            assert [item["id"] for item in inner] == outer
        found += inner or []
    assert found
    for item in found[:3]:
        assert item == client.read(comodel, item["id"], ",".join(fields))


def test_employees_and_what_is_private(admin, demo):
    fields = "name,department_id.manager_id.private_phone"
    rows = admin.get("/search/hr.employee", fields=fields, limit=50)["records"]
    managers = [
        row["department_id"] and row["department_id"]["manager_id"] for row in rows
    ]
    assert any(manager and manager["private_phone"] for manager in managers)
    for path in (
        "/search/hr.department?fields=manager_id.private_phone",
        "/search/hr.department?fields=manager_id.name",
        "/search/res.users?fields=employee_ids.private_phone",
        "/search/hr.employee?fields=user_id.employee_id.private_email",
        "/search/sale.order?fields=partner_id.signup_type",
        "/search/sale.order?fields=order_line.order_partner_id.signup_type",
    ):
        demo.refuse(403, "ACCESS_DENIED", "GET", path)


def test_models_without_a_table(admin):
    """They can be read, and not be searched."""
    fields = "code,root_id.name,root_id.parent_id.name,code_mapping_ids.code"
    for row in admin.get("/search/account.account", fields=fields)["records"]:
        assert row["code"].startswith(row["root_id"]["name"])
        assert row["code"] in {item["code"] for item in row["code_mapping_ids"]}


def test_customers_see_their_own_orders_and_no_products(portal):
    fields = "name,order_line.name,partner_id.name,user_id,user_id.login"
    rows = portal.get("/search/sale.order", fields=fields)["records"]
    assert rows
    assert all(line["name"] for row in rows for line in row["order_line"])
    # Who sells is hidden from customers but for what the order itself shows.
    sellers = [row["user_id"] for row in rows if row["user_id"]]
    assert sellers
    assert all(list(seller) == ["id", "display_name"] for seller in sellers)
    for fields in ("order_line.product_id.name", "order_line.product_id.id"):
        path = f"/search/sale.order?fields={fields}"
        portal.refuse(403, "ACCESS_DENIED", "GET", path)
    portal.get("/search/sale.order", fields="order_line.product_id")


def test_record_rules_hide_lines(admin, demo, demo_id, order, unique):
    admin.succeed(200, "PUT", f"/update/sale.order/{order}", {"user_id": demo_id})
    [model] = admin.get("/search/ir.model", model="sale.order.line")["records"]
    rule = admin.create(
        "ir.rule",
        name=unique,
        model_id=model["id"],
        domain_force=f"[('name', '!=', '{unique} 1')]",
    )
    try:
        fields = "order_line.name,partner_id.sale_order_ids.order_line.name"
        row = demo.read("sale.order", order, fields)
        expected = [f"{unique} 0", f"{unique} 2"]
        assert [line["name"] for line in row["order_line"]] == expected
        [again] = row["partner_id"]["sale_order_ids"]
        assert [line["name"] for line in again["order_line"]] == expected
        row = demo.read("sale.order", order, "order_line.id,order_line")
        assert len(row["order_line"]) == 2
    finally:
        admin.delete("ir.rule", rule)


def test_keys_must_be_for_every_model_on_the_way(admin, url, order):
    client = restricted(admin, url, ["sale.order", "sale.order.line"])
    client.read("sale.order", order, "name,order_line.name,order_line.product_id")
    for fields in (LINES, "partner_id.name", "order_line.order_id.partner_id.id"):
        path = f"/search/sale.order/{order}?fields={fields}"
        client.refuse(403, "KEY_RESTRICTED", "GET", path)
    models = ["sale.order", "sale.order.line", "product.product"]
    restricted(admin, url, models).read("sale.order", order, LINES)
    only_lines = restricted(admin, url, ["sale.order.line"])
    path = "/search/sale.order.line?fields=order_id.name"
    only_lines.refuse(403, "KEY_RESTRICTED", "GET", path)


def test_cut_lists_say_so(admin, order):
    path = f"/search/sale.order/{order}"
    row = admin.get(path, fields="order_line.name", nested_limit=2)["record"]
    assert len(row["order_line"]) == 2
    assert row["_truncated"] == {"order_line": 3}
    row = admin.get(path, fields="order_line.name", nested_limit=3)["record"]
    assert list(row) == ["id", "order_line"]
    for value in ("-1", "1001", "x", "1&nested_limit=2"):
        path = f"/search/sale.order?fields=order_line.name&nested_limit={value}"
        admin.refuse(400, "INVALID_PARAMETER", "GET", path)


def test_very_large_answers_are_refused(admin, unique):
    """40 children and their parent, again and again: few records, many objects."""
    parent = admin.create("res.partner", name=unique)
    children = [{"name": f"{unique} {n}", "parent_id": parent} for n in range(40)]
    admin.succeed(201, "POST", "/create/res.partner", children)
    path = f"/search/res.partner/{parent}"
    twice = "child_ids.parent_id.child_ids.name"
    row = admin.get(path, fields=twice)["record"]
    assert len(row["child_ids"][0]["parent_id"]["child_ids"]) == 40
    often = f"{path}?fields=child_ids.parent_id.{twice}"
    error = admin.refuse(400, "ANSWER_TOO_LARGE", "GET", often)
    assert "nested_limit" in error["message"]
    admin.call("GET", f"{often}&nested_limit=10").raise_for_status()


@pytest.mark.parametrize(
    "fields",
    [
        "order_line.",
        ".order_line",
        "order_line..name",
        "order_line.nmae",
        "ordr_line.name",
        "name.name",
        "id.id",
        "order_line.product_id.name.x",
        "order_line.*",
        "order_line.__class__",
        "order_line._ids",
        "order_line.name desc",
        "order_line.nämé",
        "order_line." * 9 + "id",
        "order_id." * 900 + "id",
        ",".join(f"order_line.x{number}" for number in range(200)),
    ],
)
def test_names_that_lead_nowhere(demo, fields):
    path = "/search/sale.order"
    demo.refuse(400, "INVALID_FIELDS", "GET", path, params={"fields": fields})


def test_references_and_properties_lead_nowhere(admin):
    for model, fields in [
        ("mail.activity", "res_id.name"),
        ("mail.message", "res_id.name"),
        ("ir.ui.menu", "action.name"),
        ("crm.lead", "lead_properties.x"),
    ]:
        path = f"/search/{model}?fields={fields}"
        admin.refuse(400, "INVALID_FIELDS", "GET", path)


def test_lenient_callers_get_what_there_is(demo):
    headers = {"Prefer": "handling=lenient"}
    params = {"fields": "name,order_line.nmae,partner_id.name,x.y", "limit": 1}
    data = demo.succeed(
        200, "GET", "/search/sale.order", params=params, headers=headers
    )
    assert data["fields"] == ["id", "name", "partner_id.name"]


def test_old_names_lead_on(admin):
    fields = "groups_id.name,partner_id.user_ids.groups_id.full_name"
    row = admin.read("res.users", 2, fields)
    assert all(group["name"] for group in row["groups_id"])
    [user] = row["partner_id"]["user_ids"]
    assert all(group["full_name"] for group in user["groups_id"])
