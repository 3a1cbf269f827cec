# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .rate_limit_case import RateLimitCase
from .wizard_case import WizardCase

NEW = {"burst": 20, "per_day": 1000}


@tagged("post_install", "-at_install")
class TestRateLimitedKeys(RateLimitCase):
    def make_key(self, headers, user=None, **body):
        path = f"/users/{(user or self.admin).id}/api-key"
        return self.post(path, headers=headers, json=body or None)

    def change(self, headers, key_id, limits, user=None):
        path = f"/users/{(user or self.admin).id}/api-keys/{key_id}"
        return self.call("PATCH", path, headers=headers, json={"limits": limits})

    def session(self, user):
        return {"session-token": self.new_session(user)}

    def test_limits_are_shown(self):
        session = self.session(self.admin)
        data = self.assertSuccess(self.make_key(session, limits=NEW))
        path = f"/users/{self.admin.id}/api-keys"
        rows = self.assertSuccess(self.get(path, headers=session))["api_keys"]
        limits = {row["id"]: row["limits"] for row in rows}
        self.assertEqual(limits[data["id"]], NEW)
        response = self.get("/auth/me", headers={"api-key": data["api_key"]})
        self.assertEqual(self.left(response), {"key-burst": 19, "key-per-day": 999})
        key = self.assertSuccess(response)["key"]
        self.assertEqual((key["id"], key["name"]), (data["id"], "API key"))
        names = ("read_only", "models", "networks", "external_id_prefix")
        self.assertEqual(set(key["restrictions"]), set(names))
        rows = [(row["policy"], row["remaining"]) for row in key["limits"]]
        self.assertEqual(rows, [("key-burst", 19), ("key-per-day", 999)])
        response = self.get("/auth/test", headers={"api-key": data["api_key"]})
        self.assertEqual(self.assertSuccess(response)["key"]["id"], data["id"])

    def test_members_are_changed_one_by_one(self):
        session = self.session(self.admin)
        data = self.assertSuccess(self.make_key(session, limits=NEW))
        for sent, expected in [
            ({"per_day": None}, {"burst": 20}),
            ({"concurrent": 2}, {"burst": 20, "concurrent": 2}),
            ({}, {"burst": 20, "concurrent": 2}),
            (None, None),
            ({"rows_per_day": 5}, {"rows_per_day": 5}),
        ]:
            response = self.change(session, data["id"], sent)
            found = self.assertSuccess(response)["api_key"]["limits"]
            self.assertEqual(found, expected)

    def test_what_is_not_a_limit(self):
        session = self.session(self.admin)
        for limits in (
            5,
            [],
            {"per_hour": 5},
            {"burst": 0},
            {"burst": -1},
            {"burst": 1.5},
            {"burst": True},
            {"burst": "5"},
            {"burst": 10**10},
        ):
            with self.subTest(limits=limits):
                response = self.make_key(session, limits=limits)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn("limits", error["message"])

    def test_key_creates_none_with_higher_limits(self):
        key = self.key_header(self.admin, limits=NEW)
        for limits in (None, {"burst": 20}, NEW | {"burst": 21}):
            with self.subTest(limits=limits):
                response = self.make_key(key, limits=limits)
                error = self.assertApiError(response, 403, "KEY_RESTRICTED")
                self.assertIn("rate limits", error["message"])
        self.assertSuccess(
            self.make_key(key, limits=NEW | {"burst": 2, "per_minute": 9})
        )

    def test_key_does_not_raise_its_own(self):
        key = self.key_header(self.admin, limits=NEW)
        own_id = self.assertSuccess(self.get("/auth/me", headers=key))["key"]["id"]
        for limits in (None, {"burst": None}, {"per_day": 1001}):
            with self.subTest(limits=limits):
                response = self.change(key, own_id, limits)
                self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertSuccess(self.change(key, own_id, {"per_day": 999}))

    def test_limits_hold_from_the_next_request_on(self):
        key = self.key_header(self.admin)
        data = self.assertSuccess(self.get("/auth/me", headers=key))
        session = self.session(self.admin)
        self.assertSuccess(self.change(session, data["key"]["id"], {"per_day": 1}))
        self.assertSuccess(self.get("/auth/me", headers=key))
        self.assertLimited(self.get("/auth/me", headers=key), "key-per-day")

    def test_rolled_key_has_the_same_limits(self):
        session = self.session(self.admin)
        data = self.assertSuccess(self.make_key(session, limits=NEW))
        path = f"/users/{self.admin.id}/api-keys/{data['id']}/roll"
        data = self.assertSuccess(self.post(path, headers=session))
        response = self.get("/auth/me", headers={"api-key": data["api_key"]})
        self.assertEqual(self.left(response), {"key-burst": 19, "key-per-day": 999})

    def test_only_administrators_exceed_the_settings(self):
        self.set_limits(key_per_day=10)
        employee, more = self.session(self.employee), {"per_day": 11}
        response = self.make_key(employee, self.employee, limits=more)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertSuccess(
            self.make_key(employee, self.employee, limits={"per_day": 9})
        )
        data = self.assertSuccess(self.make_key(employee, self.employee))
        response = self.change(employee, data["id"], more, self.employee)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        admin = self.session(self.admin)
        self.assertSuccess(self.change(admin, data["id"], more, self.employee))
        response = self.get("/auth/me", headers={"api-key": data["api_key"]})
        self.assertEqual(self.left(response), {"key-per-day": 10})


@tagged("post_install", "-at_install")
class TestRateLimitedUsers(RateLimitCase):
    def test_users_neither_see_nor_change_their_limits(self):
        employee = self.employee.with_user(self.employee)
        with self.assertRaises(AccessError):
            employee.read(["api_limit_burst"])
        with self.assertRaises(AccessError):
            employee.api_limit_burst = 5
        path = f"/update/res.users/{self.employee.id}"
        response = self.put(path, self.employee, json={"api_limit_burst": 5})
        self.assertApiError(response, 403, "ACCESS_DENIED")
        view = self.env["res.users"].with_user(self.employee).get_view()
        self.assertNotIn("api_limit_burst", view["arch"])

    def test_administrators_set_them_on_the_form(self):
        view = self.env.ref("base.view_users_form").id
        users = self.env["res.users"].with_user(self.admin)
        names = etree.fromstring(users.get_view(view)["arch"]).xpath("//field/@name")
        self.assertIn("api_limit_rows_per_day", names)
        self.employee.with_user(self.admin).api_limit_per_day = 1
        self.assertSuccess(self.get("/auth/me", self.employee))
        self.assertLimited(self.get("/auth/me", self.employee), "user-per-day")
        with self.assertRaises(ValidationError):
            self.employee.api_limit_per_day = -1


@tagged("post_install", "-at_install")
class TestDialog(WizardCase):
    def test_dialog_gives_limits(self):
        self.log_in(self.employee)
        _key, record = self.make_key(self.employee, limit_burst=20, limit_concurrent=2)
        self.assertEqual(record.limits, {"burst": 20, "concurrent": 2})
        _key, record = self.make_key(self.employee)
        self.assertFalse(record.limits)
        wizard = self.create_wizard(self.employee, limit_burst=-1)
        self.assertRefused("UserError", "api.key.create", "make_key", wizard)
