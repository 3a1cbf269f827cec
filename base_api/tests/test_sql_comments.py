# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import sql
from psycopg2.extensions import cursor as PsycopgCursor

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.base_api.errors.write import TransactionEnded
from odoo.addons.base_api.orm.sql_comments import comment_statements
from odoo.addons.base_api.orm.time_limits import limit_time
from odoo.addons.base_api.orm.transactions import kept_open

from .common import ApiCase

TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
VALUES = {"traceparent": TRACEPARENT, "request_id": "order-17"}
COMMENT = f" /*request_id='order-17',traceparent='{TRACEPARENT}'*/"


@tagged("post_install", "-at_install")
class TestSqlComments(TransactionCase):
    def setUp(self):
        super().setUp()
        self.cr = self.registry.cursor()
        self.addCleanup(self.cr.close)

    def sent(self, query, params=None):
        """Execute a query; return the text that was sent, and the first value."""
        self.cr.execute(query, params)
        self.assertIsInstance(self.cr._obj, PsycopgCursor)
        return self.cr._obj.query.decode(), self.cr.fetchone()[0]

    def test_every_kind_of_statement(self):
        comment_statements(self.cr, VALUES)
        for query, params, value in (
            ("SELECT 1", None, 1),
            ("SELECT 2;", None, 2),
            ("SELECT 3 -- a remark", None, 3),
            ("SELECT '%'", None, "%"),
            ("SELECT %s", ["/*"], "/*"),
            ("SELECT %(a)s || '%%'", {"a": "x"}, "x%"),
            (b"SELECT 4", None, 4),
            (SQL("SELECT %s", "5%s"), None, "5%s"),
            (sql.SQL("SELECT {}").format(sql.Literal("6%")), None, "6%"),
            ("SELECT 7 /* a remark */", None, 7),
            ("SELECT $$8 -- $$", None, "8 -- "),
        ):
            with self.subTest(query=query):
                text, found = self.sent(query, params)
                self.assertEqual(found, value)
                self.assertTrue(text.endswith(COMMENT), text)

    def test_many_values(self):
        comment_statements(self.cr, VALUES)
        rows = self.cr.execute_values(
            "SELECT * FROM (VALUES %s) AS t (a)", [("%s;",), ("b",)], fetch=True
        )
        self.assertEqual(rows, [("%s;",), ("b",)])

    def test_values_that_could_end_a_comment_are_left_out(self):
        for value in ("a*/b", "a'b", "a%b", "a b", "a\n", 'a"', "a\\b", "ä"):
            with self.subTest(value=value):
                comment_statements(self.cr, {"request_id": value})
                self.assertNotIn("/*", self.sent("SELECT 1")[0])

    def test_a_repeated_request_has_one_comment(self):
        for _time in range(2):
            comment_statements(self.cr, VALUES)
        self.assertEqual(self.sent("SELECT 1")[0].count("/*"), 1)

    def test_with_time_limits_and_kept_transactions(self):
        comment_statements(self.cr, VALUES)
        limit_time(self.cr, 10, 10)
        with kept_open(self.cr, TransactionEnded.of):
            text, _value = self.sent("SELECT 1")
            self.assertTrue(text.startswith("SET LOCAL statement_timeout"))
            self.assertTrue(text.endswith(COMMENT))
        with self.assertRaises(TransactionEnded):
            with kept_open(self.cr, TransactionEnded.of):
                self.cr.execute("COMMIT")


class TestSqlCommentsOfRequests(ApiCase):
    def logged(self):
        headers = {"X-Request-Id": "order-17", "traceparent": TRACEPARENT}
        with self.assertLogs("odoo.sql_db", "DEBUG") as logged:
            answer = self.get("/search/res.partner", self.admin, headers=headers)
        self.assertSuccess(answer)
        return [line for line in logged.output if "query:" in line]

    def test_they_are_off_by_default(self):
        self.assertFalse([line for line in self.logged() if "/*request_id" in line])

    def test_a_setting_switches_them_on(self):
        self.env["ir.config_parameter"].set_param("base_api.sql_comments", "True")
        lines = self.logged()
        self.assertTrue([line for line in lines if COMMENT in line], lines)
