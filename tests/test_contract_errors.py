# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every error code by name, each where a caller would meet it.

What is common to all errors (the envelope, WWW-Authenticate, no secret in the text, no
trace of the server's inside) the client of these tests checks of every answer.
"""

import pytest
from client import Client

DEAD = "x" * 48
LONG_PASSWORD = "not the password, and long enough to be recognised"


def test_missing_api_key(anyone, admin_session):
    error = anyone.refuse(401, "MISSING_API_KEY", "GET", "/auth/me")
    assert "api-key" in error["message"]
    assert "session-token" in error["message"]
    error = admin_session.refuse(401, "MISSING_API_KEY", "GET", "/partners")
    assert "/search/res.partner" in error["message"]


def test_missing_session_token(anyone):
    for path in ("/auth/refresh", "/auth/logout"):
        error = anyone.refuse(401, "MISSING_SESSION_TOKEN", "POST", path)
        assert "session-token" in error["message"]


@pytest.mark.parametrize("key", [DEAD, "short", "ключ".encode(), "'; DROP TABLE x;--"])
def test_invalid_api_key(url, key):
    Client(url, api_key=key).refuse(401, "INVALID_API_KEY", "GET", "/auth/test")


@pytest.mark.parametrize("token", [DEAD, "short", "ключ".encode(), "' OR '1'='1"])
def test_invalid_session(url, token):
    client = Client(url, session_token=token)
    client.refuse(401, "INVALID_SESSION", "GET", "/auth/me")
    client.refuse(401, "INVALID_SESSION", "POST", "/auth/logout")
    client.refuse(401, "SESSION_NOT_REFRESHABLE", "POST", "/auth/refresh")


def test_auth_failed_is_the_same_for_a_wrong_user_and_a_wrong_password(stranger):
    path = "/auth/login"
    errors = [
        stranger.refuse(
            401,
            "AUTH_FAILED",
            "POST",
            path,
            {"username": name, "password": LONG_PASSWORD},
        )
        for name in ("admin", "nobody here")
    ]
    assert errors[0] == errors[1]


@pytest.mark.parametrize(
    "body",
    [
        {"username": "admin"},
        {"password": "admin"},
        {"username": "", "password": "admin"},
        {"username": "admin", "password": None},
        {"username": ["admin"], "password": "admin"},
        {"username": "admin", "password": {"$ne": ""}},
        {"username": 2, "password": True},
    ],
)
def test_missing_credentials(anyone, body):
    anyone.refuse(400, "MISSING_CREDENTIALS", "POST", "/auth/login", body)


def test_inactive_user(admin, new_user):
    user = new_user()
    client = user.with_key()
    admin.put(f"/users/{user.id}", {"active": False})
    client.refuse(403, "INACTIVE_USER", "GET", "/auth/test")
    admin.refuse(403, "INACTIVE_USER", "POST", f"/users/{user.id}/api-key")


def test_access_denied(demo, portal):
    demo.refuse(403, "ACCESS_DENIED", "GET", "/search/ir.config_parameter")
    body = {"name": "Mine", "login": "mine"}
    demo.refuse(403, "ACCESS_DENIED", "POST", "/create/res.users", body)
    portal.refuse(403, "ACCESS_DENIED", "GET", "/search/crm.lead")


@pytest.mark.parametrize(
    "field", ["login", "active", "groups_id", "group_ids", "group_names", "company_ids"]
)
def test_admin_field_access_denied(demo, demo_id, field):
    path = f"/users/{demo_id}"
    code = "ADMIN_FIELD_ACCESS_DENIED"
    error = demo.refuse(403, code, "PUT", path, {"name": "Boss", field: []})
    assert field in error["message"]


def test_no_valid_fields(demo, demo_id):
    for body in ({"nonsense": 1}, {"id": 1, "password": "x", "totp_secret": "x"}):
        demo.refuse(400, "NO_VALID_FIELDS", "PUT", f"/users/{demo_id}", body)


def test_missing_password(demo, demo_id):
    path = f"/users/{demo_id}/password"
    for new in ("", "  ", None, 12345678, ["secret"]):
        body = {"old_password": "demo", "new_password": new}
        demo.refuse(400, "MISSING_PASSWORD", "PUT", path, body)


def test_missing_old_password(demo, demo_id):
    body = {"new_password": LONG_PASSWORD}
    path = f"/users/{demo_id}/password"
    demo.refuse(400, "MISSING_OLD_PASSWORD", "PUT", path, body)


def test_invalid_old_password(stranger, new_user):
    user = new_user()
    client = stranger.log_in(user.login, user.password)
    body = {"old_password": LONG_PASSWORD, "new_password": LONG_PASSWORD}
    path = f"/users/{user.id}/password"
    client.refuse(401, "INVALID_OLD_PASSWORD", "PUT", path, body)
    stranger.log_in(user.login, user.password)


@pytest.mark.parametrize("user_id", ["999999", "0", "-1", "text", "1e3", "9" * 30])
def test_user_not_found(admin, user_id):
    body = {"name": "Nobody"}
    for verb, path in (
        ("GET", ""),
        ("PUT", ""),
        ("PUT", "/password"),
        ("POST", "/reset-password"),
        ("POST", "/api-key"),
    ):
        sent = None if verb == "GET" else body | {"new_password": LONG_PASSWORD}
        if path.startswith("/") and verb == "POST":
            sent = None
        admin.refuse(404, "USER_NOT_FOUND", verb, f"/users/{user_id}{path}", sent)


@pytest.mark.parametrize("model", ["invalid.model", "res_partner", "Res.Partner", "x"])
def test_model_not_found(admin, model):
    body = {"name": "x"}
    for verb, path, sent in (
        ("GET", f"/search/{model}", None),
        ("GET", f"/search/{model}/1", None),
        ("GET", f"/fields/{model}", None),
        ("POST", f"/create/{model}", body),
        ("PUT", f"/update/{model}/1", body),
        ("DELETE", f"/delete/{model}/1", None),
    ):
        error = admin.refuse(404, "MODEL_NOT_FOUND", verb, path, sent)
        assert error["message"].startswith(f"Model '{model}' not found")


@pytest.mark.parametrize("record_id", ["99999", "0", "-1", "abc", "1.5", "9" * 30])
def test_record_not_found(admin, record_id):
    for verb, action, sent in (
        ("GET", "search", None),
        ("PUT", "update", {"name": "x"}),
        ("DELETE", "delete", None),
    ):
        path = f"/{action}/res.partner/{record_id}"
        error = admin.refuse(404, "RECORD_NOT_FOUND", verb, path, sent)
        assert error["message"].startswith("Record with ID ")
        assert error["message"].endswith(" not found in res.partner")


def test_not_found(anyone):
    anyone.refuse(404, "NOT_FOUND", "GET", "/nothing")


def test_method_not_allowed(admin):
    answer = admin.call("DELETE", "/search/res.partner")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "METHOD_NOT_ALLOWED"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", ""]
)
def test_invalid_content_type(admin, kind):
    headers = {"Content-Type": kind} if kind else {}
    options = {"data": b'{"name": "x"}', "headers": headers}
    path = "/create/res.partner"
    error = admin.refuse(400, "INVALID_CONTENT_TYPE", "POST", path, **options)
    assert "application/json" in error["message"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b"text", b'"text"', b"null", b"1"])
def test_invalid_json(admin, raw):
    options = {"data": raw, "headers": {"Content-Type": "application/json"}}
    for verb, path in (("POST", "/create/res.partner"), ("PUT", "/users/2")):
        admin.refuse(400, "INVALID_JSON", verb, path, **options)


def test_no_data(admin, anyone):
    for verb, path in (
        ("POST", "/create/res.partner"),
        ("PUT", "/update/res.partner/15"),
        ("PUT", "/users/2"),
        ("PUT", "/users/2/password"),
    ):
        admin.refuse(400, "NO_DATA", verb, path, {})
    anyone.refuse(400, "NO_DATA", "POST", "/auth/login", {})
