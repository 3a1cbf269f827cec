# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError

from .test_key_management import KeyCase


class TestKeyLifetime(KeyCase):
    """A key makes none that lives longer than itself."""

    def setUp(self):
        super().setUp()
        self.tomorrow = fields.Datetime.now() + timedelta(days=1)
        self.key = self.new_key(self.admin, expiration_date=self.tomorrow)

    def create_with(self, key=None, **options):
        path = f"/users/{self.admin.id}/api-key"
        headers = {"api-key": key or self.key}
        return self.post(path, headers=headers, json=options or None)

    def roll(self, record, key=None, **body):
        path = self.path(self.admin, record, "/roll")
        return self.post(path, headers={"api-key": key or self.key}, json=body or None)

    def test_new_key_lives_no_longer(self):
        for options in ({"expires_in_days": 2}, {"expires_in_days": 36500}):
            with self.subTest(options=options):
                error = self.assertApiError(
                    self.create_with(**options), 403, "KEY_RESTRICTED"
                )
                self.assertIn("longer", error["message"])

    def test_without_a_lifetime_it_expires_with_its_maker(self):
        new = self.assertSuccess(self.create_with())["api_key"]
        self.assertEqual(self.find_key(new).expiration_date, self.tomorrow)
        newest = self.assertSuccess(self.create_with(new))["api_key"]
        self.assertEqual(self.find_key(newest).expiration_date, self.tomorrow)

    def test_key_of_a_new_user_expires_too(self):
        body = {"name": "x", "login": "api_x", "auto_generate_credentials": True}
        response = self.post(
            "/create/res.users", headers={"api-key": self.key}, json=body
        )
        data = self.assertSuccess(response, 201)
        made = self.find_key(data["credentials"]["api_key"])
        self.assertEqual(made.expiration_date, self.tomorrow)

    def test_key_renews_itself_for_the_same_time(self):
        record = self.find_key(self.key)
        lifetime = record.expiration_date - record.create_date
        new = self.find_key(self.assertSuccess(self.roll(record))["api_key"])
        renewed = new.expiration_date - fields.Datetime.now()
        self.assertAlmostEqual(renewed, lifetime, delta=timedelta(minutes=1))

    def test_other_keys_are_renewed_only_if_they_live_no_longer(self):
        forever = self.find_key(self.new_key(self.admin))
        soon = self.find_key(
            self.new_key(self.admin, expiration_date=self.tomorrow + timedelta(days=1))
        )
        for record in (forever, soon):
            self.assertApiError(self.roll(record), 403, "KEY_RESTRICTED")
            self.assertTrue(record.exists())

    def test_session_makes_keys_of_any_lifetime(self):
        token = self.new_session(self.admin)
        path = f"/users/{self.admin.id}/api-key"
        response = self.post(path, headers={"session-token": token})
        new = self.assertSuccess(response)["api_key"]
        self.assertFalse(self.find_key(new).expiration_date)

    def test_setting_bounds_new_and_renewed_keys(self):
        old = self.find_key(self.new_key(self.admin))
        caller = {"session-token": self.new_session(self.admin)}
        self.env["ir.config_parameter"].set_param("base_api.max_key_days", "30")
        in_30_days = fields.Datetime.now() + timedelta(days=30)
        path = f"/users/{self.admin.id}/api-key"
        roll = self.path(self.admin, old, "/roll")
        for url in (path, roll):
            response = self.post(url, headers=caller)
            new = self.find_key(self.assertSuccess(response)["api_key"])
            self.assertAlmostEqual(
                new.expiration_date, in_30_days, delta=timedelta(minutes=1)
            )
        response = self.post(path, headers=caller, json={"expires_in_days": 31})
        error = self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertIn("30", error["message"])
        keys = self.env["res.users.apikeys"].with_user(self.admin)
        for date in (None, in_30_days + timedelta(days=1)):
            with self.assertRaises(ValidationError):
                keys._base_api_create(self.admin, "x", date)
