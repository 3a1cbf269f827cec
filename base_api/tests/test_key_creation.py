# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .wizard_case import CREATE, KEYS, ROLL, WizardCase


class TestKeyCreation(WizardCase):
    def test_employee_makes_a_key_for_themself(self):
        self.log_in(self.employee)
        key, record = self.make_key(self.employee)
        self.assertEqual(len(key), 48)
        self.assertEqual(record.name, "Shop")
        self.assertEqual(record.prefix, key[:8])
        self.assertLess(record.expiration_date - fields.Datetime.now(), timedelta(8))
        self.assertTrue(self.works(key))

    def test_administrator_makes_a_key_for_another(self):
        self.log_in(self.admin)
        key, record = self.make_key(self.employee, duration="0")
        self.assertFalse(record.expiration_date)
        data = self.assertSuccess(self.get("/auth/me", headers={"api-key": key}))
        self.assertEqual(data["user"]["id"], self.employee.id)

    def test_restrictions_end_up_in_the_key(self):
        self.log_in(self.employee)
        lines = [
            {"model": "res.partner", "allow_create": True},
            {"model": "res.users", "allow_read": False, "allow_call": True},
            {"model": "*"},
        ]
        _key, record = self.make_key(
            self.employee,
            read_only=True,
            model_ids=[Command.create(line) for line in lines],
            networks="10.0.0.0/8\n192.0.2.1, 2001:db8::/32",
        )
        self.assertEqual(
            record.restrictions,
            {
                "read_only": True,
                "models": {
                    "res.partner": ["read", "create"],
                    "res.users": ["call"],
                    "*": ["read"],
                },
                "networks": ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"],
            },
        )

    def test_key_can_have_strict_types(self):
        self.log_in(self.employee)
        self.assertTrue(self.make_key(self.employee, strict_types=True)[1].strict_types)
        self.assertFalse(self.make_key(self.employee)[1].strict_types)

    def test_a_key_can_learn(self):
        self.log_in(self.employee)
        until = fields.Datetime.now().replace(microsecond=0) + timedelta(days=7)
        key, record = self.make_key(self.employee, learn_until=str(until))
        self.assertEqual(record.learn_until, until)
        self.assertTrue(self.works(key))
        late = {"learn_until": str(until + timedelta(days=30))}
        values = {"user_id": self.employee.id, "name": "x", **late}
        self.assertRefused("ValidationError", CREATE, "create", [values])

    def test_key_without_restrictions_stores_none(self):
        self.log_in(self.employee)
        self.assertFalse(self.make_key(self.employee)[1].restrictions)

    def test_restrictions_that_make_no_sense_are_refused(self):
        self.log_in(self.employee)
        twice = [Command.create({"model": "res.partner"})] * 2
        for values in ({"networks": "here"}, {"model_ids": twice}):
            with self.subTest(values=values):
                wizard = self.create_wizard(self.employee, **values)
                self.assertRefused("UserError", CREATE, "make_key", [wizard])
        line = Command.create({"model": "res.nothing"})
        values = {"user_id": self.employee.id, "name": "x", "model_ids": [line]}
        self.assertRefused("ValidationError", CREATE, "create", [values])

    def test_models_to_choose_are_those_one_has_access_to(self):
        def choices(user):
            lines = self.env["api.key.create.model"].with_user(user)
            return [name for name, _label in lines._selection_model()]

        self.assertIn("res.partner", choices(self.employee))
        self.assertNotIn("ir.rule", choices(self.employee))
        self.assertIn("ir.rule", choices(self.admin))

    def test_limit_on_the_lifetime_holds_for_who_makes_the_key(self):
        longest = self.env[KEYS].with_user(self.employee)._base_api_longest_duration()
        for days, allowed in ((longest - 1, True), (longest + 1, False)):
            date = fields.Datetime.now() + timedelta(days=days)
            values = {"duration": "-1", "expiration_date": str(date)}
            with self.subTest(days=days):
                self.log_in(self.employee)
                if allowed:
                    self.make_key(self.employee, **values)
                else:
                    values |= {"user_id": self.employee.id, "name": "x"}
                    self.assertRefused("ValidationError", CREATE, "create", [values])

    def test_limit_holds_where_the_dialog_was_changed_afterwards(self):
        self.log_in(self.employee)
        wizard = self.create_wizard(self.employee)
        for date in (False, "2099-01-01 00:00:00"):
            with self.subTest(date=date):
                self.rpc(CREATE, "write", [wizard], {"expiration_date": date})
                self.assertRefused("ValidationError", CREATE, "make_key", [wizard])

    def test_nobody_makes_a_key_for_another_but_administrators(self):
        for user in (self.employee, self.manager):
            with self.subTest(user=user.login):
                self.log_in(user)
                values = {"user_id": self.colleague.id, "name": "x", "duration": "1"}
                self.assertRefused("AccessError", CREATE, "create", [values])
                wizard = self.create_wizard(user)
                self.rpc(CREATE, "write", [wizard], {"user_id": self.colleague.id})
                self.assertRefused("AccessError", CREATE, "make_key", [wizard])
                self.assertRefused(
                    "AccessError",
                    "res.users",
                    "action_generate_api_key",
                    [self.colleague.id],
                )
        self.assertFalse(self.last_key(self.colleague))

    def test_dialog_of_another_is_out_of_reach(self):
        self.log_in(self.employee)
        line = Command.create({"model": "res.partner"})
        wizard = self.create_wizard(self.employee, model_ids=[line])
        lines = self.env["api.key.create.model"].search([("wizard_id", "=", wizard)])
        for user in (self.colleague, self.admin):
            self.log_in(user)
            self.assertRefused("AccessError", CREATE, "make_key", [wizard])
            for model, record_id in ((CREATE, wizard), (lines._name, lines.id)):
                self.assertRefused("AccessError", model, "write", [record_id], {})

    def test_portal_user_makes_no_key(self):
        portal = self.new_user("customer", "base.group_portal")
        self.log_in(portal)
        values = {"user_id": portal.id, "name": "x", "duration": "1"}
        self.assertRefused("AccessError", CREATE, "create", [values])
        self.log_in(self.admin)
        wizard = self.create_wizard(portal)
        self.assertRefused("AccessError", CREATE, "make_key", [wizard])

    def test_password_is_asked_for(self):
        self.log_in(self.employee, confirmed=False)
        record = self.key_of(self.employee)
        wizard = self.create_wizard(self.employee)
        roll = self.rpc(ROLL, "create", [{"key_id": record.id}])[0]
        for model, method, record_id in (
            ("res.users", "action_generate_api_key", self.employee.id),
            (CREATE, "make_key", wizard),
            (KEYS, "action_roll", record.id),
            (ROLL, "roll_key", roll),
            (KEYS, "action_revoke", record.id),
        ):
            with self.subTest(model=model, method=method):
                action = self.rpc(model, method, [record_id])
                self.assertEqual(action["res_model"], "res.users.identitycheck")
        self.assertEqual(self.last_key(self.employee), record)
