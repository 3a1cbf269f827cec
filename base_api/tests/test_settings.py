# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import ValidationError

from odoo.addons.base_api.settings import BOUNDS, bound

from .common import PASSWORD, ApiCase

SHOP = "https://shop.example.com"


class SettingsCase(ApiCase):
    def set_up(self, **values):
        """Save settings as an administrator does on the page."""
        values = {f"base_api_{name}": value for name, value in values.items()}
        settings = self.env["res.config.settings"].with_user(self.admin).create(values)
        settings.execute()


class TestSettings(SettingsCase):
    def test_defaults_are_those_of_the_contract(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.base_api_session_hours, 24)
        self.assertEqual(settings.base_api_refresh_grace_minutes, 60)
        self.assertEqual(settings.base_api_max_limit, 1000)
        self.assertFalse(settings.base_api_cors_origins)

    def test_session_lifetime_holds_at_the_next_login(self):
        self.set_up(session_hours=2)
        body = {"username": "api_employee", "password": PASSWORD}
        data = self.assertSuccess(self.post("/auth/login", json=body))
        lifetime = datetime.fromisoformat(data["expires_at"]) - fields.Datetime.now()
        self.assertAlmostEqual(lifetime, timedelta(hours=2), delta=timedelta(minutes=1))

    def test_refresh_grace_holds_at_the_next_refresh(self):
        self.set_up(refresh_grace_minutes=1)
        session, token = self.env["api.session"]._start(self.employee)
        session.expiration_date = fields.Datetime.now() - timedelta(minutes=2)
        response = self.post("/auth/refresh", headers={"session-token": token})
        self.assertApiError(response, 401, "SESSION_NOT_REFRESHABLE")

    def test_page_limit_holds_at_the_next_request(self):
        self.set_up(max_limit=5)
        response = self.get("/search/res.partner?limit=6", self.employee)
        error = self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertIn("from 0 to 5", error["message"])
        self.assertSuccess(self.get("/search/res.partner?limit=5", self.employee))

    def test_key_duration_is_for_keys_that_say_nothing(self):
        self.set_up(default_key_days=30)
        for options, days in [({}, 30), ({"expires_in_days": 40}, 40)]:
            path = f"/users/{self.admin.id}/api-key"
            self.assertSuccess(self.post(path, self.admin, json=options or None))
            key = self.admin.sudo().api_key_ids.sorted("id")[-1]
            lifetime = key.expiration_date - fields.Datetime.now()
            self.assertAlmostEqual(
                lifetime, timedelta(days=days), delta=timedelta(minutes=1)
            )

    def test_key_duration_does_not_go_beyond_what_odoo_allows(self):
        self.set_up(default_key_days=3000)
        path = f"/users/{self.employee.id}/api-key"
        self.assertSuccess(self.post(path, self.employee))

    def test_nonsense_is_refused_on_the_page(self):
        for values in (
            {"session_hours": 0},
            {"max_limit": 0},
            {"refresh_grace_minutes": -1},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.set_up(**values)

    def test_nonsense_in_a_parameter_counts_as_not_set(self):
        parameters = self.env["ir.config_parameter"]
        for value in ("many", "-1", "0", "1.5", "١"):
            with self.subTest(value=value):
                parameters.set_param("base_api.max_limit", value)
                response = self.get("/search/res.partner?limit=1000", self.employee)
                self.assertSuccess(response)


class TestBounds(SettingsCase):
    def test_defaults_are_those_of_the_table(self):
        settings = self.env["res.config.settings"].create({})
        for name, default in BOUNDS.items():
            with self.subTest(name=name):
                self.assertEqual(settings[f"base_api_{name}"], default)
                self.assertEqual(bound(self.env, name), default)

    def test_values_hold_at_once_and_come_back(self):
        for name in BOUNDS:
            for value in (7, 0, BOUNDS[name]):
                with self.subTest(name=name, value=value):
                    self.set_up(**{name: value})
                    self.assertEqual(bound(self.env, name), value)
                    settings = self.env["res.config.settings"].create({})
                    self.assertEqual(settings[f"base_api_{name}"], value)

    def test_default_is_not_stored(self):
        parameters = self.env["ir.config_parameter"]
        self.set_up(max_members=7)
        self.assertEqual(parameters.get_param("base_api.max_members"), "7")
        self.set_up(max_members=BOUNDS["max_members"])
        self.assertFalse(parameters.get_param("base_api.max_members"))

    def test_negative_limits_are_refused_on_the_page(self):
        for name in BOUNDS:
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self.set_up(**{name: -1})

    def test_nonsense_in_a_parameter_is_the_default(self):
        for text in ("many", "-1", "1.5", "١", ""):
            with self.subTest(text=text):
                self.env["ir.config_parameter"].set_param("base_api.max_members", text)
                self.assertEqual(bound(self.env, "max_members"), BOUNDS["max_members"])

    def test_every_limit_is_on_the_page(self):
        view = self.env["res.config.settings"].get_view(view_type="form")
        names = etree.fromstring(view["arch"]).xpath("//block//field/@name")
        self.assertLessEqual({f"base_api_{name}" for name in BOUNDS}, set(names))


class TestOrigins(SettingsCase):
    def allowed(self, path="/test", origin=SHOP, method="GET"):
        response = self.call(method, path, headers={"Origin": origin})
        return response.headers.get("Access-Control-Allow-Origin")

    def test_no_origin_is_allowed_until_it_is_set(self):
        self.assertIsNone(self.allowed())

    def test_origin_that_is_set_may_read_answers_and_errors(self):
        self.set_up(cors_origins=f"{SHOP}/ https://app.example.com")
        self.assertEqual(self.allowed(), SHOP)
        for path in ("/auth/me", "/nope"):
            with self.subTest(path=path):
                self.assertEqual(self.allowed(path), SHOP)
        self.assertIsNone(self.allowed(origin="https://evil.example.com"))

    def test_caches_are_told_all_that_an_answer_depends_on(self):
        self.set_up(cors_origins=SHOP)
        for headers, first in (({"Origin": SHOP}, "Origin"), ({}, "Accept-Encoding")):
            response = self.get("/auth/me", self.employee, headers=headers)
            names = response.headers["Vary"].split(", ")
            self.assertEqual(names[0], first)
            self.assertEqual(len(names), len(set(names)))
            self.assertLessEqual({"Accept-Language", "api-key"}, set(names))

    def test_all_origins_may_be_allowed(self):
        self.set_up(cors_origins="*")
        self.assertEqual(self.allowed(), "*")

    def test_only_origins_are_saved(self):
        for origin in (
            "shop.example.com",
            "https://shop.example.com/app",
            "https://Shop.example.com",
            "https://shop.example.com?x=1",
            "https://user@shop.example.com",
            "ftp://shop.example.com",
            "https://",
            "https://shop.example.com:x",
            "null",
        ):
            with self.subTest(origin=origin), self.assertRaises(ValidationError):
                self.set_up(cors_origins=f"{SHOP} {origin}")
        origins = f"{SHOP}/, http://localhost:3000 https://[::1]:8080"
        self.set_up(cors_origins=origins)
        self.assertEqual(
            self.allowed(origin="https://[::1]:8080"), "https://[::1]:8080"
        )

    def test_browser_is_told_what_it_may_send(self):
        self.set_up(cors_origins=SHOP)
        response = self.call("OPTIONS", "/users/2", headers={"Origin": SHOP})
        self.assertEqual(response.status_code, 204)
        self.assertEqual(response.headers["Access-Control-Allow-Methods"], "GET, PUT")
        allowed = response.headers["Access-Control-Allow-Headers"].lower()
        for header in ("api-key", "session-token", "authorization", "content-type"):
            self.assertIn(header, allowed)
        self.assertEqual(response.headers["Vary"], "Origin")
        foreign = {"Origin": "https://evil.example.com"}
        response = self.call("OPTIONS", "/users/2", headers=foreign)
        self.assertNotIn("Access-Control-Allow-Methods", response.headers)
