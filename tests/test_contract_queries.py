# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is wrong in a query string or a value is said, and never guessed."""

import pytest

PAGES = ("/users", "/partners", "/products", "/search/res.partner")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "limit", ["-1", "1001", "ten", "1.5", "", " 5", "1e2", "9" * 30]
)
def test_a_limit_is_a_number_from_0_to_1000(admin, path, limit):
    params = {"limit": limit}
    error = admin.refuse(400, "INVALID_PARAMETER", "GET", path, params=params)
    assert "limit" in error["message"]
    assert limit in error["message"]
    assert "1000" in error["message"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("offset", ["-1", "ten", "9" * 30, "0x10", "٣"])
def test_an_offset_is_a_number_from_0(admin, path, offset):
    params = {"offset": offset}
    error = admin.refuse(400, "INVALID_PARAMETER", "GET", path, params=params)
    assert "offset" in error["message"]
    assert offset in error["message"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/partners", "customers_only"),
        ("/products", "sale_ok"),
        ("/users", "active_only"),
    ],
)
def test_a_switch_is_true_or_false(admin, path, name):
    for text in ("maybe", "", "2", "None"):
        error = admin.refuse(400, "INVALID_PARAMETER", "GET", path, params={name: text})
        assert name in error["message"]
        assert "true or false" in error["message"]
    for text in ("true", "False", "1", "0"):
        admin.get(path, **{name: text})


@pytest.mark.parametrize(
    ("path", "typo", "right"),
    [
        ("/users", "ofset", "offset"),
        ("/users", "activ_only", "active_only"),
        ("/partners", "customer_only", "customers_only"),
        ("/products", "sale_okay", "sale_ok"),
        ("/models", "serch", "search"),
        ("/search/res.partner/15", "field", "fields"),
    ],
)
def test_an_unknown_parameter_is_refused_with_a_hint(admin, path, typo, right):
    params = {typo: "1"}
    error = admin.refuse(400, "INVALID_PARAMETER", "GET", path, params=params)
    assert f"'{typo}'" in error["message"]
    assert f"'{right}'" in error["message"]


def test_a_parameter_sent_twice_is_refused(admin):
    params = {"limit": ["1", "2"]}
    for path in PAGES:
        admin.refuse(400, "INVALID_PARAMETER", "GET", path, params=params)


def test_an_unknown_filter_is_refused_with_a_hint(admin):
    for typo, right in (
        ("emial", "email"),
        ("limt", "limit"),
        ("is_compny", "is_company"),
    ):
        path = "/search/res.partner"
        error = admin.refuse(400, "INVALID_FILTER", "GET", path, params={typo: "x"})
        assert f"'{typo}'" in error["message"]
        assert f"'{right}'" in error["message"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("is_company", "maybe"),
        ("country_id", "Belgium"),
        ("country_id", "-1"),
        ("color", "red"),
        ("color", "9" * 12),
        ("partner_latitude", "nan"),
        ("create_date", "yesterday"),
        ("create_date", "2026-13-01"),
        ("type", "nonsense"),
        ("category_id", "1,2"),
    ],
)
def test_a_filter_that_cannot_be_cast_is_refused(admin, name, text):
    path, params = "/search/res.partner", {name: text}
    error = admin.refuse(400, "INVALID_FILTER", "GET", path, params=params)
    assert name in error["message"]


def test_a_computed_field_cannot_be_filtered_on(admin):
    [name] = ["tz_offset"]
    params = {name: "+0000"}
    error = admin.refuse(
        400, "INVALID_FILTER", "GET", "/search/res.partner", params=params
    )
    assert name in error["message"]


def test_unknown_fields_are_refused_with_a_hint(admin):
    for path in ("/search/res.partner", "/search/res.partner/15"):
        params = {"fields": "name,emial"}
        error = admin.refuse(400, "INVALID_FIELDS", "GET", path, params=params)
        assert "'emial'" in error["message"]
        assert "'email'" in error["message"]
    for verb, path in (
        ("POST", "/create/res.partner"),
        ("PUT", "/update/res.partner/15"),
    ):
        body = {"name": "x", "emial": "x@example.com"}
        error = admin.refuse(400, "INVALID_FIELDS", verb, path, body)
        assert "'email'" in error["message"]


def test_fields_that_nobody_can_write_are_refused(admin):
    for name in ("id", "create_date", "write_uid", "display_name", "contact_address"):
        body = {"name": "x", name: "1"}
        admin.refuse(400, "INVALID_FIELDS", "POST", "/create/res.partner", body)


def test_validation_errors_name_the_field(admin, unique):
    body = {"name": unique, "parent_id": "text", "color": "red"}
    error = admin.refuse(422, "VALIDATION_ERROR", "POST", "/create/res.partner", body)
    assert [detail["field"] for detail in error["details"]] == ["parent_id", "color"]
    assert all(detail["message"] for detail in error["details"])
    admin.create("res.users", name=unique, login=unique)
    body = {"name": unique, "login": unique}
    error = admin.refuse(422, "VALIDATION_ERROR", "POST", "/create/res.users", body)
    assert error["details"][0]["field"] == "login"


def test_validation_errors_speak_the_language_of_the_caller(admin, unique):
    """Odoo's own text, not one of the database."""
    body = {"name": unique, "parent_id": admin.create("res.partner", name=unique)}
    child = admin.create("res.partner", body)
    path = f"/update/res.partner/{body['parent_id']}"
    error = admin.refuse(422, "VALIDATION_ERROR", "PUT", path, {"parent_id": child})
    assert "recursive" in error["message"].lower()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("is_company", "false"),
        ("is_company", 1),
        ("country_id", "Belgium"),
        ("country_id", True),
        ("country_id", 10**12),
        ("color", 1.5),
        ("color", 2**31),
        ("partner_latitude", "north"),
        ("type", "nonsense"),
        ("name", ["a", "list"]),
        ("category_id", 1),
        ("category_id", [[9, 0, 0]]),
        ("child_ids", [[0, 0, "text"]]),
        ("image_1920", "not base64!"),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(admin, unique, name, value):
    body = {"name": unique} | {name: value}
    error = admin.refuse(422, "VALIDATION_ERROR", "POST", "/create/res.partner", body)
    assert name in error["message"]
    assert admin.count("res.partner", name=unique) == 0
