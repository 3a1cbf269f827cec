# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keys as administrators and programs live with them, on a server with two workers."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

import backstage
import pytest
from backstage import variable
from client import Client
from web_client import WebClient

ENOUGH = range(12)  # requests, so that both workers get some
WARNING_CRON = (
    "SELECT res_id FROM ir_model_data "
    "WHERE module = 'base_api' AND name = 'ir_cron_warn_before_expiry'"
)
MAILS = (
    "SELECT subject, body_html FROM mail_mail "
    "JOIN mail_message ON mail_message.id = mail_message_id WHERE email_to LIKE %s"
)


@pytest.fixture
def key_of(admin, new_user, url):
    """Make a user and a key of theirs; return its client, its id and the user."""

    def make(user=None, **options):
        user = user or new_user()
        secret = admin.post(f"/users/{user.id}/api-key", options)["api_key"]
        keys = admin.get(f"/users/{user.id}/api-keys")["api_keys"]
        return Client(url, api_key=secret), keys[-1]["id"], user

    return make


def works_everywhere(client):
    for _request in ENOUGH:
        client.get("/auth/me")


def is_dead_everywhere(client):
    for _request in ENOUGH:
        client.refuse(401, "INVALID_API_KEY", "GET", "/auth/me")


def test_a_revoked_key_is_dead_at_once(admin, key_of):
    key, key_id, user = key_of()
    works_everywhere(key)
    admin.succeed(200, "DELETE", f"/users/{user.id}/api-keys/{key_id}")
    is_dead_everywhere(key)


def test_an_expired_key_is_dead_at_once(key_of):
    key, key_id, _user = key_of(expires_in_days=1)
    works_everywhere(key)
    backstage.query(
        "UPDATE res_users_apikeys SET expiration_date = now() - interval '1 day' "
        "WHERE id = %s",
        key_id,
    )
    is_dead_everywhere(key)


def test_a_rolled_key_goes_on_for_the_overlap(url, admin, key_of):
    old, key_id, user = key_of(name="Shop", read_only=True)
    path = f"/users/{user.id}/api-keys/{key_id}/roll"
    new = Client(url, api_key=admin.post(path, {"overlap_days": 1})["api_key"])
    works_everywhere(old)
    works_everywhere(new)
    new.refuse(403, "KEY_RESTRICTED", "POST", "/create/res.partner", {"name": "x"})
    last_id = admin.get(f"/users/{user.id}/api-keys")["api_keys"][-1]["id"]
    admin.post(f"/users/{user.id}/api-keys/{last_id}/roll")
    is_dead_everywhere(new)


def test_restrictions_hold_on_both_workers(admin, key_of, unique):
    key, _key_id, _user = key_of(models={"res.partner": ["read"]})
    for _request in ENOUGH:
        key.get("/search/res.partner", limit=1)
        key.refuse(403, "KEY_RESTRICTED", "GET", "/search/res.country")
        body = {"name": unique}
        key.refuse(403, "KEY_RESTRICTED", "POST", "/create/res.partner", body)
    assert admin.count("res.partner", name=unique) == 0


def test_a_key_for_a_network_is_refused_from_another(url, key_of):
    key, _key_id, _user = key_of(networks=["127.9.0.0/16"])
    key.refuse(403, "KEY_RESTRICTED", "GET", "/auth/me")
    forged = {"X-Forwarded-For": "127.9.0.1"}
    key.refuse(403, "KEY_RESTRICTED", "GET", "/auth/me", headers=forged)
    inside = Client(url, source="127.9.0.1", **key.headers)
    inside.get("/auth/me")


def test_last_use_is_noted_once_however_many_use_it(admin, key_of):
    key, key_id, user = key_of()
    statement = (
        "SELECT xmin::text, last_use_address FROM res_users_apikeys WHERE id = %s"
    )
    [before] = backstage.query(statement, key_id)
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda _number: Client(key.url, **key.headers).get("/auth/me"),
                range(24),
            )
        )
    deadline = time.monotonic() + 60
    while (after := backstage.query(statement, key_id)[0]) == before:
        assert time.monotonic() < deadline, "The use is not stored"
        time.sleep(0.2)
    assert after[1] == "127.0.0.1"
    works_everywhere(key)
    [later] = backstage.query(statement, key_id)
    assert later == after
    [row] = admin.get(f"/users/{user.id}/api-keys")["api_keys"]
    assert row["last_used_from"] == "127.0.0.1"


def test_owners_get_one_mail_before_a_key_expires(url, key_of, new_user, unique):
    address = f"{unique}@example.com"
    user = new_user(email=address)
    key_of(user, name="Soon", expires_in_days=13)
    key_of(user, name="Later", expires_in_days=16)
    web = WebClient(url, variable("BASE_API_DATABASE"), "admin", "admin")
    [(cron_id,)] = backstage.query(WARNING_CRON)
    for _day in range(2):
        web.call("ir.cron", "method_direct_trigger", [cron_id])
    [(subject, body)] = backstage.query(MAILS, f"%{address}%")
    assert subject == "Your API key Soon expires soon"
    assert "oak_" in body


def test_only_a_hash_of_a_key_is_kept(key_of):
    key, key_id, _user = key_of()
    statement = "SELECT key FROM res_users_apikeys WHERE id = %s"
    [[stored]] = backstage.query(statement, key_id)
    assert stored == hashlib.sha256(key.headers["api_key"].encode()).hexdigest()


def test_other_sessions_are_ended_on_both_workers(new_user):
    user = new_user()
    mine, other = user.log_in(), user.log_in()
    assert mine.get("/auth/sessions")["count"] == 2
    mine.succeed(200, "DELETE", "/auth/sessions")
    for _request in ENOUGH:
        other.refuse(401, "INVALID_SESSION", "GET", "/auth/me")
        mine.get("/auth/me")


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("GET", "/search/ir.config_parameter", None),
        ("GET", "/search/account.move", None),
        ("GET", "/groups", None),
        ("GET", "/users/2/api-keys", None),
        ("POST", "/users/2/api-key", {}),
        ("POST", "/users/2/reset-password", None),
        ("PUT", "/users/2/password", {"new_password": "x"}),
        ("PUT", "/users/2", {"name": "x"}),
        ("POST", "/create/res.users", {"name": "x", "login": "x"}),
        ("POST", "/create/product.template", {"name": "x"}),
        ("PUT", "/update/res.company/1", {"name": "x"}),
        ("DELETE", "/delete/res.company/1", None),
    ],
)
def test_no_key_does_more_than_its_user(key_of, verb, path, body):
    verbs = ["read", "create", "update", "delete", "call"]
    for options in ({}, {"models": {"*": verbs}}, {"networks": ["0.0.0.0/0"]}):
        key, _key_id, _user = key_of(**options)
        key.refuse(403, "ACCESS_DENIED", verb, path, body)


def test_a_key_hangs_nothing_on_what_it_may_not_change(admin, key_of, unique):
    """Of an activity the model is that of another field."""
    partner = admin.create("res.partner", name=unique)
    [row] = admin.get("/search/ir.model", model="res.partner")["records"]
    key, _key_id, _user = key_of(models={"mail.activity": ["create"]})
    body = {"res_model_id": row["id"], "res_id": partner, "summary": unique}
    error = key.refuse(403, "KEY_RESTRICTED", "POST", "/create/mail.activity", body)
    assert "update on res.partner" in error["message"]
