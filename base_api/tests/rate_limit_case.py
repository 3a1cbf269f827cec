# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.addons.base_api.limiting.connection import PATIENCE
from odoo.addons.base_api.limiting.limiter import limiter_of

from .common import ApiCase

ITEM = re.compile(r'"([a-z-]+)"((?:;\w+=(?:\d+|"[\w-]+"))*)')


def parse(field):
    """Return the items of a structured field: `{name: {parameter: text}}`."""
    return {
        name: dict(pair.split("=") for pair in parameters.split(";")[1:])
        for name, parameters in ITEM.findall(field)
    }


class RateLimitCase(ApiCase):
    """Callers with rate limits, whose counters are outside the test's transaction."""

    def setUp(self):
        super().setUp()
        self.limiter = limiter_of(self.env.cr.dbname)
        # So that a busy machine does not let requests pass.
        self.set_patience(30)
        self.addCleanup(self.set_patience, PATIENCE)
        self.forget()
        self.addCleanup(self.forget)

    def set_patience(self, seconds):
        self.limiter.patience = seconds
        self.limiter._rests_until = 0
        self.limiter._disconnect()

    def forget(self):
        self.limiter._rests_until = 0
        self.run_statement("DELETE FROM api_rate_limit")

    def run_statement(self, statement):
        self.limiter._run(lambda connection: connection.execute(statement))

    def set_limits(self, **limits):
        """Set limits in the settings, such as `key_burst=2`."""
        for name, limit in limits.items():
            self.env["ir.config_parameter"].set_param(
                f"base_api.rate_{name}", str(limit)
            )

    def key_header(self, user=None, **options):
        """Return the header with a new key, and its rate limits if there are some."""
        keys = self.env["res.users.apikeys"].sudo()
        user = user or self.employee
        return {"api-key": keys._base_api_create(user, "Test", None, **options)}

    def left(self, response):
        """Return what remains by the name of the policy."""
        items = parse(response.headers["RateLimit"])
        return {name: int(item["r"]) for name, item in items.items()}

    def assertLimited(self, response, *policies, left=0):
        """Check the refusal; return the seconds to wait.

        :param left: what remains, which is not enough for a batch
        """
        error = self.assertApiError(response, 429, "RATE_LIMITED")
        self.assertEqual(error["violated-policies"], list(policies))
        self.assertTrue(error["quota_type"].endswith("#quota-exceeded"))
        seconds = int(response.headers["Retry-After"])
        items = parse(response.headers["RateLimit"])
        for policy in policies:
            self.assertIn(policy, error["message"])
            self.assertEqual(items[policy]["r"], str(left))
            self.assertLessEqual(int(items[policy].get("t", 1)), seconds)
        return seconds
