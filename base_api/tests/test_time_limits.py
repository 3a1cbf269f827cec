# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from contextlib import closing
from unittest.mock import patch

from psycopg2.errors import QueryCanceled

from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, mute_logger, tagged
from odoo.tools import SQL

from odoo.addons.base_api.errors import Timeout
from odoo.addons.base_api.errors.table import as_api_error
from odoo.addons.base_api.orm import time_limits
from odoo.addons.base_api.orm.time_limits import check_time, limit_time, set_reading
from odoo.addons.base_api.safety.savepoints import attempt

from .batch_case import BatchCase
from .bounds_case import BoundsCase

SHOW = "SHOW statement_timeout"


@tagged("post_install", "-at_install")
class TestTimeLimits(TransactionCase):
    """On a connection of its own, whose transactions really begin and end."""

    def setUp(self):
        super().setUp()
        self.cr = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(self.cr.close)

    def timeout(self, query=SHOW):
        self.cr.execute(query)
        return self.cr.fetchone()[0]

    def test_first_statement_of_each_transaction_carries_the_timeout(self):
        limit_time(self.cr, 7, 0)
        count = self.cr.sql_log_count
        self.assertEqual(self.timeout(), "7s")
        self.assertEqual(self.cr.sql_log_count, count + 1)
        for end in (self.cr.rollback, self.cr.commit):
            end()
            self.assertEqual(self.timeout(), "7s")
            self.assertEqual(self.timeout(), "7s")

    def test_every_form_of_a_query(self):
        for query in (SHOW, SHOW.encode(), SQL(SHOW)):
            with self.subTest(query=type(query)):
                cr = db_connect(self.env.cr.dbname).cursor()
                with closing(cr):
                    limit_time(cr, 7, 0)
                    cr.execute(query)
                    self.assertEqual(cr.fetchone(), ("7s",))
        limit_time(self.cr, 7, 0)
        self.cr.execute("SELECT %s", ["a;b%"])
        self.assertEqual(self.cr.fetchone(), ("a;b%",))
        self.cr.execute(SQL("SELECT %s", "a;b%"))
        self.assertEqual(self.cr.fetchone(), ("a;b%",))

    def test_other_cursors_have_no_timeout(self):
        before = self.timeout()
        limit_time(self.cr, 7, 0)
        self.timeout()
        with closing(db_connect(self.env.cr.dbname).cursor()) as cr:
            cr.execute(SHOW)
            self.assertEqual(cr.fetchone()[0], before)

    def test_timeout_does_not_outlive_the_cursor(self):
        """The connection goes back to the pool and serves other requests."""
        before = self.timeout()
        limit_time(self.cr, 7, 0)
        self.timeout()
        connection = self.cr.connection
        self.cr.close()
        with connection.cursor() as cursor:
            cursor.execute(SHOW)
            self.assertEqual(cursor.fetchone()[0], before)
        connection.rollback()

    def test_reads_are_limited_and_writes_are_not(self):
        before = self.timeout()
        self.cr.rollback()
        limit_time(self.cr, 7, 0, is_reading=False)
        self.assertEqual(self.timeout(), before)
        set_reading(self.cr, True)
        self.assertEqual(self.timeout(), "7s")
        set_reading(self.cr, False)
        self.assertEqual(self.timeout(), before)

    @mute_logger("odoo.sql_db")
    def test_postgresql_ends_a_long_statement(self):
        limit_time(self.cr, 1, 0)
        with self.assertRaises(QueryCanceled) as caught:
            self.cr.execute("SELECT pg_sleep(30)")
        error = as_api_error(caught.exception)
        self.assertEqual((error.code, error.error_code), (503, "TIMEOUT"))
        self.assertIn("Retry-After", dict(error.headers))

    def test_request_ends_between_statements(self):
        limit_time(self.cr, 0, 60)
        self.timeout()
        check_time(self.cr)
        with patch.object(time_limits.time, "monotonic", lambda: time.time() + 1e9):
            for run in (self.timeout, lambda: check_time(self.cr)):
                with self.assertRaises(Timeout) as caught:
                    run()
        self.assertIn("request_timeout", caught.exception.description)

    def test_time_between_reads_does_not_count(self):
        now = 0
        with patch.object(time_limits.time, "monotonic", lambda: now):
            limit_time(self.cr, 0, 60)
            now = 50
            set_reading(self.cr, False)
            now = 1000
            set_reading(self.cr, True)
            now = 1009
            self.timeout()
            now = 1011
            self.assertRaises(Timeout, self.timeout)

    def test_time_goes_on_where_odoo_serves_a_request_again(self):
        now = 0
        with patch.object(time_limits.time, "monotonic", lambda: now):
            limit_time(self.cr, 0, 60)
            now = 50
            limit_time(self.cr, 0, 60)
            now = 61
            self.assertRaises(Timeout, self.timeout)

    def test_zero_is_no_limit(self):
        before = self.timeout()
        self.cr.rollback()
        limit_time(self.cr, 0, 0)
        self.assertEqual(self.timeout(), before)

    def test_timeout_is_no_result_of_one_item_among_others(self):
        def task():
            raise Timeout

        with self.assertRaises(Timeout):
            attempt(self.env, task)


class TestTimeouts(BoundsCase, BatchCase):
    def setUp(self):
        super().setUp()
        self.limit(statement_timeout=1)
        self.addCleanup(self.env.cr.execute, "SET LOCAL statement_timeout = DEFAULT")

    def slow_down(self, method, seconds=3):
        """Have a method of partners take its time in the database."""
        original = getattr(self.registry["res.partner"], method)

        def slow(partners, *args, **kwargs):
            partners.env.cr.execute("SELECT pg_sleep(%s)", [seconds])
            return original(partners, *args, **kwargs)

        self.patch(self.registry["res.partner"], method, slow)

    def assertTimeout(self, response):
        error = self.assertTooMuch(response, 503, "TIMEOUT", "statement_timeout")
        self.assertGreater(int(response.headers["Retry-After"]), 0)
        return error

    @mute_logger("odoo.sql_db")
    def test_reads(self):
        self.slow_down("_search")
        for path in (
            "/search/res.partner",
            "/count/res.partner",
            "/aggregate/res.partner",
            f"/search/res.partner/{self.clerk.partner_id.id}",
        ):
            with self.subTest(path=path):
                self.assertTimeout(self.get(path, self.clerk))
        self.assertTimeout(self.post("/search/res.partner", self.clerk))

    @mute_logger("odoo.sql_db")
    def test_sessions(self):
        self.slow_down("_search")
        headers = {"session-token": self.new_session(self.clerk)}
        self.assertTimeout(self.get("/search/res.partner", headers=headers))

    def test_writes_and_methods_take_their_time(self):
        self.slow_down("create", 1.2)
        body = {"name": "API Slow"}
        data = self.assertSuccess(
            self.post("/create/res.partner", self.clerk, json=body), 201
        )
        self.assertTrue(data["id"])
        self.slow_down("name_search", 1.2)
        response = self.post("/call/res.partner/name_search", self.clerk)
        self.assertSuccess(response)

    @mute_logger("odoo.sql_db")
    def test_reads_in_a_batch(self):
        self.slow_down("search_count")
        step = {"method": "GET", "path": "/count/res.partner"}
        for steps in ([step], [self.create_step("API Batch"), step]):
            with self.subTest(steps=len(steps)):
                error = self.assertTimeout(self.batch(*steps))
                self.assertEqual(error["step"]["index"], len(steps) - 1)
        self.assertFalse(self.names_like("API Batch"))

    def test_writes_in_a_batch_take_their_time(self):
        self.slow_down("create", 1.2)
        step = {"method": "GET", "path": "/search/res.partner?limit=1"}
        self.run_batch(step, self.create_step("API Batch"), step)

    def test_time_of_a_request(self):
        self.limit(statement_timeout=0, request_timeout=1)
        self.slow_down("_search", 1.2)
        response = self.get("/search/res.partner", self.clerk)
        self.assertTooMuch(response, 503, "TIMEOUT", "request_timeout")
        self.assertIn("Retry-After", response.headers)
        self.limit(request_timeout=0)
        self.assertSuccess(self.get("/search/res.partner", self.clerk))

    def test_time_of_a_batch(self):
        self.limit(statement_timeout=0, request_timeout=1)
        self.slow_down("search_count", 0.7)
        step = {"method": "GET", "path": "/count/res.partner"}
        self.run_batch(step)
        response = self.batch(step, step, step)
        error = self.assertTooMuch(response, 503, "TIMEOUT", "request_timeout")
        self.assertGreater(error["step"]["index"], 0)
