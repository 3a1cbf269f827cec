# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import time
from contextlib import ExitStack, suppress
from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.base_api.reading import exports
from odoo.addons.base_api.reading.export_slots import slots_path, take_slot
from odoo.addons.base_api.reading.serializers import default_fields
from odoo.addons.base_api.searching.keyset import Search
from odoo.addons.base_api.searching.order import parse_order

from .common import ApiCase

EXPORT = "/export/res.partner"


class TestExportLimits(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = [{"name": f"Export {n}", "ref": "api-limits"} for n in range(5)]
        cls.partners = cls.env["res.partner"].create(values)
        cls.headers = {"api-key": cls.new_key(cls.employee)}
        keys = cls.env["res.users.apikeys"].sudo()
        cls.key_id = keys.search([("user_id", "=", cls.employee.id)]).id

    def setUp(self):
        super().setUp()
        self.running = self.enterContext(ExitStack())

    def set_bound(self, name, value):
        self.env["ir.config_parameter"].set_param(f"base_api.{name}", str(value))

    def export(self, method="GET", headers=None, **params):
        headers = headers or self.headers
        params = {"ref": "api-limits"} | params
        return self.call(method, EXPORT, headers=headers, params=params)

    def run_exports(self, *callers):
        for kind, caller_id in callers:
            slot = take_slot(self.env.cr.dbname, kind, caller_id, 9, 9)
            self.running.enter_context(slot)

    def count_running(self):
        """Return how often the file that counts is open in this process."""
        path = slots_path(self.env.cr.dbname)
        count = 0
        for name in os.listdir("/proc/self/fd"):
            with suppress(FileNotFoundError):
                count += os.readlink(f"/proc/self/fd/{name}") == path
        return count

    def assertNothingRuns(self):
        """Check that no export counts, once the server is done with the last one."""
        deadline = time.monotonic() + 5
        while self.count_running() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(self.count_running(), 0)

    def assertOverloaded(self, response):
        error = self.assertApiError(response, 503, "OVERLOADED")
        self.assertEqual(response.headers["Retry-After"], "30")
        self.assertEqual(self.count_running(), self.expected)
        return error["message"]

    def test_each_key_and_each_user_has_a_share(self):
        self.set_bound("exports_per_key", 2)
        self.expected = 2
        self.run_exports(*[("key", self.key_id)] * 2)
        for method in ("GET", "HEAD"):
            self.assertEqual(self.export(method).status_code, 503)
        self.assertIn("2 exports", self.assertOverloaded(self.export()))
        session = {"session-token": self.new_session(self.employee)}
        self.assertEqual(self.export(headers=session).status_code, 200)
        other_key = {"api-key": self.new_key(self.employee)}
        self.assertEqual(self.export(headers=other_key).status_code, 200)
        self.expected = 4
        self.run_exports(*[("user", self.employee.id)] * 2)
        self.assertOverloaded(self.export(headers=session))
        other_session = {"session-token": self.new_session(self.employee)}
        self.assertOverloaded(self.export(headers=other_session))

    def test_all_callers_have_a_total(self):
        self.set_bound("exports_total", 3)
        self.expected = 3
        self.run_exports(("key", 1), ("key", 2), ("user", 3))
        self.assertIn("on this server", self.assertOverloaded(self.export()))
        self.running.close()
        self.assertEqual(self.export().status_code, 200)

    def test_exports_count_until_they_are_sent(self):
        self.set_bound("exports_per_key", 1)
        for method, params, status in (
            ("GET", {}, 200),
            ("HEAD", {}, 200),
            ("GET", {"limit": 1}, 200),
            ("GET", {"fields": "nmae"}, 400),
            ("GET", {"cursor": "x"}, 400),
        ):
            response = self.export(method, **params)
            self.assertEqual(response.status_code, status, response.text)
            self.assertNothingRuns()

    @mute_logger("odoo.http")
    def test_error_before_the_first_record_is_an_answer(self):
        error = patch.object(exports, "serialize", side_effect=ValueError("Broken"))
        with error, self.assertLogs("odoo.addons.base_api", "ERROR"):
            self.assertApiError(self.export(), 500, "INTERNAL_ERROR")
        self.assertNothingRuns()

    def test_connection_is_given_back_with_the_last_record(self):
        model = self.env["res.partner"].with_user(self.employee)
        search = Search(model, [("ref", "=", "api-limits")], parse_order(model, "id"))
        opened, open_cursor = [], self.registry.cursor

        def cursor(readonly=False):
            opened.append(open_cursor(readonly=readonly))
            return opened[-1]

        for size, closed in ((2, [False, False, False, True]), (5, [True, True])):
            with (
                patch.object(exports, "BATCH_SIZE", size),
                patch.object(self.registry, "cursor", cursor),
            ):
                batches = exports.export_batches(search, default_fields(model))
                self.assertEqual([opened[-1]._closed for _ in batches], closed)
