# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import BaseCase

from odoo.addons.base_api.auth.credentials import Credentials, read_credentials
from odoo.addons.base_api.auth.tokens import generate_api_key, generate_session_token


class TestCredentials(BaseCase):
    def setUp(self):
        super().setUp()
        self.token, self.key = generate_session_token(), generate_api_key()

    def test_nothing_sent_is_nothing_read(self):
        self.assertEqual(read_credentials({}), Credentials("", ""))

    def test_both_headers_are_read(self):
        headers = {"session-token": self.token, "api-key": f" {self.key} "}
        self.assertEqual(read_credentials(headers), Credentials(self.token, self.key))

    def test_bearer_token_is_told_by_its_form(self):
        for scheme in ("Bearer", "bearer", "BEARER  "):
            header = {"Authorization": f"{scheme} {self.token}"}
            self.assertEqual(read_credentials(header), Credentials(self.token, ""))
            header = {"Authorization": f"{scheme} {self.key}"}
            self.assertEqual(read_credentials(header), Credentials("", self.key))

    def test_header_goes_before_bearer_token(self):
        headers = {"api-key": self.key, "Authorization": f"Bearer {generate_api_key()}"}
        self.assertEqual(read_credentials(headers), Credentials("", self.key))

    def test_other_schemes_are_not_read(self):
        headers = {"Authorization": f"Basic {self.token}"}
        self.assertEqual(read_credentials(headers), Credentials("", ""))
