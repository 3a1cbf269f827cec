# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from datetime import timedelta

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from .common import PASSWORD, ApiCase

KEYS = "res.users.apikeys"
CREATE = "api.key.create"
ROLL = "api.key.roll"


class WizardCase(ApiCase):
    """Somebody in Odoo's web client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.new_user("colleague", "base.group_user")
        cls.manager = cls.new_user("manager", "base.group_user,base.group_erp_manager")

    def log_in(self, user, confirmed=True):
        """Log in to the web client, by default with a password just confirmed."""
        session = self.authenticate(user.login, PASSWORD)
        if confirmed:
            session["identity-check-last"] = time.time()
            http.root.session_store.save(session)

    def rpc(self, model, method, *args, **kwargs):
        self.env.flush_all()
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        path = f"/web/dataset/call_kw/{model}/{method}"
        result = self.make_jsonrpc_request(path, params)
        self.env.invalidate_all()
        return result

    def assertRefused(self, exception, model, method, *args):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, exception),
        ):
            self.rpc(model, method, *args)

    def create_wizard(self, user, **values):
        values = {"user_id": user.id, "name": "Shop", "duration": "7"} | values
        return self.rpc(CREATE, "create", [values])[0]

    def make_key(self, user, **values):
        """Return the new key that the dialog shows, and its record."""
        action = self.rpc(CREATE, "make_key", [self.create_wizard(user, **values)])
        return action["context"]["default_key"], self.last_key(user)

    def last_key(self, user):
        keys = self.env[KEYS].sudo()
        return keys.search([("user_id", "=", user.id)], order="id desc", limit=1)

    def key_of(self, user):
        """Return the record of a new key."""
        self.new_key(user)
        return self.last_key(user)

    def works(self, key):
        return self.get("/auth/me", headers={"api-key": key}).status_code == 200


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
        longest = self.env[KEYS].with_user(self.employee)._longest_duration()
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


class TestApiAccessTab(WizardCase):
    NAMES = {
        "has_api_access_tab": {},
        "api_access_key_ids": {"fields": {"prefix": {}, "restrictions_summary": {}}},
        "api_session_ids": {"fields": {"address": {}, "expiration_date": {}}},
    }

    def read_tab(self, user):
        return self.rpc("res.users", "web_read", [user.id], self.NAMES)[0]

    def test_employee_sees_their_own_keys_and_sessions(self):
        record = self.key_of(self.employee)
        self.new_session(self.employee)
        self.log_in(self.employee)
        values = self.read_tab(self.employee)
        self.assertTrue(values["has_api_access_tab"])
        self.assertEqual(
            [row["id"] for row in values["api_access_key_ids"]], record.ids
        )
        self.assertEqual(len(values["api_session_ids"]), 1)

    def test_only_administrators_see_those_of_others(self):
        self.key_of(self.colleague)
        self.new_session(self.colleague)
        for user, count in ((self.employee, 0), (self.manager, 0), (self.admin, 1)):
            with self.subTest(user=user.login):
                self.log_in(user)
                values = self.read_tab(self.colleague)
                self.assertEqual(values["has_api_access_tab"], bool(count))
                self.assertEqual(len(values["api_access_key_ids"]), count)
                self.assertEqual(len(values["api_session_ids"]), count)

    def test_session_that_a_new_password_ended_is_not_shown(self):
        self.new_session(self.employee)
        self.employee.password = "another-password"
        self.log_in(self.admin)
        self.assertEqual(self.read_tab(self.employee)["api_session_ids"], [])

    def test_key_is_revoked_by_its_user_and_by_administrators_only(self):
        for user, allowed in (
            (self.colleague, False),
            (self.manager, False),
            (self.employee, True),
            (self.admin, True),
        ):
            with self.subTest(user=user.login):
                record = self.key_of(self.employee)
                self.log_in(user)
                if allowed:
                    self.rpc(KEYS, "action_revoke", [record.id])
                else:
                    self.assertRefused(
                        "AccessError", KEYS, "action_revoke", [record.id]
                    )
                self.assertNotEqual(bool(record.exists()), allowed)

    def test_session_is_ended_by_its_user_and_by_administrators_only(self):
        for user, allowed in (
            (self.colleague, False),
            (self.manager, False),
            (self.employee, True),
            (self.admin, True),
        ):
            with self.subTest(user=user.login):
                session = self.env["api.session"]._start(self.employee)[0]
                self.log_in(user)
                arguments = ("api.session", "action_end", [session.id])
                if allowed:
                    self.rpc(*arguments)
                else:
                    self.assertRefused("AccessError", *arguments)
                self.assertNotEqual(bool(session.exists()), allowed)

    def test_all_sessions_are_ended_by_the_user_and_by_administrators_only(self):
        for user, allowed in (
            (self.colleague, False),
            (self.manager, False),
            (self.employee, True),
            (self.admin, True),
        ):
            with self.subTest(user=user.login):
                token = self.new_session(self.employee)
                self.log_in(user)
                arguments = (
                    "res.users",
                    "action_end_api_sessions",
                    [self.employee.id],
                )
                if allowed:
                    self.rpc(*arguments)
                else:
                    self.assertRefused("AccessError", *arguments)
                headers = {"session-token": token}
                status = self.get("/auth/me", headers=headers).status_code
                self.assertEqual(status, 401 if allowed else 200)

    def test_keys_are_found_by_their_prefix(self):
        record = self.key_of(self.employee)
        keys = self.env[KEYS].with_user(self.admin)
        self.assertEqual(keys.search([("prefix", "=", record.prefix)]), record)
        self.assertFalse(keys.search([("prefix", "ilike", "oak_none")]))
