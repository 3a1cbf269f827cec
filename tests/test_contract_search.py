# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finding records: lists, filters, pages, fields, and what models there are."""

import re

import pytest

PAGE = ["records", "count", "model", "fields", "total_count"]
RECORD = ["record", "model", "id", "fields_returned", "total_fields_available"]
PARTNER = ["id", "name", "email", "phone", "is_company", "customer_rank", "city"]
PRODUCT = ["id", "name", "default_code", "list_price", "sale_ok", "category"]
FIELD = ["name", "description", "type", "required", "readonly", "help", "relation"]


def test_partners_are_customers_by_name(admin):
    data = admin.get("/partners")
    assert list(data) == ["partners", "count", "total_count"]
    assert data["count"] == len(data["partners"]) <= 10
    assert all(list(row) == [*PARTNER, "country"] for row in data["partners"])
    assert all(row["customer_rank"] > 0 for row in data["partners"])
    names = [row["name"] for row in admin.get("/partners", limit=1000)["partners"]]
    assert names == sorted(names)


def test_partners_may_be_all(admin):
    customers = admin.get("/partners", limit=0)["total_count"]
    data = admin.get("/partners", limit=1000, customers_only="false")
    assert data["total_count"] == admin.count("res.partner") > customers
    country = {type(row["country"]) for row in data["partners"]}
    assert country == {str, bool}


def test_products_are_for_sale_by_name(admin, unique):
    admin.create("product.template", name=unique, sale_ok=False)
    data = admin.get("/products")
    assert list(data) == ["products", "count", "total_count"]
    assert data["count"] == len(data["products"]) == 10
    assert all(list(row) == PRODUCT for row in data["products"])
    assert all(row["sale_ok"] is True for row in data["products"])
    assert all(isinstance(row["list_price"], float) for row in data["products"])
    everything = admin.get("/products", limit=1000, sale_ok="false")["products"]
    assert {row["sale_ok"] for row in everything} == {True, False}
    assert unique in {row["name"] for row in everything}


@pytest.mark.parametrize("path", ["/partners", "/products"])
def test_lists_of_the_catalog_come_in_pages(admin, path):
    rows = path.removeprefix("/")
    first = admin.get(path, limit=4)[rows]
    assert admin.get(path, limit=2, offset=2)[rows] == first[2:]


def test_search_defaults(admin):
    data = admin.get("/search/res.partner")
    assert list(data) == [*PAGE, "next_cursor"]
    assert data["count"] == len(data["records"]) == 10 < data["total_count"]
    assert data["model"] == "res.partner"
    assert data["fields"] == ["id", "name", "display_name"]
    assert all(list(row) == data["fields"] for row in data["records"])
    ids = [row["id"] for row in data["records"]]
    assert ids == sorted(ids)


def test_search_defaults_for_a_model_without_names(admin):
    data = admin.get("/search/mail.message", limit=1)
    assert data["fields"] == ["id", "display_name"]


def test_search_in_pages(admin):
    ids = [row["id"] for row in admin.get("/search/res.country", limit=1000)["records"]]
    data = admin.get("/search/res.country", limit=5, offset=7)
    assert [row["id"] for row in data["records"]] == ids[7:12]
    assert data["total_count"] == len(ids)
    past = admin.get("/search/res.country", offset=10**6)
    assert (past["records"], past["total_count"]) == ([], len(ids))
    count = admin.get("/search/res.country", limit=0)
    assert (count["records"], count["total_count"]) == ([], len(ids))


def test_search_returns_the_fields_asked_for_in_their_order(admin):
    fields = ["email", "country_id", "child_ids", "create_date", "name"]
    data = admin.get("/search/res.partner", fields=",".join(fields), limit=1000)
    assert data["fields"] == ["id", *fields]
    assert all(list(row) == data["fields"] for row in data["records"])


def test_values_look_as_odoo_shows_them(admin, unique):
    bare = admin.create("res.partner", name=unique)
    fields = "email,country_id,child_ids,create_date,is_company,color"
    row = admin.read("res.partner", bare, fields)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row.pop("create_date"))
    empty = {"email": False, "country_id": False, "child_ids": []}
    assert row == {"id": bare} | empty | {"is_company": False, "color": 0}
    row = admin.read("res.partner", 15, "country_id,child_ids")
    assert [type(part) for part in row["country_id"]] == [int, str]
    assert row["child_ids"]
    assert all(isinstance(child, int) for child in row["child_ids"])


@pytest.mark.parametrize(
    ("model", "filters"),
    [
        ("res.partner", {"is_company": "true"}),
        ("res.partner", {"is_company": "false", "country_id": "233"}),
        ("res.partner", {"email": ""}),
        ("res.partner", {"country_id": "false"}),
        ("crm.lead", {"type": "opportunity", "user_id": "2"}),
        ("sale.order", {"state": "sale"}),
        ("res.partner", {"id": "15"}),
    ],
)
def test_filters_are_cast_by_the_type_of_the_field(admin, model, filters):
    fields = ",".join(["id", *filters])
    everything = admin.get(f"/search/{model}", fields=fields, limit=1000)["records"]
    expected = [row for row in everything if matches(row, filters)]
    assert 0 < len(expected) < len(everything)
    data = admin.get(f"/search/{model}", fields=fields, limit=1000, **filters)
    assert data["records"] == expected
    assert data["total_count"] == len(expected)


def matches(row, filters):
    return all(plain(row[name]) == (text or "false") for name, text in filters.items())


def plain(value):
    if isinstance(value, list):
        value = value[0]
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_filters_on_dates_and_lists(admin, unique):
    tag = admin.create("res.partner.category", name=unique)
    values = {"name": unique, "category_id": [tag]}
    partner = admin.create("res.partner", values)
    stamp = admin.read("res.partner", partner, "create_date")["create_date"]
    assert admin.count("res.partner", category_id=tag) == 1
    assert admin.count("res.partner", name=unique, create_date=stamp) == 1
    iso = stamp.replace(" ", "T") + "Z"
    assert admin.count("res.partner", name=unique, create_date=iso) == 1
    other = "2001-01-01 00:00:00"
    assert admin.count("res.partner", name=unique, create_date=other) == 0


def test_a_record_is_read_in_full_but_without_files(admin):
    data = admin.get("/search/res.partner/15")
    assert list(data) == RECORD
    assert data["id"] == data["record"]["id"] == 15
    assert data["model"] == "res.partner"
    assert data["fields_returned"] == list(data["record"])
    assert data["fields_returned"][0] == "id"
    assert data["total_fields_available"] >= len(data["record"])
    assert {"name", "email", "country_id", "child_ids"} <= set(data["record"])
    assert not {"image_1920", "avatar_128"} & set(data["record"])


def test_an_archived_record_is_read_by_its_id(admin, unique):
    partner = admin.create("res.partner", name=unique, active=False)
    assert admin.read("res.partner", partner, "name")["name"] == unique


def test_lenient_handling_drops_unknown_fields_and_says_so(admin):
    prefer = {"Prefer": "handling=lenient"}
    for path, names in (
        ("/search/res.partner", "fields"),
        ("/search/res.partner/15", "fields_returned"),
    ):
        fields = {"fields": "name,nonsense,email"}
        answer = admin.call("GET", path, params=fields, headers=prefer)
        assert answer.status_code == 200
        assert answer.headers["Preference-Applied"] == "handling=lenient"
        assert answer.json()["data"][names] == ["id", "name", "email"]
        admin.refuse(400, "INVALID_FIELDS", "GET", path, params=fields)


def test_fields_of_a_model_are_described(admin, admin_session):
    data = admin.get("/fields/res.partner")
    assert list(data) == ["model", "fields", "count"]
    assert data["count"] == len(data["fields"])
    names = [*FIELD, "store"]
    assert all(list(field)[: len(names)] == names for field in data["fields"])
    fields = {field["name"]: field for field in data["fields"]}
    country = fields["country_id"]
    assert (country["type"], country["relation"]) == ("many2one", "res.country")
    assert fields["display_name"]["store"] is False
    assert fields["id"]["readonly"] is True
    assert admin_session.get("/fields/res.partner") == data


def test_models_are_those_that_the_caller_may_read(admin, demo, portal):
    data = admin.get("/models")
    assert list(data) == ["models", "count"]
    assert data["count"] == len(data["models"])
    assert all(list(model)[:2] == ["model", "name"] for model in data["models"])
    known = {model["model"] for model in data["models"]}
    assert {"res.partner", "sale.order", "crm.lead", "hr.employee"} <= known
    less = {model["model"] for model in demo.get("/models")["models"]}
    least = {model["model"] for model in portal.get("/models")["models"]}
    assert least < less < known


def test_models_are_searched_by_their_names(admin):
    found = [m["model"] for m in admin.get("/models", search="SALE.order")["models"]]
    assert {"sale.order", "sale.order.line"} <= set(found)
    names = {m["model"] for m in admin.get("/models", search="contact")["models"]}
    assert "res.partner" in names
