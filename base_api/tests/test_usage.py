# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base_api.observing import count_store
from odoo.addons.base_api.observing.count_store import (
    STORE,
    CountStore,
    CountTable,
    Row,
)
from odoo.addons.base_api.observing.usage import USAGE

from .common import ApiCase

COUNTS = ("calls", "client_errors", "server_errors", "refused")
ROUTE = "/search/{model_name}"


def usage_key(case, **values):
    """Return the key of a row of usage: that of a GET without a key, or another."""
    columns = {
        "date": fields.Date.today(),
        "user_id": case.env.uid,
        "key_number": 0,
        "route": ROUTE,
        "http_method": "GET",
        "model": "res.partner",
    }
    return tuple((columns | values).values())


class TestUsage(ApiCase):
    def setUp(self):
        super().setUp()
        STORE.reset()

    def store(self, requests=1):
        """Store a number of requests; return all rows, the newest last.

        A request is counted after the client has got its answer.
        """
        deadline = time.monotonic() + 30
        while sum(STORE._rows[row][0] for row in self.counted()) < requests:
            self.assertLess(time.monotonic(), deadline, "They are not counted")
            time.sleep(0.01)
        STORE.store(lambda _database: nullcontext(self.env.cr))
        return self.env["api.usage"].search([], order="id")

    def counted(self):
        return [row for row in [*STORE._rows] if row.table is USAGE]

    def key_of(self, user):
        key = self.new_key(user)
        return key, user.api_key_ids.sudo().filtered(lambda row: row.prefix == key[:8])

    def test_request_with_a_key(self):
        key, row = self.key_of(self.employee)
        for _request in range(3):
            self.get("/search/res.partner?limit=1", headers={"api-key": key})
        usage = self.store(3)
        self.assertEqual(len(usage), 1)
        self.assertEqual(usage.date, fields.Date.today())
        self.assertEqual(usage.user_id, self.employee)
        self.assertEqual(usage.key_number, row.id)
        self.assertEqual(usage.key_name, f"Test ({key[:8]})")
        self.assertEqual((usage.route, usage.http_method), (ROUTE, "GET"))
        self.assertEqual(usage.model, "res.partner")
        self.assertEqual([usage[name] for name in COUNTS], [3, 0, 0, 0])
        self.assertGreater(usage.average_ms, 0)
        self.assertAlmostEqual(usage.average_ms, usage.total_ms / 3)
        self.assertLessEqual(usage.average_ms, usage.max_ms)
        self.assertLess(usage.max_ms, usage.total_ms)

    def test_counts_are_added_to_those_that_are_stored(self):
        for total in (1, 2):
            self.get("/test")
            usage = self.store()
            self.assertEqual([usage[name] for name in COUNTS], [total, 0, 0, 0])
        self.assertFalse(usage.user_id)
        self.assertEqual((usage.key_number, usage.key_name), (0, False))

    def test_session(self):
        token = self.new_session(self.employee)
        self.get("/auth/me", headers={"session-token": token})
        usage = self.store()
        self.assertEqual((usage.user_id, usage.key_number), (self.employee, 0))

    def test_errors(self):
        key, _row = self.key_of(self.employee)
        headers = {"api-key": key}
        self.get("/search/res.partner?nonsense=1", headers=headers)
        self.get("/search/ir.mail_server", headers=headers)
        self.get("/search/res.partner", headers={"api-key": "wrong"})
        usage = self.store(3)
        self.assertEqual(sum(usage.mapped("calls")), 3)
        self.assertEqual(sum(usage.mapped("client_errors")), 3)
        self.assertEqual(sum(usage.mapped("refused")), 2)
        self.assertEqual(sum(usage.mapped("server_errors")), 0)

    @mute_logger("odoo.http", "odoo.addons.base_api.dispatcher")
    def test_crash(self):
        target = "odoo.addons.base_api.controllers.auth.permissions"
        with patch(target, side_effect=ZeroDivisionError):
            self.get("/auth/me", self.employee)
        usage = self.store()
        self.assertEqual([usage[name] for name in COUNTS], [1, 0, 1, 0])

    def test_what_was_sent_does_not_make_rows(self):
        key, _row = self.key_of(self.employee)
        headers = {"api-key": key}
        for word in ("a", "b"):
            self.get(f"/search/{word}", headers=headers)
            self.get(f"/{word}", headers=headers)
            self.call(word.upper(), "/test", headers=headers)
        usage = self.store(6)
        self.assertEqual(set(usage.mapped("model")), {False})
        self.assertLessEqual(set(usage.mapped("route")), {False, ROUTE, "/test"})
        self.assertEqual(set(usage.mapped("http_method")), {"GET", "OTHER"})
        self.assertEqual(sum(usage.mapped("calls")), 6)

    def test_usage_outlives_its_key(self):
        key, row = self.key_of(self.employee)
        self.get("/auth/me", headers={"api-key": key})
        usage = self.store()
        row._remove()
        self.get("/auth/me", headers={"api-key": key})
        usage = self.store().filtered("user_id")
        self.assertEqual(usage.key_name, f"Test ({key[:8]})")

    def test_switched_off(self):
        self.env["ir.config_parameter"].set_param("base_api.usage", "False")
        self.get("/test")
        self.assertFalse(self.store())

    def test_only_administrators_read_and_nobody_writes(self):
        self.get("/test")
        usage = self.store()
        with self.assertRaises(AccessError):
            usage.with_user(self.employee).read(["calls"])
        self.assertTrue(usage.with_user(self.admin).read(["calls"]))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(usage.with_user(self.admin).has_access(operation))

    def test_restricted_keys_have_to_name_it(self):
        for models, status in (
            ({"*": ["read"]}, 403),
            ({"api.usage": ["read"]}, 200),
        ):
            headers = {"api-key": self.new_key(self.admin, models=models)}
            response = self.get("/search/api.usage", headers=headers)
            self.assertEqual(response.status_code, status)


@tagged("post_install", "-at_install")
class TestUsageAggregates(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        store = CountStore()
        for route, calls, total in (("/a", 1, 100), ("/b", 9, 90), ("/b", 0, 9)):
            key = usage_key(cls, route=route)
            row = Row(cls.env.cr.dbname, USAGE, key)
            store.add(row, [calls or 1, 0, 0, 0, total, total])
        store.store(lambda _database: nullcontext(cls.env.cr))

    def test_average_is_weighted(self):
        [[average]] = self.env["api.usage"]._read_group(
            [("route", "in", ("/a", "/b"))], aggregates=["average_ms:avg"]
        )
        self.assertAlmostEqual(average, 199 / 11)

    def test_average_of_groups(self):
        groups = self.env["api.usage"].formatted_read_group(
            [("route", "in", ("/a", "/b"))],
            groupby=["route"],
            aggregates=["average_ms:avg", "max_ms:max", "calls:sum"],
        )
        found = [
            (group["average_ms:avg"], group["max_ms:max"], group["calls:sum"])
            for group in groups
        ]
        self.assertEqual(found, [(100, 100, 1), (9.9, 90, 10)])

    def test_no_rows(self):
        [[average]] = self.env["api.usage"]._read_group(
            [("route", "=", "/none")], aggregates=["average_ms:avg"]
        )
        self.assertFalse(average)

    def test_old_days_are_removed(self):
        usage = self.env["api.usage"]
        rows = usage.search([("route", "in", ("/a", "/b"))])
        old = rows[0]
        old.date = fields.Date.today() - timedelta(days=401)
        rows[1].date = fields.Date.today() - timedelta(days=400)
        usage._gc_old_usage()
        self.assertEqual(rows.exists(), rows - old)

    def test_days_are_kept_without_a_limit(self):
        usage = self.env["api.usage"]
        self.env["ir.config_parameter"].set_param("base_api.usage_days", "0")
        row = usage.search([("route", "=", "/a")])
        row.date = "2001-01-01"
        usage._gc_old_usage()
        self.assertTrue(row.exists())


@tagged("post_install", "-at_install")
class TestCountStore(TransactionCase):
    def setUp(self):
        super().setUp()
        self.store = CountStore()

    def add(self, **values):
        row = Row(self.env.cr.dbname, USAGE, usage_key(self, **values))
        self.store.add(row, [1, 0, 0, 0, 5, 5])

    def store_rows(self):
        """Store what waits; return the stored number of requests."""
        self.store.store(lambda _database: nullcontext(self.env.cr))
        return sum(
            self.env["api.usage"].search([("route", "=", ROUTE)]).mapped("calls")
        )

    def fail(self, _database):
        raise psycopg2.OperationalError("The server is away")

    def test_equal_rows_without_counts_are_one(self):
        row = Row(self.env.cr.dbname, CountTable("notes", ""), ("a",))
        for _time in range(2):
            self.store.add(row, [])
        self.assertEqual(self.store._rows, {row: []})

    def test_outage_loses_nothing(self):
        self.add()
        self.store.store(self.fail)
        self.add()
        self.add(model="res.users")
        self.assertEqual(self.store_rows(), 3)

    def test_oldest_are_dropped(self):
        with patch.object(count_store, "MAX_ROWS", 2):
            for number in range(4):
                self.add(key_number=-number)
                self.store.store(self.fail)
        self.assertEqual(self.store_rows(), 2)
        rows = self.env["api.usage"].search([("route", "=", ROUTE)])
        self.assertEqual(set(rows.mapped("key_number")), {-2, -3})

    def test_database_that_is_gone_is_forgotten(self):
        self.add()
        self.store.store(self.fail)
        with (
            patch.object(count_store, "GIVE_UP_AFTER", -1),
            self.assertLogs(count_store.__name__, "WARNING"),
        ):
            self.store.store(self.fail)
        self.assertEqual(self.store_rows(), 0)

    def test_addon_that_is_gone_is_forgotten(self):
        def fail(_database):
            raise psycopg2.errors.UndefinedTable("no table")

        self.add()
        self.store.store(fail)
        self.assertEqual(self.store_rows(), 0)

    def test_users_and_keys_that_are_gone(self):
        self.add(user_id=2**31 - 1)
        self.add(user_id=None)
        self.add(key_number=2**31 - 1)
        self.assertEqual(self.store_rows(), 3)
