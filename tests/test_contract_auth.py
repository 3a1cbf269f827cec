# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is calling: /test, /auth, /user/info, and what every endpoint takes as proof."""

import re
from datetime import datetime, timedelta

import backstage
import pytest
from client import Client

ACCOUNT = ["id", "name", "login", "email"]
PROFILE = [*ACCOUNT, "active", "company_id"]
TOKEN = re.compile(r"[A-Za-z0-9]{48}")
KEY_ONLY = ("/auth/test", "/user/info", "/partners", "/products")
BOTH = ("/auth/me", "/users", "/users/2", "/search/res.partner", "/fields/res.partner")
PROTECTED = (*KEY_ONLY, *BOTH, "/groups", "/models", "/search/res.partner/1")


def test_test_needs_no_credential(anyone):
    data = anyone.get("/test")
    assert list(data) == ["message", "version"]
    assert data["version"] == "2.0"


def test_auth_test_tells_whose_key_it_is(admin):
    data = admin.get("/auth/test")
    members = ["user_id", "user_name", "user_login", "authenticated", "key"]
    assert list(data) == members
    assert data["user_id"] == 2
    assert data["user_login"] == "admin"
    assert data["authenticated"] is True


def test_user_info_tells_the_user_the_version_and_the_database(admin):
    data = admin.get("/user/info")
    assert list(data) == ["user", "api_version", "database"]
    assert list(data["user"]) == PROFILE
    assert data["api_version"] == "2.0"
    assert data["database"] == backstage.variable("BASE_API_DATABASE")
    company_id, company = data["user"]["company_id"]
    assert isinstance(company_id, int)
    assert isinstance(company, str)


def test_me_adds_groups_and_permissions(admin, demo, portal):
    user = admin.get("/auth/me")["user"]
    assert list(user) == [*PROFILE, "groups", "permissions"]
    assert all(list(group) == ["id", "name"] for group in user["groups"])
    names = ["is_admin", "is_user", "can_manage_users"]
    for client, expected in (
        (admin, [True, True, True]),
        (demo, [False, True, False]),
        (portal, [False, False, False]),
    ):
        permissions = client.get("/auth/me")["user"]["permissions"]
        assert list(permissions) == names
        assert list(permissions.values()) == expected


def test_login_gives_a_token_for_24_hours(anyone):
    body = {"username": "demo", "password": "demo"}
    answer = anyone.call("POST", "/auth/login", body)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json()["data"]
    assert list(data) == ["session_token", "expires_at", "user"]
    assert TOKEN.fullmatch(data["session_token"])
    assert list(data["user"]) == [*ACCOUNT, "groups"]
    assert all(isinstance(name, str) for name in data["user"]["groups"])
    assert_expires_in_a_day(data)


def test_refresh_gives_another_token_and_ends_the_old_one(new_user, url):
    old = new_user().log_in()
    answer = old.call("POST", "/auth/refresh")
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json()["data"]
    assert list(data) == ["session_token", "expires_at", "user"]
    assert list(data["user"]) == ACCOUNT
    assert TOKEN.fullmatch(data["session_token"])
    assert_expires_in_a_day(data)
    old.refuse(401, "INVALID_SESSION", "GET", "/auth/me")
    Client(url, session_token=data["session_token"]).get("/auth/me")


def assert_expires_in_a_day(data):
    assert "T" in data["expires_at"]
    [(now,)] = backstage.query("SELECT now() AT TIME ZONE 'UTC'")
    left = datetime.fromisoformat(data["expires_at"]) - now
    assert timedelta(hours=23, minutes=55) < left <= timedelta(hours=24, seconds=1)


def test_refresh_works_for_an_hour_after_the_end(new_user, url):
    user = new_user()
    session = user.log_in()
    expire(user, minutes=59)
    session.refuse(401, "INVALID_SESSION", "GET", "/auth/me")
    token = session.post("/auth/refresh")["session_token"]
    Client(url, session_token=token).get("/auth/me")


def test_refresh_does_not_work_later(new_user):
    user = new_user()
    session = user.log_in()
    expire(user, minutes=61)
    session.refuse(401, "SESSION_NOT_REFRESHABLE", "POST", "/auth/refresh")


def expire(user, minutes):
    backstage.query(
        "UPDATE api_session SET expiration_date ="
        " now() AT TIME ZONE 'UTC' - %s * interval '1 minute' WHERE user_id = %s",
        minutes,
        user.id,
    )


def test_logout_ends_the_session_and_no_other(new_user):
    user = new_user()
    one, other = user.log_in(), user.log_in()
    answer = one.call("POST", "/auth/logout")
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    one.refuse(401, "INVALID_SESSION", "GET", "/auth/me")
    one.refuse(401, "INVALID_SESSION", "POST", "/auth/logout")
    other.get("/auth/me")


@pytest.mark.parametrize("path", PROTECTED)
def test_nothing_is_told_without_a_credential(anyone, path):
    error = anyone.refuse(401, "MISSING_API_KEY", "GET", path)
    assert "api-key" in error["message"]


@pytest.mark.parametrize("path", KEY_ONLY)
def test_key_only_endpoints_say_where_a_session_works(admin_session, path):
    error = admin_session.refuse(401, "MISSING_API_KEY", "GET", path)
    assert "api-key" in error["message"]
    assert "/api/v2/" in error["message"]


@pytest.mark.parametrize("path", BOTH)
def test_other_endpoints_take_both(admin, admin_session, path):
    with_key, with_session = admin.get(path), admin_session.get(path)
    for answer in (with_key, with_session):
        # What is different: the credential itself.
        answer.pop("key", None)
        answer.pop("limits", None)
    assert with_key == with_session


@pytest.mark.parametrize("path", ["/auth/refresh", "/auth/logout"])
def test_sessions_are_managed_with_sessions_only(anyone, admin, path):
    for client in (anyone, admin):
        client.refuse(401, "MISSING_SESSION_TOKEN", "POST", path)


def test_a_bearer_token_stands_for_either_header(admin, admin_session, url):
    key, token = admin.headers["api_key"], admin_session.headers["session_token"]
    for secret in (key, token):
        Client(url, Authorization=f"Bearer {secret}").get("/auth/me")
    Client(url, Authorization=f"bearer {key}").get("/partners", limit=1)
    bearer = Client(url, Authorization=f"Bearer {token}")
    bearer.refuse(401, "MISSING_API_KEY", "GET", "/partners")


def test_of_two_credentials_the_session_wins(admin, demo, demo_session, url):
    both = Client(url, **demo_session.headers, **admin.headers)
    assert both.get("/auth/me")["user"]["login"] == "demo"
    assert both.get("/user/info")["user"]["login"] == "admin"


def test_a_dead_session_leaves_the_word_to_the_key(demo, url):
    dead = Client(url, session_token="x" * 48, **demo.headers)
    assert dead.get("/auth/me")["user"]["login"] == "demo"
    dead = Client(url, session_token="x" * 48, api_key="y" * 48)
    dead.refuse(401, "INVALID_API_KEY", "GET", "/auth/me")
