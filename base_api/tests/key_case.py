# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class KeyCase(ApiCase):
    """An administrator, whose rights take nothing away, with restricted keys."""

    def use(self, models, method, path, user=None, **kwargs):
        """Send a request with a new key that is restricted to models."""
        headers = kwargs.pop("headers", {})
        key = self.new_key(user or self.admin, models=models)
        return self.call(method, path, headers={"api-key": key, **headers}, **kwargs)

    def assertRestricted(self, response, operation):
        """Check that the key was refused, for this `verb on model`."""
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertIn(operation, error["message"])
