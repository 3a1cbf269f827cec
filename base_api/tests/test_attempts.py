# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2
from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, mute_logger, tagged

from odoo.addons.base_api.attempts import attempt
from odoo.addons.base_api.errors import Forbidden, InvalidValue


@tagged("post_install", "-at_install")
class TestAttempts(TransactionCase):
    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Before"})
        self.calls = []

    def attempt(self, error=None):
        """Change the partner, register for the commit, and fail with ``error``."""

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

    def test_caches_do_not_keep_what_was_undone(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("base_api.test", "before")

        def task():
            parameters.set_param("base_api.test", "after")
            self.assertEqual(parameters.get_param("base_api.test"), "after")
            raise Forbidden("No")

        attempt(self.env, task)
        self.assertEqual(parameters.get_param("base_api.test"), "before")
