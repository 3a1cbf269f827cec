# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tools import mute_logger

from .wizard_case import KEYS, ROLL, WizardCase


class TestKeyRolling(WizardCase):
    def roll(self, record, days):
        wizard = self.rpc(ROLL, "create", [{"key_id": record.id, "overlap_days": days}])
        return self.rpc(ROLL, "roll_key", wizard)["context"]["default_key"]

    def test_employee_rolls_their_key(self):
        self.log_in(self.employee)
        old, record = self.make_key(self.employee, read_only=True)
        new = self.roll(record, 2)
        self.assertTrue(self.works(old))
        self.assertTrue(self.works(new))
        self.assertTrue(self.last_key(self.employee).restrictions["read_only"])
        left = record.expiration_date - fields.Datetime.now()
        self.assertAlmostEqual(left, timedelta(days=2), delta=timedelta(minutes=10))

    def test_administrator_rolls_the_key_of_another_at_once(self):
        self.log_in(self.admin)
        old, record = self.make_key(self.employee)
        new = self.roll(record, 0)
        self.assertFalse(self.works(old))
        self.assertTrue(self.works(new))
        self.assertFalse(record.exists())

    @mute_logger("odoo.sql_db")
    def test_overlap_is_at_most_a_week(self):
        self.log_in(self.admin)
        record = self.key_of(self.admin)
        for days in (-1, 8):
            with self.subTest(days=days):
                values = {"key_id": record.id, "overlap_days": days}
                self.assertRefused("ValidationError", ROLL, "create", [values])

    def test_nobody_rolls_the_key_of_another_but_administrators(self):
        record = self.key_of(self.colleague)
        for user in (self.employee, self.manager):
            with self.subTest(user=user.login):
                self.log_in(user)
                wizard = self.rpc(ROLL, "create", [{"key_id": record.id}])
                self.assertRefused("AccessError", ROLL, "roll_key", wizard)
                self.assertRefused("AccessError", KEYS, "action_roll", [record.id])
        self.assertEqual(self.last_key(self.colleague), record)

    def test_key_that_is_gone_is_not_rolled(self):
        self.log_in(self.admin)
        record = self.key_of(self.admin)
        wizard = self.rpc(ROLL, "create", [{"key_id": record.id}])
        record._remove()
        self.assertRefused("UserError", ROLL, "roll_key", wizard)
