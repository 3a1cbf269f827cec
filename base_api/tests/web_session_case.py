# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase

PATH = "/auth/web-session"


class WebSessionCase(ApiCase):
    def setUp(self):
        super().setUp()
        self.origin = self.base_url()

    def page_headers(self, **more):
        """Return what a browser sends for a page of this server."""
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": self.origin}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        return {name: value for name, value in headers.items() if value is not None}

    def get_token(self):
        response = self.get(PATH, headers=self.page_headers(Origin=None))
        return self.assertSuccess(response)["csrf_token"]

    def exchange(self, token, **headers):
        headers = self.page_headers(**headers)
        return self.post(PATH, json={"csrf_token": token}, headers=headers)

    def assertRefused(self, response):
        self.assertApiError(response, 403, "CSRF_FAILED")

    def count_sessions(self):
        return self.env["api.session"].sudo().search_count([])
