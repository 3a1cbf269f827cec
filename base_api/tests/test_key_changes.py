# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ApiCase

WIDE = {"models": {"res.partner": ["read", "update"], "res.country": ["read"]}}


class KeyChangeCase(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = cls.env["res.users.apikeys"].sudo()

    def make(self, user, expiration_date=None, **restrictions):
        secret = self.new_key(user, expiration_date, **restrictions)
        return secret, self.keys.search(
            [("user_id", "=", user.id)], limit=1, order="id desc"
        )

    def change(self, key, body, user=None, secret=None):
        path = f"/users/{key.user_id.id}/api-keys/{key.id}"
        if secret:
            headers = {"api-key": secret}
            response = self.call("PATCH", path, json=body, headers=headers)
        else:
            headers = {"session-token": self.new_session(user or key.user_id)}
            response = self.call("PATCH", path, json=body, headers=headers)
        self.env.invalidate_all()
        return response

    def reads(self, secret, model):
        response = self.get(f"/search/{model}?limit=0", headers={"api-key": secret})
        return response.status_code


@tagged("post_install", "-at_install")
class TestKeyChanges(KeyChangeCase):
    def test_restrictions_hold_at_once(self):
        secret, key = self.make(self.employee)
        self.assertEqual(self.reads(secret, "res.country"), 200)
        body = {"models": {"res.partner": ["read"]}, "name": "Narrow"}
        data = self.assertSuccess(self.change(key, body))
        self.assertEqual(data["api_key"]["name"], "Narrow")
        self.assertEqual(data["api_key"]["models"], body["models"])
        self.assertEqual(self.reads(secret, "res.country"), 403)
        self.assertEqual(self.reads(secret, "res.partner"), 200)
        # What is not sent stays; null removes.
        data = self.assertSuccess(self.change(key, {"read_only": True}))
        self.assertEqual(data["api_key"]["models"], body["models"])
        self.assertSuccess(self.change(key, {"models": None, "read_only": None}))
        self.assertEqual(self.reads(secret, "res.country"), 200)
        self.assertFalse(key.restrictions)
        self.assertEqual(key.name, "Narrow")

    def test_expiry(self):
        soon = fields.Datetime.now() + timedelta(days=2)
        secret, key = self.make(self.admin, soon)
        self.assertSuccess(self.change(key, {"expires_in_days": 1}))
        self.assertLess(key.expiration_date, soon)
        self.assertSuccess(self.change(key, {"expires_in_days": 30}))
        self.assertGreater(key.expiration_date, soon)
        self.assertSuccess(self.change(key, {"expires_in_days": None}))
        self.assertFalse(key.expiration_date)
        self.assertEqual(self.reads(secret, "res.country"), 200)

    def test_the_groups_of_the_caller_limit_the_lifetime(self):
        self.env.ref("base.group_user").api_key_duration = 10
        _secret, key = self.make(
            self.employee, fields.Datetime.now() + timedelta(days=5)
        )
        self.assertSuccess(self.change(key, {"expires_in_days": 9}))
        _secret, endless = self.make(self.employee)
        self.assertSuccess(self.change(endless, {"expires_in_days": 300}))
        for days in (30, None):
            response = self.change(key, {"expires_in_days": days})
            self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.env["ir.config_parameter"].set_param("base_api.max_key_days", "20")
        _secret, key = self.make(self.admin, fields.Datetime.now() + timedelta(days=5))
        response = self.change(key, {"expires_in_days": None})
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_a_key_does_not_widen_keys(self):
        secret, key = self.make(
            self.admin,
            fields.Datetime.now() + timedelta(days=5),
            models={"res.users.apikeys": ["update"], "res.partner": ["read"]},
        )
        for body in (
            {"models": WIDE["models"]},
            {"models": None},
            {"expires_in_days": 30},
            {"expires_in_days": None},
        ):
            with self.subTest(body=body):
                response = self.change(key, body, secret=secret)
                self.assertApiError(response, 403, "KEY_RESTRICTED")
        body = {"models": {"res.partner": ["read"]}, "expires_in_days": 1}
        self.assertSuccess(self.change(key, body, secret=secret))
        _other, other = self.make(self.admin, models={"res.partner": ["read"]})
        response = self.change(other, WIDE, secret=secret)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertSuccess(self.change(other, WIDE))

    def test_only_the_owner_and_settings_change_a_key(self):
        _secret, key = self.make(self.employee)
        colleague = self.new_user("colleague", "base.group_user")
        response = self.change(key, {"read_only": True}, colleague)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertSuccess(self.change(key, {"read_only": True}, self.admin))
        self.assertTrue(key.restrictions["read_only"])

    def test_wrong_changes(self):
        _secret, key = self.make(self.employee, **WIDE)
        for body, code in (
            ({"nam": "x"}, "INVALID_FIELDS"),
            ({"strict_types": True}, "INVALID_FIELDS"),
            ({"name": 7}, "INVALID_PARAMETER"),
            ({"expires_in_days": 0}, "INVALID_PARAMETER"),
            ({"models": {"res.nope": ["read"]}}, "INVALID_PARAMETER"),
            ({"models": {"res.partner": ["write"]}}, "INVALID_PARAMETER"),
            ({"networks": ["10.0.0.0/40"]}, "INVALID_PARAMETER"),
            ({}, "NO_DATA"),
        ):
            with self.subTest(body=body):
                self.assertApiError(self.change(key, body), 400, code)
        self.assertEqual(
            key._base_api_restrictions().to_json()["models"], WIDE["models"]
        )
        path = f"/users/{self.employee.id}/api-keys/999999"
        response = self.call("PATCH", path, self.admin, json={"read_only": True})
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")

    def test_a_later_expiry_is_warned_of_again(self):
        soon = fields.Datetime.now() + timedelta(days=2)
        _secret, key = self.make(self.employee, soon)
        key.expiry_warning_date = fields.Datetime.now()
        self.assertSuccess(self.change(key, {"name": "Warned"}))
        self.assertTrue(key.expiry_warning_date)
        self.assertSuccess(self.change(key, {"expires_in_days": 10}))
        self.assertFalse(key.expiry_warning_date)

    def test_a_key_that_names_a_removed_model_can_be_changed(self):
        """Only what is sent is checked."""
        secret, key = self.make(self.employee, **WIDE)
        models = {**WIDE["models"], "removed.model": ["read", "update"]}
        key.restrictions = {**key.restrictions, "models": models}
        self.assertSuccess(self.change(key, {"name": "Renamed", "read_only": True}))
        self.assertEqual(key.restrictions["models"], models)
        self.assertEqual(self.reads(secret, "res.country"), 200)
        response = self.change(key, {"models": models})
        self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_an_empty_name_is_refused(self):
        _secret, key = self.make(self.employee)
        for name in ("", "  "):
            response = self.change(key, {"name": name})
            self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertSuccess(self.change(key, {"name": None, "read_only": True}))
        self.assertEqual(key.name, "Test")

    def test_a_preset(self):
        secret, key = self.make(self.employee)
        data = self.assertSuccess(self.change(key, {"preset": "reporting"}))["api_key"]
        self.assertTrue(data["read_only"])
        self.assertEqual(data["models"], {"*": ["read"]})
        # The key itself cannot choose a wider one.
        path = f"/users/{self.employee.id}/api-keys/{key.id}"
        headers, body = {"api-key": secret}, {"preset": "contacts"}
        response = self.call("PATCH", path, json=body, headers=headers)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        data = self.assertSuccess(self.change(key, body))["api_key"]
        self.assertIn("res.partner", data["models"])
        self.assertFalse(data["read_only"])
        for body in (
            {"preset": "reporting", "read_only": False},
            {"preset": "contacts", "models": WIDE["models"]},
            {"preset": "nope"},
        ):
            with self.subTest(body=body):
                response = self.change(key, body)
                self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_keys_of_odoo_cannot_be_restricted(self):
        keys = self.env["res.users.apikeys"].with_user(self.employee)
        keys._generate(None, "Of Odoo", fields.Datetime.now() + timedelta(hours=1))
        key = self.keys.search([("name", "=", "Of Odoo")])
        response = self.change(key, {"read_only": True})
        self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertSuccess(self.change(key, {"name": "Renamed"}))
        self.assertEqual(key.name, "Renamed")


@tagged("post_install", "-at_install")
class TestPresets(KeyChangeCase):
    def test_presets_of_installed_apps(self):
        presets = self.assertSuccess(self.get("/presets", self.employee))["presets"]
        found = {preset["name"]: preset for preset in presets}
        self.assertIn("contacts", found)
        for preset in presets:
            for model in preset["models"]:
                self.assertIn(model, [*self.env.registry, "*"])
        self.assertEqual("sale.order" in self.env, "shop" in found)
        self.assertEqual(
            list(found["reporting"]),
            ["name", "label", "description", "read_only", "models"],
        )

    def test_a_key_from_a_preset(self):
        path = f"/users/{self.employee.id}/api-key"
        headers = {"session-token": self.new_session(self.employee)}
        body = {"preset": "reporting"}
        response = self.post(path, json=body, headers=headers)
        secret = self.assertSuccess(response)["api_key"]
        self.assertEqual(self.reads(secret, "res.country"), 200)
        response = self.post(
            "/create/res.partner", json={"name": "A"}, headers={"api-key": secret}
        )
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        for body in (
            {"preset": "nope"},
            {"preset": 7},
            {"preset": "contacts", "models": {"res.partner": ["read"]}},
        ):
            response = self.post(path, json=body, headers=headers)
            self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_a_preset_can_be_narrowed(self):
        path = f"/users/{self.employee.id}/api-key"
        headers = {"session-token": self.new_session(self.employee)}
        body = {"preset": "contacts", "read_only": True, "networks": ["127.0.0.0/8"]}
        self.assertSuccess(self.post(path, json=body, headers=headers))
        key = self.keys.search([], limit=1, order="id desc")
        self.assertTrue(key.restrictions["read_only"])
        self.assertIn("res.partner", key.restrictions["models"])
        self.assertEqual(key.restrictions["networks"], ["127.0.0.0/8"])

    def test_the_dialog_fills_in_a_preset(self):
        wizard = self.env["api.key.create"].new({"preset": "contacts"})
        wizard._onchange_preset()
        lines = {line.model: line._operations() for line in wizard.model_ids}
        presets = self.env["api.key.preset"]._get_restrictions("contacts")
        self.assertEqual(lines, {model: list(names) for model, names in presets.models})
