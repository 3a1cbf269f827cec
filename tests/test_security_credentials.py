# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sessions and keys: when they end, where they are kept, which doors they open."""

import backstage
import pytest
import requests
from backstage import variable
from client import Client
from web_client import WebClient, json2

ENOUGH = range(12)  # requests, so that both workers get some


@pytest.fixture
def web(url):
    """Log a user in to Odoo's web client."""
    return lambda user: WebClient(
        url, variable("BASE_API_DATABASE"), user.login, user.password
    )


def works_everywhere(client):
    for _request in ENOUGH:
        client.get("/auth/me")


def is_dead_everywhere(client, status=401, code="INVALID_SESSION"):
    for _request in ENOUGH:
        client.refuse(status, code, "GET", "/auth/me")


@pytest.mark.parametrize("path", ["/users/{}", "/update/res.users/{}"])
def test_an_archived_user_is_out_at_once(admin, new_user, anyone, path):
    user = new_user()
    session, key = user.log_in(), user.with_key()
    works_everywhere(session)
    works_everywhere(key)
    admin.put(path.format(user.id), {"active": False})
    is_dead_everywhere(session)
    is_dead_everywhere(key, 403, "INACTIVE_USER")
    session.refuse(401, "SESSION_NOT_REFRESHABLE", "POST", "/auth/refresh")
    admin.put(path.format(user.id), {"active": True})
    is_dead_everywhere(session)


def test_an_archived_user_cannot_log_in(admin, new_user, stranger):
    user = new_user()
    admin.put(f"/users/{user.id}", {"active": False})
    body = {"username": user.login, "password": user.password}
    stranger.refuse(401, "AUTH_FAILED", "POST", "/auth/login", body)


def test_a_deleted_user_is_out_at_once(admin, new_user):
    user = new_user()
    session, key = user.log_in(), user.with_key()
    works_everywhere(session)
    admin.delete("res.users", user.id)
    is_dead_everywhere(session)
    is_dead_everywhere(key, 401, "INVALID_API_KEY")


def test_a_new_password_ends_the_other_sessions(new_user):
    user = new_user()
    mine, other = user.log_in(), user.log_in()
    works_everywhere(other)
    body = {"old_password": user.password, "new_password": "another good password"}
    mine.put(f"/users/{user.id}/password", body)
    is_dead_everywhere(other)
    works_everywhere(mine)


@pytest.mark.parametrize("way", ["password", "reset", "update"])
def test_a_password_of_the_administrator_ends_all_sessions(admin, new_user, way):
    user = new_user()
    session = user.log_in()
    works_everywhere(session)
    if way == "reset":
        admin.post(f"/users/{user.id}/reset-password")
    elif way == "password":
        admin.put(f"/users/{user.id}/password", {"new_password": "another good one"})
    else:
        admin.put(f"/update/res.users/{user.id}", {"password": "another good one"})
    is_dead_everywhere(session)


def test_a_new_password_in_the_browser_ends_sessions_here(new_user, web):
    user = new_user()
    session = user.log_in()
    works_everywhere(session)
    new = "another good password"
    web(user).call("res.users", "change_password", user.password, new)
    is_dead_everywhere(session)


def test_a_key_removed_in_the_browser_is_dead_at_once(new_user, web, unique, url):
    user = new_user()
    path = f"/users/{user.id}/api-key"
    secret = user.log_in().post(path, {"name": unique})["api_key"]
    key = Client(url, api_key=secret)
    works_everywhere(key)
    web(user).remove_key(unique)
    is_dead_everywhere(key, 401, "INVALID_API_KEY")


def test_a_key_of_the_browser_works_here_until_it_is_removed(
    new_user, web, unique, url
):
    user = new_user()
    browser = web(user)
    key = Client(url, api_key=browser.make_key(unique))
    assert key.get("/auth/test")["user_login"] == user.login
    works_everywhere(key)
    browser.remove_key(unique)
    is_dead_everywhere(key, 401, "INVALID_API_KEY")


def test_a_key_of_the_browser_of_an_archived_user_is_dead(admin, new_user, web, url):
    user = new_user()
    key = Client(url, api_key=web(user).make_key("mine"))
    works_everywhere(key)
    admin.put(f"/users/{user.id}", {"active": False})
    is_dead_everywhere(key, 403, "INACTIVE_USER")


def test_a_key_that_has_expired_is_dead(new_user):
    user = new_user()
    key = user.with_key()
    works_everywhere(key)
    backstage.query(
        "UPDATE res_users_apikeys SET expiration_date = now() - interval '2 days'"
        " WHERE user_id = %s",
        user.id,
    )
    is_dead_everywhere(key, 401, "INVALID_API_KEY")


def test_a_key_made_here_opens_no_other_door(new_user, web, url):
    user = new_user()
    ours = user.with_key().headers["api_key"]
    odoos = web(user).make_key("mine")
    assert json2(url, odoos, "res.partner", "search", domain=[]).status_code == 200
    assert json2(url, ours, "res.partner", "search", domain=[]).status_code == 401
    token = user.log_in().headers["session_token"]
    assert json2(url, token, "res.partner", "search", domain=[]).status_code == 401


def test_a_session_here_is_none_in_the_browser(new_user, url):
    token = new_user().log_in().headers["session_token"]
    address = f"{url.removesuffix('/api/v2')}/web/session/get_session_info"
    body = {"jsonrpc": "2.0", "params": {}}
    cookies = {"session_id": token}
    headers = {"session-token": token}
    answer = requests.post(
        address, json=body, cookies=cookies, headers=headers, timeout=60
    )
    assert "error" in answer.json()


def test_a_session_in_the_browser_is_none_here(new_user, web, anyone):
    cookies = web(new_user()).http.cookies
    assert cookies["session_id"]
    for verb, path in (("GET", "/auth/me"), ("POST", "/create/res.partner")):
        anyone.refuse(401, "MISSING_API_KEY", verb, path, cookies=cookies)
    session = Client(anyone.url, session_token=cookies["session_id"])
    session.refuse(401, "INVALID_SESSION", "GET", "/auth/me")


def test_secrets_are_kept_nowhere_in_clear(new_user, admin, url):
    user = new_user()
    session, key = user.log_in(), user.with_key()
    works_everywhere(session)
    works_everywhere(key)
    reset = admin.post(f"/users/{user.id}/reset-password")["temporary_password"]
    secrets = [session.headers["session_token"], key.headers["api_key"]]
    secrets += [user.password, reset]
    assert user.login in backstage.log()
    for secret in secrets:
        assert secret not in backstage.log()
        for table in ("api_session", "res_users_apikeys", "res_users", "ir_logging"):
            found = f"SELECT 1 FROM {table} AS t WHERE strpos(t::text, %s) > 0"
            assert not backstage.query(found, secret)


def test_users_of_odoo_itself_have_no_way_in(admin, stranger):
    for login in ("__system__", "public", "portaltemplate"):
        body = {"username": login, "password": login}
        stranger.refuse(401, "AUTH_FAILED", "POST", "/auth/login", body)
    admin.refuse(403, "INACTIVE_USER", "POST", "/users/1/api-key")
