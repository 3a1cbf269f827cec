# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No secret gets into the audit trail, wherever it was sent."""

import secrets
from collections import defaultdict

import backstage
import pytest
from test_audit import send

PARAMETERS = "ir.config_parameter"
ROWS = "SELECT * FROM api_audit_entry WHERE id > %s"


@pytest.fixture
def keeping_values(admin):
    parameter = admin.create(PARAMETERS, key="base_api.audit_values", value="True")
    yield
    admin.delete(PARAMETERS, parameter)


def new_secret():
    return secrets.token_hex(24)


@pytest.fixture
def words():
    """Secrets by where they are sent."""
    return defaultdict(new_secret)


def partner(words, unique):
    """The values of a partner, with API keys where they do not belong."""
    return {"name": unique, "comment": f"My key is oak_{words['pasted'][:44]}"}


def requests_with_secrets(words, unique):
    """Yield what is sent by an administrator: method, path, body and headers."""
    login = f"{unique}@example.com"
    user = {"name": unique, "login": login, "password": words["user password"]}
    server = {"name": unique, "smtp_host": "x", "smtp_pass": words["smtp password"]}
    file = {"name": unique, "datas": words["file"]}
    parameter = {"key": unique, "value": words["system parameter"]}
    path = "/create/res.partner"
    yield "POST", path, partner(words, unique), {"User-Agent": words["client"]}
    yield "POST", path, {"name": unique}, {"Idempotency-Key": words["idempotency"]}
    yield "POST", path, {"name": unique}, {"X-Request-Id": words["request id"]}
    yield "POST", path, {"name": unique}, {"traceparent": words["traceparent"]}
    yield "POST", path, {words["field name"]: 1, "name": unique}, {}
    yield "POST", path, {"name": {"reference": words["value of a wrong type"]}}, {}
    yield "POST", "/create/res.users", user, {}
    yield "POST", "/create/ir.mail_server", server, {}
    yield "POST", "/create/ir.attachment", file, {}
    yield "POST", f"/create/{PARAMETERS}", parameter, {}
    yield "POST", f"/create/{words['model']}", {"name": unique}, {}
    yield "POST", f"/call/res.partner/{words['method']}", {"args": []}, {}
    called = {"ids": [1], "args": [[words["argument"]]]}
    yield "POST", "/call/res.partner/search_count", called, {}
    yield "DELETE", f"/delete/res.partner/@{words['external id']}", None, {}
    yield "POST", f"/create/res.partner?{words['query']}=1", {"name": unique}, {}
    password = {"new_password": words["new password"], "x": words["member"]}
    yield "PUT", "/users/999999/password", password, {}


def test_no_secret_is_stored(admin, anyone, new_user, words, unique, keeping_values):
    user = new_user()
    [[before]] = backstage.query("SELECT coalesce(max(id), 0) FROM api_audit_entry")
    for method, path, body, headers in requests_with_secrets(words, unique):
        send(admin, method, path, body, **headers)
    for login, password in (
        (words["unknown login"], words["password of nobody"]),
        (user.login, words["wrong password"]),
    ):
        body = {"username": login, "password": password, "totp": words["code"]}
        send(anyone, "POST", "/auth/login", body)
    send(user.log_in(), "POST", "/auth/refresh")
    rows = str(backstage.query(ROWS, before))
    assert len(words) >= 20
    assert [where for where, word in words.items() if word in rows] == []
    assert words["pasted"][:44] not in rows
    assert unique in rows  # values are kept
    assert user.password not in rows
