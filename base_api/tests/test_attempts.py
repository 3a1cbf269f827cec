# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict, deque
from contextlib import suppress
from unittest.mock import patch

import psycopg2
from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, mute_logger, tagged
from odoo.tools import OrderedSet

from odoo.addons.base_api.errors import Forbidden, InvalidValue
from odoo.addons.base_api.errors.write import TransactionEnded
from odoo.addons.base_api.safety.savepoints import attempt


@tagged("post_install", "-at_install")
class TestAttempts(TransactionCase):
    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Before"})
        self.calls = []

    def attempt(self, error=None):
        """Change the partner, register for the commit, and fail with `error`."""

        def task(name):
            self.partner.name = name
            self.env.cr.postcommit.data["test"] = name
            self.env.cr.postcommit.add(
                lambda: self.calls.append(self.env.cr.postcommit.data["test"])
            )
            if error:
                raise error
            return name

        return attempt(self.env, task, "After")

    def test_success_is_kept(self):
        self.assertEqual(self.attempt(), ("After", None))
        self.assertEqual(self.partner.name, "After")

    def test_mistake_of_the_caller_undoes_it(self):
        for error, status in [(UserError("No"), 422), (Forbidden("No"), 403)]:
            with self.subTest(error=error):
                result, refusal = self.attempt(error)
                self.assertIsNone(result)
                self.assertEqual((refusal.code, refusal.description), (status, "No"))
                self.assertEqual(self.partner.name, "Before")

    def test_what_odoo_retries_goes_on_to_odoo(self):
        for error in (SerializationFailure(), psycopg2.OperationalError(), KeyError()):
            with self.subTest(error=error), self.assertRaises(type(error)):
                self.attempt(error)

    def test_error_at_the_flush_is_that_of_the_task(self):
        rate = {"currency_id": self.env.ref("base.EUR").id, "rate": -1}
        rates = self.env["res.currency.rate"]
        with mute_logger("odoo.sql_db"):
            _result, error = attempt(self.env, rates.create, rate)
        self.assertIsInstance(error, InvalidValue)
        self.assertIn("strictly positive", error.description)
        self.assertEqual(self.partner.name, "Before")

    def test_error_of_what_was_written_before_is_not_that_of_the_task(self):
        rate = self.env["res.currency.rate"].create(
            {"currency_id": self.env.ref("base.EUR").id, "rate": 1}
        )
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            rate.rate = -1
            attempt(self.env, lambda: None)

    def test_only_what_was_done_is_called_after_the_commit(self):
        queue = self.env.cr.postcommit
        self.attempt(UserError("No"))
        self.attempt()
        self.assertIs(self.env.cr.postcommit, queue)
        queue.run()
        self.assertEqual(self.calls, ["After"])
        self.assertIs(self.env.cr.postcommit, queue)

    def test_what_is_collected_for_the_commit_is_sent_once_and_without_failures(self):
        """As the bus collects channels, and accounting the ranks of partners."""
        queue = self.env.cr.postcommit

        def notify(name, error=None):
            if "test.set" not in queue.data:
                queue.data["test.set"] = OrderedSet()
                queue.add(lambda: self.calls.append(list(queue.data.pop("test.set"))))
            queue.data["test.set"].add(name)
            counts = queue.data.setdefault("test.dict", defaultdict(list))
            if not counts:
                queue.add(lambda: self.calls.append(dict(counts)))
            counts["all"].append(name)
            counts[name] = [name]
            queue.data.setdefault("test.deque", deque()).append(name)
            if error:
                queue.data["test.set"].discard(1)
                counts.pop(1, None)
                queue.data["test.more"] = [name]
                raise error

        attempt(self.env, notify, 0, UserError("No"))
        self.assertEqual((len(queue), queue.data), (0, {}))
        attempt(self.env, notify, 1)
        attempt(self.env, notify, 2, UserError("No"))
        attempt(self.env, notify, 3)
        self.assertEqual(queue.data["test.deque"], deque([1, 3]))
        self.assertNotIn("test.more", queue.data)
        queue.run()
        self.assertEqual(self.calls, [[1, 3], {"all": [1, 3], 1: [1], 3: [3]}])

    def test_models_do_not_keep_what_was_undone(self):
        self.addCleanup(self.registry.reset_changes)

        def add_field(name, error=None):
            values = {"name": name, "model_id": model_id, "ttype": "char"}
            self.env["ir.model.fields"].create(values)
            if error:
                raise error

        model_id = self.env["ir.model"]._get_id("res.partner")
        _result, error = attempt(self.env, add_field, "x_undone", UserError("No"))
        self.assertTrue(error)
        self.assertNotIn("x_undone", self.partner._fields)
        self.assertTrue(self.partner.read())
        attempt(self.env, add_field, "x_done")
        with patch.object(type(self.registry), "_setup_models__") as set_up:
            self.attempt(UserError("No"))
        set_up.assert_not_called()
        self.assertIn("x_done", self.partner._fields)
        self.assertTrue(self.registry.registry_invalidated)

    def test_a_task_that_ends_the_transaction_fails_on_its_own(self):
        def task(act):
            self.partner.name = "After"
            act()

        def swallow():
            with suppress(Exception):
                cursor.rollback()

        cursor = self.env.cr
        for act in (
            lambda: cursor.commit(),
            lambda: cursor.rollback(),
            lambda: cursor.execute("COMMIT"),
            lambda: cursor.precommit.add(cursor.rollback),
            swallow,
        ):
            _result, error = attempt(self.env, task, act)
            self.assertIsInstance(error, TransactionEnded)
            self.assertEqual(self.partner.name, "Before")
        self.assertEqual(self.attempt(), ("After", None))

    def test_caches_do_not_keep_what_was_undone(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("base_api.test", "before")

        def task():
            parameters.set_param("base_api.test", "after")
            self.assertEqual(parameters.get_param("base_api.test"), "after")
            raise Forbidden("No")

        attempt(self.env, task)
        self.assertEqual(parameters.get_param("base_api.test"), "before")
