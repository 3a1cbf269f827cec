# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.base_api.auth.tokens import hash_token
from odoo.addons.base_api.auth.uses import INTERVAL
from odoo.addons.base_api.models import res_users_apikeys

from .common import ApiCase

OPTIONS = {
    "name": "Shop",
    "expires_in_days": 90,
    "read_only": True,
    "models": {"res.partner": ["read", "create"], "*": ["read"]},
    "networks": ["127.0.0.0/8"],
}


class KeyCase(ApiCase):
    def find_key(self, key):
        self.env.cr.execute(
            "SELECT id FROM res_users_apikeys WHERE key = %s", [hash_token(key)]
        )
        return self.env["res.users.apikeys"].browse(self.env.cr.fetchone()[0])

    def path(self, user, key=None, action=""):
        return f"/users/{user.id}/api-keys" + (f"/{key.id}{action}" if key else "")

    def create_key(self, user=None, caller=None, **options):
        path = f"/users/{(user or self.admin).id}/api-key"
        response = self.post(path, caller or self.admin, json=options or OPTIONS)
        return self.assertSuccess(response)["api_key"]

    def works(self, key):
        return self.get("/auth/me", headers={"api-key": key}).status_code == 200


class TestKeyList(KeyCase):
    def test_keys_are_listed_without_the_secret(self):
        key = self.create_key(self.employee)
        response = self.get(self.path(self.employee), self.admin)
        data = self.assertSuccess(response)
        self.assertEqual(list(data), ["user_id", "api_keys", "count"])
        [row] = data["api_keys"]
        self.assertNotIn(key, response.text)
        self.assertEqual(row["id"], self.find_key(key).id)
        self.assertEqual(row["prefix"], key[:8])
        self.assertEqual(row["scope"], "base_api")
        for name in ("name", "read_only", "models", "networks"):
            self.assertEqual(row[name], OPTIONS[name])
        expires = datetime.fromisoformat(row["expires_at"])
        lifetime = expires - datetime.fromisoformat(row["created_at"])
        self.assertAlmostEqual(
            lifetime, timedelta(days=90), delta=timedelta(minutes=10)
        )
        self.assertFalse(row["last_used_at"])

    def test_use_is_shown_and_noted_once_a_minute(self):
        key = self.create_key(self.employee, **{"name": "Shop"})
        record = self.find_key(key).sudo()
        self.use(key)
        first = record.last_use_date
        self.assertEqual(record.last_use_address, "127.0.0.1")
        self.assertTrue(first)
        record.last_use_date = first - INTERVAL + timedelta(seconds=2)
        self.use(key)
        self.assertLess(record.last_use_date, first)
        record.last_use_date = first - INTERVAL
        self.use(key)
        self.assertGreaterEqual(record.last_use_date, first)

    def use(self, key):
        self.env.flush_all()
        self.assertTrue(self.works(key))
        self.store_notes()

    def test_keys_of_others_are_for_administrators(self):
        key = self.find_key(self.create_key())
        for method, path in [
            ("GET", self.path(self.admin)),
            ("POST", self.path(self.admin, key, "/roll")),
            ("DELETE", self.path(self.admin, key)),
        ]:
            with self.subTest(method=method):
                response = self.call(method, path, self.employee)
                self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_who_manages_users_does_not_get_their_keys(self):
        """As on the page: Odoo shows the keys of others to the group Settings only."""
        manager = self.new_user("manager", "base.group_user,base.group_erp_manager")
        key = self.find_key(self.create_key(self.employee, name="Shop"))
        for method, path in [
            ("POST", f"/users/{self.employee.id}/api-key"),
            ("GET", self.path(self.employee)),
            ("DELETE", self.path(self.employee, key)),
            ("GET", f"/auth/sessions?user_id={self.employee.id}"),
        ]:
            with self.subTest(method=method, path=path):
                response = self.call(method, path, manager)
                self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertSuccess(self.get(self.path(manager), manager))

    def test_key_is_looked_for_among_those_of_the_user(self):
        key = self.find_key(self.create_key())
        for key_id in (key.id, 99999999, "x", "False"):
            path = f"/users/{self.employee.id}/api-keys/{key_id}"
            response = self.call("DELETE", path, self.employee)
            self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertTrue(key.exists())

    def test_options_are_checked(self):
        path = f"/users/{self.admin.id}/api-key"
        for body, code, expected in [
            ({"networks": ["10.0.0.1/8"]}, "INVALID_PARAMETER", "networks"),
            ({"models": {"res.partnr": ["read"]}}, "INVALID_PARAMETER", "res.partner"),
            ({"models": {"res.partner": ["write"]}}, "INVALID_PARAMETER", "update"),
            ({"read_only": 1}, "INVALID_PARAMETER", "read_only"),
            ({"readonly": True}, "INVALID_FIELDS", "did you mean 'read_only'?"),
        ]:
            with self.subTest(body=body):
                response = self.post(path, self.admin, json=body)
                error = self.assertApiError(response, 400, code)
                self.assertIn(expected, error["message"])


class TestKeyRevocation(KeyCase):
    def test_revoked_key_is_refused_at_the_next_request(self):
        key = self.create_key(self.employee)
        path = self.path(self.employee, self.find_key(key))
        self.assertTrue(self.works(key))
        self.assertSuccess(self.call("DELETE", path, self.employee))
        self.assertFalse(self.works(key))


class TestKeyRoll(KeyCase):
    def roll(self, key, **body):
        path = self.path(self.admin, self.find_key(key), "/roll")
        return self.post(path, self.admin, json=body or None)

    def test_new_key_is_like_the_old_one(self):
        old = self.create_key()
        before = self.find_key(old)
        name, lifetime = before.name, before.expiration_date - before.create_date
        new = self.assertSuccess(self.roll(old))["api_key"]
        after = self.find_key(new)
        self.assertEqual(after.name, name)
        self.assertAlmostEqual(
            after.expiration_date - after.create_date,
            lifetime,
            delta=timedelta(minutes=1),
        )
        self.assertEqual(
            after._base_api_restrictions().to_json(),
            {name: OPTIONS[name] for name in ("read_only", "models", "networks")},
        )

    def test_old_key_ends_at_once_or_after_the_overlap(self):
        old = self.create_key(name="Shop")
        new = self.assertSuccess(self.roll(old, overlap_days=2))["api_key"]
        self.assertTrue(self.works(old) and self.works(new))
        left = self.find_key(old).expiration_date - fields.Datetime.now()
        self.assertAlmostEqual(left, timedelta(days=2), delta=timedelta(minutes=1))
        newest = self.assertSuccess(self.roll(new))["api_key"]
        self.assertFalse(self.works(new))
        self.assertTrue(self.works(newest))

    def test_overlap_does_not_prolong_a_key(self):
        old = self.create_key(name="Shop", expires_in_days=1)
        expiration_date = self.find_key(old).expiration_date
        self.assertSuccess(self.roll(old, overlap_days=7))
        self.assertEqual(self.find_key(old).expiration_date, expiration_date)

    def test_overlap_is_up_to_a_week(self):
        old = self.create_key(name="Shop")
        for days in (-1, 8, "x", 0.5):
            with self.subTest(days=days):
                response = self.roll(old, overlap_days=days)
                self.assertApiError(response, 400, "INVALID_PARAMETER")


class TestKeyEscalation(KeyCase):
    KEYS = "res.users.apikeys"

    def create_with(self, key, **options):
        path = f"/users/{self.admin.id}/api-key"
        return self.post(path, headers={"api-key": key}, json=options or None)

    def test_key_creates_none_that_may_do_more(self):
        models = {self.KEYS: ["create"], "res.partner": ["read"]}
        key = self.create_key(models=models, networks=["127.0.0.0/8"])
        allowed = {"models": {"res.partner": ["read"]}, "networks": ["127.0.0.1/32"]}
        self.assertSuccess(self.create_with(key, **allowed))
        for more in ({"models": None}, {"networks": None}, {"models": {"*": ["read"]}}):
            with self.subTest(more=more):
                response = self.create_with(key, **(allowed | more))
                self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_key_rolls_none_that_may_do_more(self):
        other = self.find_key(self.create_key(name="All-powerful"))
        key = self.create_key(models={self.KEYS: ["create"]})
        path = self.path(self.admin, other, "/roll")
        response = self.post(path, headers={"api-key": key})
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_key_for_users_creates_no_credentials_with_them(self):
        key = self.create_key(models={"res.users": ["create"]})
        body = {"name": "x", "login": "api_x", "auto_generate_credentials": True}
        response = self.post("/create/res.users", headers={"api-key": key}, json=body)
        self.assertApiError(response, 403, "KEY_RESTRICTED")


class TestKeyExpiry(KeyCase):
    def header(self, days):
        key = self.create_key(name="Shop", expires_in_days=days)
        response = self.get("/auth/me", headers={"api-key": key})
        return response.headers.get("Api-Key-Expires")

    def test_answers_tell_when_a_key_expires_soon(self):
        self.assertRegex(self.header(13), r"\A\w{3}, \d\d \w{3} \d{4} .* GMT\Z")
        self.assertIsNone(self.header(16))
        key = self.create_key(name="Shop", expires_in_days=13)
        response = self.get("/nope", headers={"api-key": key})
        self.assertApiError(response, 404, "NOT_FOUND")
        response = self.get("/search/nope", headers={"api-key": key})
        self.assertIn("Api-Key-Expires", response.headers)

    def test_owner_is_warned_once(self):
        soon = self.find_key(self.create_key(name="Soon", expires_in_days=13))
        self.find_key(self.create_key(name="Later", expires_in_days=16))
        keys = self.env["res.users.apikeys"]
        warned = []
        with patch.object(
            res_users_apikeys,
            "mail_expiry_warning",
            lambda key: warned.append(key.name),
        ):
            keys._warn_before_expiry()
            keys._warn_before_expiry()
        self.assertTrue(soon.expiry_warning_date)
        expected = ["Soon"] if "mail.mail" in self.env else []
        self.assertEqual(warned, expected)


class TestSessionList(ApiCase):
    def use(self, token, method="GET", path="/auth/sessions"):
        return self.call(method, path, headers={"session-token": token})

    def test_sessions_are_listed(self):
        token = self.new_session(self.employee)
        other = self.new_session(self.employee)
        data = self.assertSuccess(self.use(token))
        self.assertEqual(list(data), ["user_id", "sessions", "count"])
        self.assertEqual(data["count"], 2)
        self.assertEqual(
            list(data["sessions"][0]),
            "id started_at last_activity address client expires_at current".split(),
        )
        self.assertEqual(sum(row["current"] for row in data["sessions"]), 1)
        self.assertNotIn(other, str(data))

    def test_session_tells_where_it_comes_from(self):
        body = {"username": "api_employee", "password": "a-password-4-tests"}
        headers = {"User-Agent": "Shop/1.0"}
        response = self.post("/auth/login", json=body, headers=headers)
        token = self.assertSuccess(response)["session_token"]
        [row] = self.assertSuccess(self.use(token))["sessions"]
        self.assertEqual((row["address"], row["client"]), ("127.0.0.1", "Shop/1.0"))

    def test_others_are_ended_and_this_one_stays(self):
        token = self.new_session(self.employee)
        others = [self.new_session(self.employee) for _ in range(2)]
        foreign = self.new_session(self.admin)
        data = self.assertSuccess(self.use(token, "DELETE"))
        self.assertEqual(data["count"], 2)
        self.assertSuccess(self.use(token))
        self.assertSuccess(self.use(foreign))
        for other in others:
            self.assertApiError(self.use(other), 401, "INVALID_SESSION")

    def test_one_is_ended_by_the_user_or_an_administrator(self):
        for user, ender in [
            (self.employee, self.employee),
            (self.employee, self.admin),
        ]:
            token = self.new_session(user)
            session = self.assertSuccess(self.use(token))["sessions"][0]
            path = f"/auth/sessions/{session['id']}"
            self.assertSuccess(self.call("DELETE", path, ender))
            self.assertApiError(self.use(token), 401, "INVALID_SESSION")

    def test_sessions_of_others_are_for_administrators(self):
        token = self.new_session(self.admin)
        session = self.assertSuccess(self.use(token))["sessions"][0]
        path = f"/auth/sessions/{session['id']}"
        response = self.call("DELETE", path, self.employee)
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        response = self.get(f"/auth/sessions?user_id={self.admin.id}", self.employee)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        response = self.get(f"/auth/sessions?user_id={self.employee.id}", self.admin)
        self.assertSuccess(response)
