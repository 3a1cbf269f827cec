# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import datetime

from .common import PASSWORD, ApiCase


class LoginCase(ApiCase):
    def setUp(self):
        super().setUp()
        # Odoo's cool-down counts in the memory of the process, across tests.
        self.registry._login_failures = defaultdict(lambda: (0, datetime.min))
        self.env.cr.execute("DELETE FROM api_throttle")

    def log_in(self, user="api_employee", password=PASSWORD, **more):
        body = {"username": user, "password": password} | more
        return self.post("/auth/login", json=body)

    def allow(self, **limits):
        """Set how many attempts may fail, for a pair, an address or a login."""
        for name, limit in limits.items():
            self.env["ir.config_parameter"].set_param(
                f"base_api.throttle_{name}", str(limit)
            )

    def outcomes(self):
        """Return the attempts that are remembered, in their order."""
        self.env.cr.execute("SELECT outcome FROM api_throttle ORDER BY id")
        return [outcome for (outcome,) in self.env.cr.fetchall()]

    def make_older(self, seconds):
        """Have all attempts happen earlier."""
        self.env.cr.execute(
            "UPDATE api_throttle SET attempt_date = attempt_date - %s * interval '1 s'",
            [seconds],
        )

    def assertFails(self, response):
        self.assertApiError(response, 401, "AUTH_FAILED")

    def assertThrottled(self, response):
        """Check the refusal and return the seconds to wait."""
        error = self.assertApiError(response, 429, "RATE_LIMITED")
        seconds = response.headers["Retry-After"]
        self.assertIn(f"{seconds} seconds", error["message"])
        return int(seconds)
