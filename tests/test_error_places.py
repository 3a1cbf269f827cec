# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors say which field of which object it was, on real business data."""

import pytest

PROBLEM = "application/problem+json"
NOBODY = 2**31 - 1  # an id that no record has


@pytest.fixture(scope="module")
def product(admin):
    return admin.create("product.product", name="Place of errors")


@pytest.fixture(scope="module")
def customer(admin):
    return admin.create("res.partner", name="Place of errors")


def places(error):
    """Return `{pointer: code}` of the details of an error."""
    return {entry["pointer"]: entry["code"] for entry in error["details"]}


def refuse(client, model, body, status=422, code="VALIDATION_ERROR"):
    return places(client.refuse(status, code, "POST", f"/create/{model}", body))


def test_order_without_customer(admin, product):
    body = {"order_line": {"create": [{"product_id": product}]}}
    assert refuse(admin, "sale.order", body) == {"/partner_id": "required"}


def test_third_line_has_an_unknown_product(admin, customer, product):
    good = {"product_id": product, "product_uom_qty": 2}
    lines = [good, good, {"product_id": NOBODY}]
    body = {"partner_id": customer, "order_line": {"create": lines}}
    place = "/order_line/create/2/product_id"
    assert refuse(admin, "sale.order", body) == {place: "foreign_key"}
    body["order_line"] = [[0, 0, line] for line in lines]
    place = "/order_line/2/2/product_id"
    assert refuse(admin, "sale.order", body) == {place: "foreign_key"}


def test_every_mistake_is_told_at_once(admin, customer):
    lines = [{"product_id": "x", "nope": 1}, {"product_uom_qty": [], "id": 5}]
    body = [{"partner_id": customer}, {"order_line": {"create": lines}, "note": True}]
    assert refuse(admin, "sale.order", body, 400, "INVALID_FIELDS") == {
        "/1/order_line/create/0/product_id": "wrong_type",
        "/1/order_line/create/0/nope": "unknown_field",
        "/1/order_line/create/1/product_uom_qty": "wrong_type",
        "/1/order_line/create/1/id": "not_writable",
        "/1/note": "wrong_type",
    }


def test_lead_that_the_database_refuses(demo, unique):
    body = [{"name": unique}, {"name": unique, "probability": 101}]
    assert refuse(demo, "crm.lead", body) == {"/1/probability": "check"}
    assert refuse(demo, "crm.lead", [{"name": unique}, {"phone": "1"}]) == {
        "/1/name": "required"
    }
    assert refuse(demo, "crm.lead", {"name": unique, "type": "chance"}) == {
        "/type": "not_allowed"
    }


def test_employee_of_an_unknown_department(admin, unique):
    body = [{"name": unique}, {"name": unique, "department_id": NOBODY}]
    assert refuse(admin, "hr.employee", body) == {"/1/department_id": "foreign_key"}
    assert refuse(admin, "hr.employee", {"work_email": "x"}) == {"/name": "required"}


def test_each_of_many_has_places_of_its_own(admin, unique):
    body = [
        {"name": unique},
        {"name": unique, "probability": 101},
        {"phone": "1"},
        {"name": unique, "partner_id": NOBODY},
    ]
    data = admin.succeed(200, "POST", "/create/crm.lead?atomic=false", body)
    errors = [result.get("error") for result in data["results"]]
    assert errors[0] is None
    assert [places(error) for error in errors[1:]] == [
        {"/1/probability": "check"},
        {"/2/name": "required"},
        {"/3/partner_id": "foreign_key"},
    ]


def test_constraint_of_an_addon(admin, unique):
    admin.create("product.product", name=unique, barcode=unique)
    body = [{"name": unique}, {"name": unique, "barcode": unique}]
    assert refuse(admin, "product.product", body) == {"/1/barcode": "constraint"}


def test_two_users_with_one_login(admin, unique):
    body = [{"name": unique, "login": unique}, {"name": unique, "login": "admin"}]
    assert refuse(admin, "res.users", body) == {"/1/login": "unique"}


def test_field_has_the_name_that_was_sent(admin, unique):
    body = {"name": unique, "login": unique, "groups_id": {"add": ["x"]}}
    path = "/create/res.users"
    error = admin.refuse(422, "VALIDATION_ERROR", "POST", path, body)
    [entry] = error["details"]
    assert list(entry) == ["field", "pointer", "message", "code"]
    assert (entry["field"], entry["pointer"]) == ("groups_id", "/groups_id/add/0")


def test_product_in_use_cannot_be_deleted(admin, customer, product):
    lines = {"create": [{"product_id": product}]}
    admin.create("sale.order", partner_id=customer, order_line=lines)
    path = f"/delete/product.product/{product}"
    error = admin.refuse(422, "VALIDATION_ERROR", "DELETE", path)
    [entry] = error["details"]
    assert (entry["model"], entry["field"]) == ("sale.order.line", "product_id")
    assert entry["code"] == "foreign_key"


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", "/nope", 404),
        ("PATCH", "/test", 405),
        ("GET", "/search/crm.lead?limit=-1", 400),
        ("GET", "/search/no.model", 404),
        ("POST", "/create/crm.lead", 422),
        ("POST", "/create/ir.rule", 403),
    ],
)
def test_errors_as_problem_documents(demo, verb, path, status):
    body = {"name": True} if status == 422 else {"name": "x"}
    body = body if verb == "POST" else None
    for accept in (PROBLEM, f"application/json;q=0.9, {PROBLEM}"):
        answer = demo.call(verb, path, body, headers={"Accept": accept})
        assert answer.status_code == status, answer.text
        assert answer.headers["Content-Type"] == PROBLEM
    if status == 422:
        [error] = answer.json()["errors"]
        assert error["pointer"] == "/name"
    for accept in ("*/*", f"{PROBLEM};q=0.5, application/json"):
        answer = demo.call(verb, path, body, headers={"Accept": accept})
        assert answer.headers["Content-Type"].startswith("application/json")


def test_problem_in_a_step_of_a_batch(demo):
    read = {"method": "GET", "path": "/search/crm.lead?limit=1"}
    create = {"method": "POST", "path": "/create/crm.lead", "body": {"name": True}}
    delete = {"method": "DELETE", "path": f"/delete/crm.lead?ids={NOBODY}"}
    for step, status, pointer in (
        (create, 422, "/steps/1/body/name"),
        (delete, 404, None),  # no part of the body names the record
    ):
        answer = demo.call(
            "POST", "/batch", {"steps": [read, step]}, headers={"Accept": PROBLEM}
        )
        assert answer.status_code == status, answer.text
        assert answer.headers["Content-Type"] == PROBLEM
        problem = answer.json()
        place = {"index": 1, "id": None}
        place |= {"method": step["method"], "path": step["path"]}
        assert problem["step"] == place
        [error] = problem["errors"]
        assert error.get("pointer") == pointer


def test_problem_without_credential(anyone):
    answer = anyone.call("GET", "/auth/me", headers={"Accept": PROBLEM})
    assert answer.status_code == 401
    assert answer.json()["code"] == "MISSING_API_KEY"


def test_values_in_a_form_that_nobody_can_read(admin, customer, product):
    body = {"partner_id": customer, "order_line": [[0, 0, {"product_id": product}]]}
    order = admin.create("sale.order", body)
    [line] = admin.read("sale.order", order, "order_line")["order_line"]
    for value in ("[1]", '{"1": "x"}', '{"1": {"a": 1}}', '{"1": 1e400}'):
        values = f'{{"analytic_distribution": {value}}}'
        lines = f'{{"order_line": [[1, {line}, {values}]]}}'
        for path, body, place in (
            (f"/update/sale.order.line/{line}", values, "/analytic_distribution"),
            (f"/update/sale.order/{order}", lines, "/order_line/0/2"),
        ):
            headers = {"Content-Type": "application/json"}
            answer = admin.call("PUT", path, headers=headers, data=body)
            assert answer.status_code == 422, answer.text
            [pointer] = places(answer.json()["error"])
            assert pointer.startswith(place)
    team, name = admin.create("crm.team", name="Team"), "lead_properties_definition"
    for value in ({"x": 1}, [{}], [{"name": 5}], [{"name": "a", "type": "x"}]):
        body = {"ids": [team], "values": {name: value}}
        error = admin.refuse(422, "VALIDATION_ERROR", "PATCH", "/update/crm.team", body)
        assert places(error) == {f"/values/{name}": "wrong_type"}
