# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class TestCallKeys(ApiCase):
    """Restricted keys may call what they are for."""

    def test_read_only_key(self):
        key = self.new_key(self.employee, read_only=True)
        response = self.post("/call/res.users/context_get", headers={"api-key": key})
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_key_for_methods_is_not_for_those_of_every_model(self):
        key = self.new_key(self.admin, models={"*": ["call"]})
        headers = {"api-key": key}
        path = "/call/res.partner/address_get"
        self.assertSuccess(self.post(path, headers=headers, json={"ids": [1]}))
        for method in (
            "read",
            "write",
            "create",
            "unlink",
            "copy",
            "search_read",
            "read_group",
            "formatted_read_group",
            "name_create",
            "load",
            "export_data",
            "web_read",
            "web_save",
            "web_search_read",
            "get_views",
            "action_archive",
            "onchange",
        ):
            path = f"/call/res.partner/{method}"
            error = self.assertApiError(
                self.post(path, headers=headers), 403, "KEY_RESTRICTED"
            )
            self.assertIn("endpoints", error["message"])

    def test_key_for_another_model(self):
        key = self.new_key(self.admin, models={"res.partner": ["call"]})
        path = "/call/res.users/context_get"
        response = self.post(path, headers={"api-key": key})
        self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_restricted_key_makes_no_keys(self):
        key = self.new_key(self.admin, networks=["127.0.0.0/8"])
        for path in (
            "/call/res.users/api_key_wizard",
            "/call/res.users.apikeys.description/make_key",
            "/call/api.key.create/make_key",
            "/call/res.users.identitycheck/run_check",
        ):
            response = self.post(path, headers={"api-key": key})
            self.assertApiError(response, 403, "KEY_RESTRICTED")
