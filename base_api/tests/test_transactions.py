# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from functools import partial
from types import SimpleNamespace

from psycopg2.errors import SerializationFailure

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.base_api.errors import InvalidStep
from odoo.addons.base_api.orm.transactions import ENDS, held, kept_open

COMMITS = (
    "COMMIT",
    " commit work;",
    "END",
    "-- why\n/* and * how */ Commit",
    "SELECT 1; /* and */ COMMIT",
    "PREPARE TRANSACTION 'x'",
    SQL("COMMIT"),
    b"COMMIT",
)
ROLLBACKS = (
    "ROLLBACK",
    "rollback transaction",
    "ABORT",
    "SELECT 1;\nROLLBACK AND CHAIN",
)
FAILURE = UserError("No")
HARMLESS = (
    "ROLLBACK TO SAVEPOINT x",
    "ROLLBACK WORK TO x",
    "SELECT 'commit'",
    "SELECT commit FROM x",
    "DO $$ BEGIN PERFORM 1; END $$",
    "RELEASE SAVEPOINT x",
    "committed",
    b"INSERT INTO x VALUES ('; COMMIT')",
    SQL("SELECT %s", "COMMIT"),
)


class Cursor:
    """A cursor that notes what is done with it."""

    def __init__(self):
        self.done = []
        self.connection = SimpleNamespace(
            commit=partial(self.done.append, "connection.commit"),
            rollback=partial(self.done.append, "connection.rollback"),
            close=partial(self.done.append, "connection.close"),
        )

    def commit(self):
        self.done.append("commit")

    def rollback(self):
        self.done.append("rollback")

    def close(self):
        self.done.append("close")

    def execute(self, query, params=None, log_exceptions=True):
        self.done.append(query)


@tagged("post_install", "-at_install")
class TestTransactions(TransactionCase):
    def setUp(self):
        super().setUp()
        self.cursor = Cursor()

    def kept_open(self, name="refused", **options):
        return kept_open(
            self.cursor, lambda what: InvalidStep(f"{name}: {what}"), **options
        )

    def test_each_end_is_refused_before_it_happens(self):
        for end, words in ENDS.items():
            with self.assertRaisesRegex(InvalidStep, f"refused: {words}"):
                with self.kept_open():
                    getattr(self.cursor, end)()
        self.assertFalse(self.cursor.done)
        self.assertEqual(vars(self.cursor).keys(), {"done", "connection"})
        for end in ENDS:
            getattr(self.cursor, end)()
        self.assertEqual(self.cursor.done, list(ENDS))

    def test_the_connection_below_is_no_way_around(self):
        connection = self.cursor.connection
        for end, words in ENDS.items():
            with self.assertRaisesRegex(InvalidStep, words), self.kept_open():
                getattr(connection, end)()
        with self.kept_open(ends=("rollback",)):
            connection.commit()
        self.assertEqual(self.cursor.done, ["connection.commit"])
        connection.rollback()
        self.assertEqual(self.cursor.done[1:], ["connection.rollback"])

    def test_only_what_is_named_is_refused(self):
        with self.kept_open(ends=("rollback",)):
            self.cursor.commit()
            self.cursor.execute("COMMIT")
        for rollback in (
            lambda: self.cursor.rollback(),
            lambda: self.cursor.execute("ABORT"),
        ):
            with self.assertRaises(InvalidStep), self.kept_open(ends=("rollback",)):
                rollback()
        self.assertEqual(self.cursor.done, ["commit", "COMMIT"])

    def test_sql_that_ends_the_transaction_is_refused(self):
        for queries, end in ((COMMITS, "commit"), (ROLLBACKS, "rollback")):
            for query in queries:
                with self.subTest(query=query):
                    with self.assertRaisesRegex(InvalidStep, ENDS[end]):
                        with self.kept_open():
                            self.cursor.execute(query, log_exceptions=False)
        self.assertFalse(self.cursor.done)

    def test_other_sql_is_run(self):
        with self.kept_open():
            for query in HARMLESS:
                self.cursor.execute(query)
        self.assertEqual(self.cursor.done, list(HARMLESS))

    def test_comments_cost_no_time(self):
        with self.kept_open():
            self.cursor.execute("/**/" * 10_000 + "SELECT 1")
            self.cursor.execute("SELECT 1;" + "/* * */-- x\n" * 10_000 + "x")

    def test_a_refusal_that_is_swallowed_is_raised_at_the_end(self):
        with self.assertRaisesRegex(InvalidStep, "rolls back"), self.kept_open():
            with suppress(InvalidStep):
                self.cursor.rollback()
            with suppress(InvalidStep):
                self.cursor.commit()

    def test_a_refusal_counts_more_than_what_it_led_to(self):
        for error in (UserError("Try later"), KeyError("x")):
            with self.assertRaises(InvalidStep), self.kept_open():
                with suppress(InvalidStep):
                    self.cursor.commit()
                raise error
        with self.assertRaises(UserError), self.kept_open():
            raise FAILURE

    def test_odoo_sees_what_it_retries(self):
        for error in (SerializationFailure(), ConcurrencyError()):
            with self.assertRaises(type(error)), self.kept_open():
                with suppress(InvalidStep):
                    self.cursor.commit()
                raise error
            # An app rolls back because of it, and goes on or not.
            with self.assertRaises(type(error)), self.kept_open():
                try:
                    raise error
                except type(error):
                    self.cursor.rollback()
            with self.assertRaises(type(error)), self.kept_open():
                with suppress(Exception):
                    try:
                        raise error
                    finally:
                        self.cursor.rollback()
        self.assertFalse(self.cursor.done)

    def test_the_innermost_block_decides(self):
        with self.assertRaisesRegex(InvalidStep, "outer"):
            with self.kept_open("outer"):
                with self.assertRaisesRegex(InvalidStep, "inner"):
                    with self.kept_open("inner"):
                        self.cursor.commit()
                with suppress(InvalidStep):
                    self.cursor.commit()
        with self.kept_open("outer"):
            with suppress(InvalidStep), self.kept_open("inner"):
                self.cursor.commit()
        self.assertFalse(self.cursor.done)

    def test_methods_that_apps_hold_on_to_work_after_the_block(self):
        with self.kept_open(), held(self.cursor, self.fail):
            ends = [getattr(self.cursor, end) for end in ENDS]
        for end in ends:
            end()
        self.assertEqual(self.cursor.done, list(ENDS))

    def test_savepoints_are_not_affected(self):
        partner = self.env["res.partner"].create({"name": "Before"})
        with kept_open(self.env.cr, InvalidStep):
            with suppress(UserError), self.env.cr.savepoint():
                partner.name = "After"
                raise FAILURE
            with self.env.cr.savepoint() as savepoint:
                partner.name = "After"
                savepoint.rollback()
            with self.env.cr.savepoint(flush=False):
                partner.ref = "After"
        self.assertEqual((partner.name, partner.ref), ("Before", "After"))

    def test_what_was_taken_is_taken_again(self):
        with held(self.cursor, lambda: self.cursor.done.append("taken")):
            self.cursor.commit()
            self.cursor.rollback()
            self.cursor.execute("SELECT 1")
        self.cursor.commit()
        done = ["commit", "taken", "rollback", "taken", "SELECT 1", "commit"]
        self.assertEqual(self.cursor.done, done)

    def test_what_cannot_be_taken_again_is_raised_at_the_end(self):
        def take():
            raise ConcurrencyError("Taken")

        with self.assertRaisesRegex(ConcurrencyError, "Taken"):
            with held(self.cursor, take):
                with suppress(ConcurrencyError):
                    self.cursor.rollback()
                raise ValueError("What safe_eval makes of it")
