# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestUpsertKeys(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = cls.env["api.upsert.key"].sudo()
        cls.keys.search([]).unlink()

    def test_taken_keys_are_rows_that_change(self):
        self.keys._take(["a", "b", "a"])
        before = self.row_versions()
        self.assertEqual(len(before), 2)
        self.keys._take(["b", "c"])
        self.assertEqual(len(self.row_versions()), 3)
        self.assertEqual(len(self.row_versions() & before), 1)

    def test_old_keys_are_removed(self):
        self.keys._take(["a"])
        with freeze_time(datetime.now() - timedelta(days=2)):
            self.keys._take(["b"])
        self.assertEqual(self.keys._gc_expired_keys(), (1, False))
        self.assertEqual(len(self.row_versions()), 1)

    def row_versions(self):
        self.env.cr.execute("SELECT id, ctid::text FROM api_upsert_key")
        return set(self.env.cr.fetchall())
