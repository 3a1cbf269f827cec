# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The user endpoints: what each shows, and to whom."""

import re

import pytest
from client import Client

LISTED = ["id", "name", "login", "email", "active", "create_date"]
LISTED_FOR_ADMIN = [*LISTED, "groups", "company_id", "login_date"]
SHOWN = ["id", "name", "email", "active", "create_date"]
SHOWN_TO_SELF = [*SHOWN, "login", "phone", "lang", "tz", "signature", "company_id"]
SHOWN_TO_ADMIN = [*SHOWN_TO_SELF, "groups", "company_ids", "login_date"]
PAGE = ["users", "count", "total_count", "limit", "offset"]
API_KEY = re.compile(r"[A-Za-z0-9_-]{48}")
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def test_list_of_users_for_the_administrator(admin):
    data = admin.get("/users")
    assert list(data) == PAGE
    assert (data["limit"], data["offset"]) == (10, 0)
    assert data["count"] == len(data["users"]) <= data["total_count"]
    for user in data["users"]:
        assert list(user) == LISTED_FOR_ADMIN
        assert ISO.fullmatch(user["create_date"])
        assert isinstance(user["company_id"], str)
        assert all(isinstance(name, str) for name in user["groups"])


def test_list_of_users_for_an_employee(demo):
    assert all(list(user) == LISTED for user in demo.get("/users")["users"])


def test_list_of_users_searches_name_login_and_email(admin, new_user, unique):
    user = new_user(email=f"{unique}@example.com")
    for text in (user.login, f"user {user.login}".upper(), f"{unique}@EXAMPLE"):
        data = admin.get("/users", search=text)
        assert [found["id"] for found in data["users"]] == [user.id]
        assert data["total_count"] == 1


def test_list_of_users_shows_archived_ones_when_asked(admin, new_user):
    user = new_user()
    admin.put(f"/users/{user.id}", {"active": False})
    assert admin.get("/users", search=user.login)["count"] == 0
    [found] = admin.get("/users", search=user.login, active_only="false")["users"]
    assert found["active"] is False


def test_list_of_users_comes_in_pages(admin):
    everybody = admin.get("/users", limit=1000)["users"]
    page = admin.get("/users", limit=2, offset=1)
    assert page["users"] == everybody[1:3]
    assert (page["limit"], page["offset"]) == (2, 1)
    none = admin.get("/users", limit=0)
    assert (none["users"], none["total_count"]) == ([], len(everybody))


def test_a_user_is_shown_by_who_looks(admin, demo, demo_id, new_user):
    for client, user_id, keys in (
        (admin, demo_id, SHOWN_TO_ADMIN),
        (demo, demo_id, SHOWN_TO_SELF),
        (demo, new_user().id, SHOWN),
    ):
        data = client.get(f"/users/{user_id}")
        assert list(data) == ["user"]
        assert list(data["user"]) == keys


def test_a_user_in_full(admin):
    user = admin.get("/users/2")["user"]
    assert ISO.fullmatch(user["create_date"])
    assert ISO.fullmatch(user["login_date"])
    assert isinstance(user["company_id"][0], int)
    assert all(list(group) == ["id", "name", "full_name"] for group in user["groups"])
    assert all(list(company) == ["id", "name"] for company in user["company_ids"])


def test_users_change_themselves(new_user):
    user = new_user()
    client = user.log_in()
    values = {"name": "New Name", "email": "new@example.com", "phone": "+1-555-0142"}
    values |= {"lang": "en_US", "tz": "Asia/Tokyo", "signature": "<p>Bye</p>"}
    data = client.put(f"/users/{user.id}", values)
    assert list(data) == ["user", "updated_fields"]
    assert data["updated_fields"] == list(values)
    assert {name: data["user"][name] for name in values} == values
    assert client.get(f"/users/{user.id}")["user"] == data["user"]


def test_users_change_nobody_else(demo, new_user):
    path = f"/users/{new_user().id}"
    demo.refuse(403, "ACCESS_DENIED", "PUT", path, {"name": "Mine"})
    body = {"new_password": "a new password"}
    demo.refuse(403, "ACCESS_DENIED", "PUT", f"{path}/password", body)
    demo.refuse(403, "ACCESS_DENIED", "POST", f"{path}/reset-password")
    demo.refuse(403, "ACCESS_DENIED", "POST", f"{path}/api-key")


def test_the_administrator_changes_what_others_may_not(admin, new_user, unique):
    user = new_user()
    values = {"login": unique, "groups_id": [[6, 0, [1, 9]]], "company_id": 1}
    values |= {"company_ids": [1], "active": True}
    data = admin.put(f"/users/{user.id}", values)
    assert data["user"]["login"] == unique
    assert {group["id"] for group in data["user"]["groups"]} >= {1, 9}
    assert [company["id"] for company in data["user"]["company_ids"]] == [1]
    data = admin.put(f"/users/{user.id}", {"group_ids": [1]})
    assert 9 not in {group["id"] for group in data["user"]["groups"]}


def test_groups_are_given_by_full_name_or_xml_id(admin, new_user):
    path = f"/users/{new_user().id}"
    names = ["Sales / User: Own Documents Only", "base.group_partner_manager"]
    user = admin.put(path, {"group_names": ["base.group_user", *names]})["user"]
    assert {"Sales / User: Own Documents Only", "Contact / Creation"} <= {
        group["full_name"] for group in user["groups"]
    }


@pytest.mark.parametrize("name", ["Administrator", "No Such Group", "base.user_admin"])
def test_a_group_name_must_name_one_group(admin, new_user, name):
    user = new_user()
    body = {"group_names": ["base.group_user", name]}
    error = admin.refuse(400, "INVALID_PARAMETER", "PUT", f"/users/{user.id}", body)
    assert name in error["message"]


def test_users_change_their_password_with_the_old_one(new_user, anyone):
    user = new_user()
    body = {"old_password": user.password, "new_password": "another good password"}
    data = user.log_in().put(f"/users/{user.id}/password", body)
    assert list(data) == ["user_id", "message"]
    assert data["user_id"] == user.id
    anyone.log_in(user.login, "another good password")


def test_the_administrator_needs_no_old_password(admin, new_user, anyone):
    user = new_user()
    body = {"new_password": "another good password"}
    admin.put(f"/users/{user.id}/password", body)
    anyone.log_in(user.login, "another good password")


def test_a_reset_gives_a_temporary_password_that_works(admin, new_user, anyone):
    user = new_user()
    answer = admin.call("POST", f"/users/{user.id}/reset-password")
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json()["data"]
    assert list(data) == ["user_id", "temporary_password", "message"]
    assert len(data["temporary_password"]) >= 16
    anyone.log_in(user.login, data["temporary_password"])


def test_a_key_is_given_once(new_user, url):
    user = new_user()
    answer = user.log_in().call("POST", f"/users/{user.id}/api-key")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json()["data"]
    assert list(data) == ["user_id", "user_name", "api_key", "note", "id"]
    assert API_KEY.fullmatch(data["api_key"])
    assert data["user_id"] == user.id
    assert Client(url, api_key=data["api_key"]).get("/auth/test")["user_id"] == user.id


def test_a_key_may_have_a_name_and_an_end(admin, new_user, url, unique):
    path = f"/users/{new_user().id}/api-key"
    key = admin.post(path, {"name": unique, "expires_in_days": 1})["api_key"]
    Client(url, api_key=key).get("/auth/test")
    [row] = admin.get("/search/res.users.apikeys", name=unique)["records"]
    fields = "name,expiration_date"
    assert admin.read("res.users.apikeys", row["id"], fields)["expiration_date"]
    for days in (0, -1, "soon", 1e9, True):
        body = {"expires_in_days": days}
        admin.refuse(400, "INVALID_PARAMETER", "POST", path, body)


def test_groups_are_listed_by_category(admin):
    data = admin.get("/groups")
    assert list(data) == ["groups_by_category", "total_groups"]
    groups = [group for rows in data["groups_by_category"].values() for group in rows]
    assert len(groups) == data["total_groups"]
    keys = ["id", "name", "full_name", "xml_id", "comment", "users_count"]
    assert all(list(group) == keys for group in groups)
    [user_group] = [group for group in groups if group["xml_id"] == "base.group_user"]
    assert user_group["id"] == 1
    assert user_group["users_count"] >= 2


def test_groups_are_for_administrators(demo, portal):
    for client in (demo, portal):
        client.refuse(403, "ACCESS_DENIED", "GET", "/groups")
