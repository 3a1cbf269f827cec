# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Learning keys. As these tests do not commit, they note the uses themselves."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.base_api.auth.learning import note_uses

from .test_key_changes import KeyChangeCase

NOTES = (
    "odoo.addons.base_api.dispatcher.note_uses_after_commit",
    "odoo.addons.base_api.dispatcher.note_uses_after_error",
)
PARTNERS = "res.partner"


class LearningCase(KeyChangeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")

    def setUp(self):
        super().setUp()
        self.scopes = []
        for name in NOTES:
            noting = patch(name, lambda env, scope: self.scopes.append(scope))
            noting.start()
            self.addCleanup(noting.stop)

    def learner(self, user=None, days=7, **options):
        """Make a learning key over the API; return its secret and its record."""
        user = user or self.employee
        until = fields.Datetime.now() + timedelta(days=days)
        body = {"learn_until": f"{until.isoformat()}Z", **options}
        headers = {"session-token": self.new_session(user)}
        path = f"/users/{user.id}/api-key"
        data = self.assertSuccess(self.post(path, json=body, headers=headers))
        key = self.keys.search([("user_id", "=", user.id)], limit=1, order="id desc")
        return data["api_key"], key

    def finish(self, key):
        """Let the time to learn be over."""
        key.learn_until = fields.Datetime.now() - timedelta(seconds=1)
        key.flush_recordset()

    def described(self, key):
        headers = {"session-token": self.new_session(key.user_id)}
        path = f"/users/{key.user_id.id}/api-keys"
        rows = self.assertSuccess(self.get(path, headers=headers))["api_keys"]
        return next(row for row in rows if row["id"] == key.id)

    def use(self, secret, method, path, **kwargs):
        response = self.call(method, path, headers={"api-key": secret}, **kwargs)
        self.note()
        return response

    def note(self):
        """Note what the requests so far have used."""
        for scope in self.scopes:
            if scope.uses:
                note_uses(self.env, scope)
        self.scopes.clear()
        self.env.invalidate_all()

    def assertRefused(self, response):
        return self.assertApiError(response, 403, "KEY_RESTRICTED")
