# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tools import config

from .common import PASSWORD, ApiCase

PROXY = "127.0.0.1"
CLIENT = "10.1.1.1"
FORWARDED = {"X-Forwarded-For": CLIENT, "X-Forwarded-Host": "odoo.example.com"}


class TestClientAddress(ApiCase):
    def setUp(self):
        super().setUp()
        self.key = self.new_key(self.employee, networks=["10.0.0.0/8"])

    def set_networks(self, text):
        self.env["ir.config_parameter"].set_param("base_api.proxy_networks", text)

    def ask(self, proxy_mode=True, forwarded=None):
        sent = FORWARDED if forwarded is None else forwarded
        headers = sent | {"api-key": self.key}
        with patch.dict(config.options, {"proxy_mode": proxy_mode}):
            return self.get("/auth/me", headers=headers)

    def test_without_proxy_mode_headers_do_not_count(self):
        for text in ("", f"{PROXY}/32"):
            self.set_networks(text)
            self.assertApiError(self.ask(proxy_mode=False), 403, "KEY_RESTRICTED")

    def test_without_networks_any_peer_is_a_proxy(self):
        self.assertSuccess(self.ask())

    def test_networks_of_the_proxies(self):
        for text, is_believed in (
            ("127.0.0.0/8", True),
            (f"192.168.0.0/16, {PROXY}", True),
            ("127.0.0.1/8 ::1", True),  # as people write it
            ("192.168.0.0/16", False),
            ("::1", False),
            ("nonsense", False),
        ):
            with self.subTest(text=text):
                self.set_networks(text)
                response = self.ask()
                if is_believed:
                    self.assertSuccess(response)
                else:
                    self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_a_known_proxy_that_sends_no_host(self):
        """Its address is not that of the client, whose key would work from there."""
        key = self.new_key(self.employee, networks=["127.0.0.0/8"])
        stranger = {"X-Forwarded-For": "203.0.113.7"}
        self.set_networks("127.0.0.0/8")
        with patch.object(self, "key", key):
            self.assertApiError(self.ask(forwarded=stranger), 403, "KEY_RESTRICTED")
            self.assertSuccess(self.ask(forwarded={}))
            self.set_networks("192.168.0.0/16")
            self.assertSuccess(self.ask(forwarded=stranger))

    def test_everything_counts_with_the_same_address(self):
        for text, expected in (("127.0.0.0/8", CLIENT), ("192.168.0.0/16", PROXY)):
            with self.subTest(text=text):
                self.set_networks(text)
                body = {"username": self.employee.login, "password": PASSWORD}
                with patch.dict(config.options, {"proxy_mode": True}):
                    response = self.post("/auth/login", json=body, headers=FORWARDED)
                self.assertSuccess(response)
                session = self.env["api.session"].search([], limit=1, order="id desc")
                self.assertEqual(session.address, expected)
                entry = self.env["api.audit"].search([], limit=1, order="id desc")
                self.assertEqual(entry.address, expected)

    def test_setting_takes_networks_only(self):
        settings = self.env["res.config.settings"]
        settings.create({"base_api_proxy_networks": "10.0.0.0/8 ::1"})
        with self.assertRaises(ValidationError):
            settings.create({"base_api_proxy_networks": "10.0.0.0/8 proxy"})
