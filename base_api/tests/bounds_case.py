# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase


class BoundsCase(ApiCase):
    """Limits of a request, set to what a test can reach."""

    def limit(self, **bounds):
        for name, value in bounds.items():
            self.env["ir.config_parameter"].set_param(f"base_api.{name}", str(value))
        self.env.flush_all()

    def assertTooMuch(self, response, status, code, name):
        """Check that a request was refused, with a message that names the limit."""
        error = self.assertApiError(response, status, code)
        self.assertIn(name, error["message"])
        return error
