# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase

ALL = ["read", "create", "update", "delete", "call"]
EVERY_MODEL = {"*": ALL}
SETTINGS = "base.group_system"


class AdministrativeCase(ApiCase):
    def use(self, key, method, path, **kwargs):
        return self.call(method, path, headers={"api-key": key}, **kwargs)

    def request_of(self, verb, model):
        """Return method, path and body of a request for a verb on a model."""
        record = self.env[model].search([], limit=1, order="id")
        return {
            "read": ("GET", f"/search/{model}", None),
            "create": ("POST", f"/create/{model}", {"name": "x"}),
            "update": ("PATCH", f"/update/{model}/{record.id or 1}", {"name": "x"}),
            "delete": ("DELETE", f"/delete/{model}/{record.id or 1}", None),
            "call": ("POST", f"/call/{model}/run", {"ids": record.ids}),
        }[verb]

    def assertRestricted(self, key, method, path, body=None):
        response = self.use(key, method, path, json=body)
        return self.assertApiError(response, 403, "KEY_RESTRICTED")
