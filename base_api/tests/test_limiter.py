# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import contextlib
import multiprocessing
import time

import psycopg2

from odoo.sql_db import connection_info_for
from odoo.tests import tagged

from odoo.addons.base_api.limiting import limiter as limiter_module
from odoo.addons.base_api.limiting.connection import PATIENCE
from odoo.addons.base_api.limiting.limiter import Limiter, limiter_of
from odoo.addons.base_api.limiting.policies import covers
from odoo.addons.base_api.limiting.rows import count_rows
from odoo.addons.base_api.limiting.statements import remove_unused
from odoo.addons.base_api.limiting.subjects import subjects_of
from odoo.addons.base_api.request_scope import Caller

from .rate_limit_case import RateLimitCase

LOGGER = "odoo.addons.base_api.limiting.limiter"


def ask(limiter, statement):
    """Return the only value of a query on the connection of a limiter."""
    [(value,)] = limiter._run(lambda connection: connection.execute(statement))
    return value


def pid_of(limiter):
    return ask(limiter, "SELECT pg_backend_pid()")


def use(limiter, *subjects, seconds=0.25):
    """Use a quarter of the burst, by default; return whether it was left."""
    taken = limiter.take({subject: {"burst": seconds} for subject in subjects})
    return taken and taken[0]


@tagged("post_install", "-at_install")
class TestLimiter(RateLimitCase):
    @contextlib.contextmanager
    def another_connection(self, *statements, autocommit=False):
        """Run statements on a connection of somebody else."""
        _name, options = connection_info_for(self.env.cr.dbname)
        with contextlib.closing(psycopg2.connect(**options)) as connection:
            connection.autocommit = autocommit
            for statement in statements:
                connection.cursor().execute(statement)
            yield connection

    def assertPasses(self):
        """Check that requests pass, at once and with a warning, and then without."""
        self.set_patience(PATIENCE)
        with self.assertLogs(LOGGER, "WARNING") as logs:
            self.assertIsNone(use(self.limiter, "test:1"))
        self.assertEqual(len(logs.output), 1)
        self.assertGreater(self.limiter._rests_until, time.monotonic())
        response = self.get("/auth/me", headers=self.key)
        self.assertSuccess(response)
        self.assertNotIn("RateLimit", response.headers)

    def setUp(self):
        super().setUp()
        self.limiter._warned = -1000
        self.set_limits(key_per_day=1000)
        self.key = self.key_header()

    def test_everything_or_nothing(self):
        self.assertTrue(use(self.limiter, "test:1", seconds=0.9))
        self.assertFalse(use(self.limiter, "test:1", "test:2", seconds=0.9))
        self.assertTrue(use(self.limiter, "test:2", seconds=0.9))

    def test_charge_and_give_back(self):
        self.assertTrue(use(self.limiter, "test:1", seconds=1))
        self.limiter.charge({"test:1": {"burst": -1}})
        self.assertTrue(use(self.limiter, "test:1", seconds=1))
        # A debt is bounded.
        self.limiter.charge({"test:1": {"rows_per_day": 10**9}})
        _fits, used, _position = self.limiter.take({"test:1": {"rows_per_day": 1}})
        self.assertAlmostEqual(used["test:1"]["rows_per_day"], 2 * 86400, delta=60)

    def test_locked_table(self):
        self.assertTrue(use(self.limiter, "test:1"))
        with self.another_connection("LOCK api_rate_limit IN ACCESS EXCLUSIVE MODE"):
            self.assertPasses()

    def test_missing_table(self):
        rename = "ALTER TABLE api_rate_limit{} RENAME TO api_rate_limit{}"
        away = self.another_connection(rename.format("", "_away"), autocommit=True)
        with away as connection:
            try:
                self.assertPasses()
            finally:
                back = rename.format("_away", "")
                connection.cursor().execute(back)
        self.set_patience(30)
        self.assertTrue(use(self.limiter, "test:1"))

    def test_one_warning_in_a_minute(self):
        with self.another_connection("LOCK api_rate_limit IN ACCESS EXCLUSIVE MODE"):
            self.assertPasses()
            self.set_patience(PATIENCE)
            with self.assertNoLogs(LOGGER, "WARNING"):
                self.assertIsNone(use(self.limiter, "test:1"))

    def test_killed_connection_is_made_again_at_once(self):
        pid = pid_of(self.limiter)
        with self.another_connection(f"SELECT pg_terminate_backend({pid})"):
            self.assertTrue(use(self.limiter, "test:1"))
        self.assertNotEqual(pid_of(self.limiter), pid)

    def test_idle_connection_ends(self):
        show = "SHOW idle_session_timeout"
        self.assertEqual(ask(self.limiter, show), "1min")
        slot = self.limiter.lock("test:1", 3)
        self.assertEqual(ask(self.limiter, show), "0")
        self.limiter.unlock("test:1", slot)
        self.assertEqual(ask(self.limiter, show), "1min")

    def test_refused_slot_keeps_no_connection_open(self):
        other = Limiter(self.env.cr.dbname, 30)
        self.addCleanup(other._disconnect)
        self.assertEqual(other.lock("test:1", 1), 1)
        self.assertEqual(self.limiter.lock("test:1", 1), 0)
        slot = self.limiter.lock("test:2", 1)
        self.limiter.unlock("test:2", slot)
        self.assertEqual(ask(self.limiter, "SHOW idle_session_timeout"), "1min")

    def test_slots_are_free_when_their_process_has_ended(self):
        other = Limiter(self.env.cr.dbname, 30)
        self.assertEqual([other.lock("test:1", 2), other.lock("test:1", 2)], [1, 2])
        self.assertEqual(self.limiter.lock("test:1", 2), 0)
        pid = pid_of(other)
        with self.another_connection(f"SELECT pg_terminate_backend({pid})"):
            self.assertTrue(self.wait_for_slot("test:1"))
        # Those of the former connection are not freed a second time.
        other.unlock("test:1", 1)
        self.limiter.unlock("test:1", 1)

    def test_very_high_limit(self):
        self.assertEqual(self.limiter.lock("test:1", 10**9), 1)
        self.limiter.unlock("test:1", 1)

    def wait_for_slot(self, subject):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if slot := self.limiter.lock(subject, 2):
                return slot
        return None

    def test_child_has_a_connection_of_its_own(self):
        name, parent = self.env.cr.dbname, pid_of(self.limiter)
        context = multiprocessing.get_context("fork")
        pids = context.Queue()

        def work():
            limiter = limiter_of(name)
            limiter.patience = 30
            pids.put(pid_of(limiter))

        child = context.Process(target=work)
        child.start()
        self.assertNotEqual(pids.get(timeout=60), parent)
        child.join(60)
        self.assertEqual(pid_of(self.limiter), parent)
        self.assertIs(limiter_module.limiter_of(name), self.limiter)

    def test_counters_that_say_nothing_are_removed(self):
        self.assertTrue(use(self.limiter, "test:1"))
        self.limiter.take({"test:2": {"per_day": 100}})
        self.run_statement("UPDATE api_rate_limit SET burst = burst - 10")
        self.run_statement("DELETE FROM api_rate_limit WHERE subject LIKE 'key:%'")
        # Not the method: the transaction of a test does not see these rows.
        self.run_statement(remove_unused().code)
        rows = self.limiter._run(
            lambda connection: connection.execute("SELECT subject FROM api_rate_limit")
        )
        self.assertEqual(rows, [("test:2",)])

    def test_subjects(self):
        self.set_limits(address_burst=5)
        caller = Caller(self.employee.id)
        names = [
            subject.name
            for address in ("2001:db8:1:2:3::4", "::ffff:192.0.2.1", None)
            for subject in subjects_of(self.env, caller, address)
        ]
        expected = ["2001:db8:1:2::/64", "192.0.2.1/32", ""]
        self.assertEqual(names, [f"address:{name}" for name in expected])

    def test_covers(self):
        self.assertTrue(covers({}, {}))
        self.assertTrue(covers({}, {"burst": 1}))
        self.assertTrue(covers({"burst": 2}, {"burst": 2, "per_day": 3}))
        self.assertFalse(covers({"burst": 2}, {"burst": 3}))
        self.assertFalse(covers({"burst": 2}, {"per_day": 1}))

    def test_rows(self):
        for data, count in [
            (None, 0),
            ({"total_count": 5}, 0),
            ({"records": [{}, {}], "count": 2}, 2),
            ({"ids": [1, 2, 3], "model": "res.partner"}, 3),
            ({"ids": [1], "records": [{}], "model": "res.partner"}, 1),
            ({"results": [{}, {}], "model": "res.partner"}, 2),
            ({"id": 1, "record": {}}, 1),
            ({"models": [{}], "count": 1}, 0),
            ({"entries": [{}, {}], "count": 2, "total_count": 9}, 2),
            ({"user_id": 1, "sessions": [{}], "count": 1}, 1),
            ({"result": [{}, {}], "ids": [], "model": "res.partner"}, 2),
            ({"result": {"records": [{}], "length": 9}, "ids": []}, 1),
            ({"result": True, "ids": [1, 2], "model": "res.partner"}, 2),
            ({"results": [{"data": {"result": [[]] * 4, "ids": [1]}}]}, 4),
            ({"results": [{"data": {"records": [{}] * 3}}, {"data": None}]}, 3),
        ]:
            with self.subTest(data=data):
                self.assertEqual(count_rows(data), count)
