# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import nullcontext
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError

from odoo.addons.base_api.observing.count_store import CountStore, Row
from odoo.addons.base_api.observing.rpc_usage import RPC_USAGE
from odoo.addons.base_api.observing.usage import USAGE

from .common import ApiCase


class TestOverview(ApiCase):
    def overview(self, user=None):
        return self.env["api.overview"].with_user(user or self.admin).read_overview()

    def add(self, *rows):
        """Store rows: tuples of a table, a key and values."""
        store = CountStore()
        for table, key, values in rows:
            store.add(Row(self.env.cr.dbname, table, key), values)
        store.store(lambda _database: nullcontext(self.env.cr))

    def test_empty(self):
        overview = self.overview()
        self.assertTrue(overview["is_counting"])
        self.assertEqual(overview["today"]["calls"], 0)
        self.assertEqual(len(overview["days"]), 14)
        for name in ("routes", "callers"):
            self.assertEqual(overview[name], [])

    def test_requests(self):
        today = fields.Date.today()
        yesterday, old = today - timedelta(days=1), today - timedelta(days=20)
        for day, route, values in (
            (today, "/a", [2, 1, 0, 1, 20, 15]),
            (yesterday, "/a", [2, 0, 1, 0, 40, 30]),
            (yesterday, "/b", [1, 0, 0, 0, 90, 90]),
            (today, "", [1, 1, 0, 0, 500, 500]),
            (old, "/c", [1, 0, 0, 0, 900, 900]),
        ):
            self.add((USAGE, (day, self.env.uid, 0, route, "GET", ""), values))
        overview = self.overview()
        today_values = {"calls": 3, "client_errors": 2, "server_errors": 0}
        self.assertLessEqual(today_values.items(), overview["today"].items())
        self.assertEqual(overview["today"]["refused"], 1)
        self.assertAlmostEqual(overview["today"]["average_ms"], 520 / 3)
        self.assertEqual(overview["days"][-2]["calls"], 3)
        self.assertEqual(sum(day["calls"] for day in overview["days"]), 6)
        found = [(row["route"], row["average_ms"]) for row in overview["routes"]]
        self.assertEqual(found, [("/b", 90), ("/a", 15)])

    def test_keys(self):
        now = fields.Datetime.now()
        soon = self.new_key(self.employee, now + timedelta(days=3))
        self.new_key(self.employee, now + timedelta(days=60))
        self.new_key(self.employee, now - timedelta(days=3))
        statement = "UPDATE res_users_apikeys SET create_date = %s WHERE index = %s"
        self.env.cr.execute(statement, [now - timedelta(days=91), soon[:8]])
        for name in ("expiring", "unused"):
            found = self.overview()[name]
            own = [
                key for key in found["keys"] if key["user_id"][0] == self.employee.id
            ]
            self.assertEqual(len(own), 1, name)
            self.assertGreaterEqual(found["count"], 1)

    def test_callers(self):
        now = fields.Datetime.now()
        key = (now.date(), self.employee.id, "xmlrpc", "res.partner", "read")
        self.add((RPC_USAGE, key, [3, now]))
        [caller] = self.overview()["callers"]
        self.assertEqual(caller["user"], self.employee.name)
        self.assertEqual((caller["protocol"], caller["calls"]), ("XML-RPC", 3))

    def test_is_for_administrators(self):
        with self.assertRaises(AccessError):
            self.overview(self.employee)

    def test_says_that_nothing_is_counted(self):
        self.env["ir.config_parameter"].set_param("base_api.usage", "False")
        self.assertFalse(self.overview()["is_counting"])

    def test_buttons_of_users_and_keys(self):
        key = self.new_key(self.employee)
        keys = self.env["res.users.apikeys"].search(
            [("user_id", "=", self.employee.id)]
        )
        row = keys.filtered(lambda row: row.prefix == key[:8])
        self.assertTrue(row)
        self.assertEqual(self.employee.with_user(self.admin).api_request_count, 0)
        columns = (fields.Date.today(), self.employee.id, row.id, "/a", "GET", "")
        self.add((USAGE, columns, [3, 0, 0, 0, 1, 1]))
        self.employee.invalidate_recordset()
        self.assertEqual(self.employee.with_user(self.admin).api_request_count, 3)
        for action in (
            self.employee.action_show_api_requests(),
            row.action_show_requests(),
        ):
            usage = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(usage.mapped("calls"), [3])
