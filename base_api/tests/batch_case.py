# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase

CREATE = "/create/res.partner"


class BatchCase(ApiCase):
    """A clerk who sends batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,base.group_partner_manager"
        cls.clerk = cls.new_user("clerk", groups)

    def batch(self, *steps, user=None, **kwargs):
        user = user or self.clerk
        return self.post("/batch", user, json={"steps": list(steps)}, **kwargs)

    def run_batch(self, *steps, **kwargs):
        """Run a batch that must work; return its results."""
        data = self.assertSuccess(self.batch(*steps, **kwargs))
        self.assertEqual(data["count"], len(steps))
        return data["results"]

    def create_step(self, name, **more):
        step = {"method": "POST", "path": CREATE, "body": {"name": name}}
        step["body"] |= more.pop("body", {})
        return step | more

    def names_like(self, name):
        return self.env["res.partner"].search([("name", "=like", f"{name}%")])
