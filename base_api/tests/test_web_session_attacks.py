# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Attacks on the exchange of the cookie of the web client."""

from unittest.mock import patch

from odoo.addons.base_api.auth import web_session

from .common import PASSWORD
from .web_session_case import PATH, WebSessionCase

OTHER = "https://evil.example.com"


class TestOtherOrigins(WebSessionCase):
    def setUp(self):
        super().setUp()
        self.authenticate("api_employee", PASSWORD)
        self.token = self.get_token()
        self.before = self.count_sessions()

    def tearDown(self):
        self.assertEqual(self.count_sessions(), self.before)
        super().tearDown()

    def test_other_sites_are_refused(self):
        for site in ("cross-site", "same-site", "none", "", "SAME-ORIGIN", None):
            with self.subTest(site=site):
                more = {"Sec-Fetch-Site": site}
                self.assertRefused(self.exchange(self.token, **more))
                response = self.get(PATH, headers=self.page_headers(**more))
                self.assertRefused(response)

    def test_other_origins_are_refused(self):
        host = self.origin.partition("://")[2]
        for origin in (
            OTHER,
            "null",
            "",
            None,
            f"{self.origin}.example.com",
            f"{self.origin}0",
            f"http://user@{host}",
            f"{OTHER}/{host}",
            "http://[",
        ):
            with self.subTest(origin=origin):
                self.assertRefused(self.exchange(self.token, Origin=origin))

    def test_a_get_of_another_origin_is_refused(self):
        for origin in (OTHER, "null"):
            response = self.get(PATH, headers=self.page_headers(Origin=origin))
            self.assertRefused(response)

    def test_cors_does_not_open_it(self):
        self.env["ir.config_parameter"].set_param("base_api.cors_origins", "*")
        for more in ({"Origin": OTHER}, {"Sec_Fetch_Site": "cross-site"}):
            response = self.exchange(self.token, **more)
            self.assertRefused(response)
            self.assertNotIn("Access-Control-Allow-Credentials", response.headers)
        response = self.call("OPTIONS", PATH, headers={"Origin": OTHER})
        self.assertNotIn("Access-Control-Allow-Credentials", response.headers)

    def test_forms_cannot_send_it(self):
        for content_type in ("application/x-www-form-urlencoded", "text/plain", None):
            headers = self.page_headers(Content_Type=content_type)
            body = b'{"csrf_token": "%s"}' % self.token.encode()
            response = self.post(PATH, data=body, headers=headers)
            self.assertApiError(response, 400, "INVALID_CONTENT_TYPE")

    def test_the_token_is_not_taken_from_elsewhere(self):
        headers = self.page_headers(X_CSRFToken=self.token)
        response = self.post(PATH, json={"other": 1}, headers=headers)
        self.assertRefused(response)
        path = f"{PATH}?csrf_token={self.token}"
        response = self.post(path, json={"other": 1}, headers=self.page_headers())
        self.assertApiError(response, 400, "INVALID_PARAMETER")


class TestTokens(WebSessionCase):
    def test_wrong_tokens_are_refused(self):
        self.authenticate("api_employee", PASSWORD)
        token = self.get_token()
        signature, _, moment = token.rpartition("o")
        later = f"{signature}o{int(moment) + 3600}"
        for wrong in (
            "",
            "x",
            "o",
            f"{signature}o",
            f"o{moment}",
            later,
            token[:-1],
            f"{token} ",
            "é" * 40,
            None,
            True,
            12,
            [token],
            {"token": token},
        ):
            with self.subTest(wrong=wrong):
                self.assertRefused(self.exchange(wrong))
        self.assertSuccess(self.exchange(token))

    def test_a_token_of_another_session_is_refused(self):
        self.authenticate("api_boss", PASSWORD)
        foreign = self.get_token()
        self.authenticate("api_employee", PASSWORD)
        self.assertRefused(self.exchange(foreign))

    def test_an_old_token_is_refused(self):
        self.authenticate("api_employee", PASSWORD)
        with patch.object(web_session, "TOKEN_SECONDS", -1):
            token = self.get_token()
        self.assertRefused(self.exchange(token))

    def test_a_replay_without_the_cookie_is_refused(self):
        self.authenticate("api_employee", PASSWORD)
        token = self.get_token()
        self.assertSuccess(self.exchange(token))
        self.opener.cookies.clear()
        response = self.exchange(token)
        self.assertApiError(response, 401, "INVALID_SESSION")

    def test_a_replay_after_a_logout_is_refused(self):
        self.authenticate("api_employee", PASSWORD)
        token = self.get_token()
        self.logout()
        response = self.exchange(token)
        self.assertApiError(response, 401, "INVALID_SESSION")
