# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors that need something to go wrong: a crash, a lock, a flood, a huge body."""

import contextlib

import backstage
import pytest

MODEL = "res.partner.industry"
CRASH = "for record in self: record['{name}'] = 1 // 0"
CRASH_ONCE = "for record in self: record['{name}'] = 1 // (record.name != '{name}')"
LOCK = """for record in self:
    record.lock_for_update()
    record['{name}'] = 1"""


@pytest.fixture
def computed_field(admin, unique):
    """Give a model another field, computed by some code; take it away afterwards."""
    [model] = admin.get("/search/ir.model", model=MODEL)["records"]
    name = f"x_{unique}"
    made = []

    def make(code, **more):
        values = {"model_id": model["id"], "name": name, "ttype": "integer"}
        values |= {"field_description": unique, "store": False, "readonly": True}
        values |= {"compute": code.format(name=name)} | more
        made.append(admin.create("ir.model.fields", values))
        return name

    yield make
    for field_id in made:
        admin.delete("ir.model.fields", field_id)


def test_internal_error_is_found_again_in_the_log(admin, computed_field):
    name = computed_field(CRASH)
    answer = admin.send("GET", f"/search/{MODEL}", params={"fields": name})
    assert answer.status_code == 500
    error = answer.json()["error"]
    assert list(error) == ["message", "code", "request_id"]
    assert error["code"] == "INTERNAL_ERROR"
    assert "ZeroDivision" not in error["message"]
    assert error["request_id"] in backstage.log()


def test_internal_error_writes_nothing(admin, computed_field):
    name = computed_field(CRASH_ONCE, store=True, depends="name")
    before = admin.count(MODEL)
    lines = [{"name": "This one works"}, {"name": name}]
    admin.refuse(500, "INTERNAL_ERROR", "POST", f"/create/{MODEL}", lines)
    assert admin.count(MODEL) == before


def test_conflict_with_a_lock_of_somebody_else(admin, computed_field, unique):
    name = computed_field(LOCK)
    industry = admin.create(MODEL, name=unique)
    path = f"/search/{MODEL}/{industry}"
    with contextlib.closing(backstage.connect(autocommit=False)) as connection:
        statement = "SELECT FROM res_partner_industry WHERE id = %s FOR UPDATE"
        connection.cursor().execute(statement, [industry])
        admin.refuse(409, "CONFLICT", "GET", path, params={"fields": name})
    assert admin.read(MODEL, industry, name)[name] == 1


@pytest.mark.usefixtures("impatient")
def test_rate_limited_after_some_failed_logins(stranger):
    body = {"username": "demo", "password": "not the password of demo"}
    refusal = fail_until_refused(stranger, "POST", "/auth/login", body)
    assert 0 < int(refusal.headers["Retry-After"]) <= 60


@pytest.mark.usefixtures("impatient")
def test_rate_limited_holds_for_an_address_and_not_for_a_user(stranger, anyone):
    body = {"username": "demo", "password": "not the password of demo"}
    fail_until_refused(stranger, "POST", "/auth/login", body)
    anyone.log_in("demo", "demo").get("/auth/me")


@pytest.mark.usefixtures("impatient")
def test_a_wrong_old_password_counts_as_a_failed_login(stranger, new_user):
    user = new_user()
    session = user.log_in()
    path = f"/users/{user.id}/password"
    stranger.headers = session.headers
    body = {"old_password": "wrong", "new_password": "another good password"}
    fail_until_refused(stranger, "PUT", path, body)


def fail_until_refused(client, verb, path, body):
    """Try until the door stays closed; the two workers count together."""
    for _attempt in range(2):
        assert client.call(verb, path, body).status_code == 401
    answer = client.call(verb, path, body)
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "RATE_LIMITED"
    return answer


def test_payload_too_large_for_a_login(anyone):
    """Anybody may send one, so it is kept small."""
    body = {"username": "admin", "password": "x" * 64 * 1024}
    anyone.refuse(413, "PAYLOAD_TOO_LARGE", "POST", "/auth/login", body)


def test_payload_too_large_for_the_limit_of_the_administrator(admin, unique):
    parameter = admin.create(
        "ir.config_parameter", key="web.max_file_upload_size", value="100000"
    )
    try:
        body = {"name": unique, "comment": "x" * 200_000}
        path = "/create/res.partner"
        admin.refuse(413, "PAYLOAD_TOO_LARGE", "POST", path, body)
        assert admin.count("res.partner", name=unique) == 0
    finally:
        admin.delete("ir.config_parameter", parameter)
    admin.create("res.partner", body)


def test_payload_too_large_for_one_request(admin):
    body = [{"name": "x"}] * 1001
    error = admin.refuse(413, "PAYLOAD_TOO_LARGE", "POST", "/create/res.partner", body)
    assert "1000" in error["message"]
