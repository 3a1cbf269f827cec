# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .common import ApiCase

PARTNERS = "res.partner"


class AuditCase(ApiCase):
    def setUp(self):
        super().setUp()
        self.last_id = self.last_entry().id or 0

    def last_entry(self):
        return self.env["api.audit"].search([], limit=1)

    def entries(self):
        """Return the rows that were added since the last call, the oldest first."""
        self.env.invalidate_all()
        rows = self.env["api.audit"].search([("id", ">", self.last_id)], order="id")
        self.last_id = rows[-1:].id or self.last_id
        return rows

    def entry(self):
        """Return the only row that was added."""
        rows = self.entries()
        self.assertEqual(len(rows), 1, rows.mapped("route"))
        return rows
