# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A trail whose rows are sealed."""

import io
from types import SimpleNamespace

from odoo.tests import TransactionCase, tagged

from ..auditing import audit_commands
from ..auditing.chain import seal_rows
from ..auditing.entry import Entry, insert_entries
from ..auditing.verification import verify


@tagged("post_install", "-at_install")
class ChainCase(TransactionCase):
    def setUp(self):
        super().setUp()
        self.cr = self.env.cr
        self.insert(5)
        while seal_rows(self.cr):
            pass
        self.assertEqual(self.fault(), "")

    def insert(self, count, **values):
        values.setdefault("address", "192.0.2.1")
        entries = [Entry(route=f"/{n}", status=200, **values) for n in range(count)]
        insert_entries(self.cr, entries)

    def change(self, query, *values):
        self.cr.execute(query, values)

    def fault(self):
        return verify(self.cr).fault

    def run_command(self, name, **options):
        options = {"json": False, "login": None, "user": None} | options
        output = io.StringIO()
        options = SimpleNamespace(audit_command=name, **options)
        audit_commands.run(self.env, options, output)
        return output.getvalue()
