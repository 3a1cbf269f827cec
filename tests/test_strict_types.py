# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of one type: null for empty, objects for records, moments with Z."""

import re

import pytest
from client import Client

STRICT = {"Prefer": "types=strict"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LOGGED = re.compile(MOMENT.pattern.replace("Z", r"\.\d{6}Z"))
LOG_COLUMNS = ("create_date", "write_date")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def strict_key(admin, url):
    options = {"name": "Typed", "strict_types": True}
    return Client(url, api_key=admin.post("/users/2/api-key", options)["api_key"])


def is_strict(name, kind, value):
    """Whether this is a value that a field of a type can have."""
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("integer", "float", "monetary"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("one2many", "many2many", "properties"):
        return isinstance(value, list)
    if value is None:
        return True
    if kind == "many2one":
        return list(value) == ["id", "display_name"]
    if kind == "datetime":
        form = LOGGED if name in LOG_COLUMNS else MOMENT
        return bool(form.fullmatch(value))
    if kind == "date":
        return bool(DAY.fullmatch(value))
    return value is not False


@pytest.mark.parametrize(
    "model",
    [
        "sale.order",
        "account.move",
        "crm.lead",
        "hr.employee.public",
        "product.template",
    ],
)
@pytest.mark.parametrize("caller", ["admin", "demo"])
def test_every_value_has_the_type_of_its_field(request, caller, model):
    client = request.getfixturevalue(caller)
    fields = {
        row["name"]: row["type"] for row in client.get(f"/fields/{model}")["fields"]
    }
    [record] = client.get(f"/search/{model}", limit=1)["records"]
    path = f"/search/{model}/{record['id']}"
    answer = client.call("GET", path, headers=STRICT)
    assert answer.headers["Preference-Applied"] == "types=strict"
    row = answer.json()["data"]["record"]
    wrong = {
        name: value
        for name, value in row.items()
        if not is_strict(name, fields[name], value)
    }
    assert not wrong
    flat = client.get(path)["record"]
    assert list(flat) == list(row)


def test_nested_lines_are_strict(strict_key):
    fields = (
        "date_order,partner_id,order_line.product_id,order_line.create_date,"
        "order_line.product_id.barcode,client_order_ref,invoice_ids.name"
    )
    for row in strict_key.get("/search/sale.order", fields=fields)["records"]:
        assert MOMENT.fullmatch(row["date_order"])
        assert list(row["partner_id"]) == ["id", "display_name"]
        assert row["client_order_ref"] is not False
        for line in row["order_line"]:
            assert LOGGED.fullmatch(line["create_date"])
            product = line["product_id"]
            assert product is None or list(product) == ["id", "display_name", "barcode"]


def test_what_was_read_can_be_written_back(strict_key, admin, unique):
    values = {
        "name": unique,
        "partner_id": admin.create("res.partner", name=unique),
        "expected_revenue": 12.5,
        "date_deadline": "2031-02-03",
    }
    lead = admin.create("crm.lead", values)
    fields = (
        "name,partner_id,expected_revenue,date_deadline,user_id,team_id,stage_id,"
        "tag_ids,referred,date_open,description,lang_id,priority,color"
    )
    row = strict_key.read("crm.lead", lead, fields)
    assert list(row["partner_id"].values()) == [values["partner_id"], unique]
    assert row["date_deadline"] == "2031-02-03"
    assert row["referred"] is None
    body = {
        name: value for name, value in row.items() if name not in ("id", "date_open")
    }
    data = strict_key.succeed(200, "PATCH", f"/update/crm.lead/{lead}", body)
    assert {name: data["record"][name] for name in body} == body
    again = {name: value for name, value in body.items() if name != "color"}
    copy = strict_key.succeed(201, "POST", "/create/crm.lead", again)["record"]
    assert {name: copy[name] for name in again} == again


def test_moments_can_be_written_back(strict_key, admin, unique):
    partner = admin.create("res.partner", name=unique)
    order = admin.create("sale.order", partner_id=partner)
    body = {"commitment_date": "2031-02-03T04:05:06Z"}
    path = f"/update/sale.order/{order}"
    assert (
        strict_key.put(path, body)["record"]["commitment_date"]
        == body["commitment_date"]
    )
    flat = admin.read("sale.order", order, "commitment_date")
    assert flat["commitment_date"] == "2031-02-03 04:05:06"


def test_catalog_is_strict(strict_key):
    rows = strict_key.get("/partners", customers_only="false", limit=1000)["partners"]
    assert {type(row["country"]) for row in rows} == {str, type(None)}
    rows = strict_key.get("/products", limit=1000)["products"]
    assert {type(row["default_code"]) for row in rows} == {str, type(None)}
    assert all(row["sale_ok"] is True for row in rows)


def test_request_decides_over_the_key(strict_key, admin):
    answer = strict_key.call(
        "GET", "/search/res.users/2", params={"fields": "signature,tz"}
    )
    assert "Preference-Applied" not in answer.headers
    path, headers = "/search/res.partner", {"Prefer": "types=odoo"}
    params = {"fields": "parent_id", "limit": 5}
    odoo = strict_key.call("GET", path, params=params, headers=headers)
    assert odoo.headers["Preference-Applied"] == "types=odoo"
    records = odoo.json()["data"]["records"]
    assert records == admin.get(path, **params)["records"]
    assert strict_key.get(path, **params)["records"] != records


def test_keys_say_so_and_stay_so(admin, url, new_user):
    user = new_user()
    session = user.log_in()
    path = f"/users/{user.id}/api-key"
    first = session.post(path, {"strict_types": True})["api_key"]
    [row] = session.get(f"{path}s")["api_keys"]
    assert row["strict_types"] is True
    rolled = session.post(f"{path}s/{row['id']}/roll")["api_key"]
    assert rolled != first
    [row] = session.get(f"{path}s")["api_keys"]
    assert row["strict_types"] is True
    client = Client(url, api_key=rolled)
    assert client.read("res.users", user.id, "phone")["phone"] is None
    session.refuse(400, "INVALID_PARAMETER", "POST", path, {"strict_types": "yes"})
