# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import xmlrpc.client
from contextlib import nullcontext
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from odoo.addons.base_api.observing.count_store import STORE
from odoo.addons.base_api.observing.replacements import (
    MODEL_REPLACEMENTS,
    REPLACEMENTS,
    replacement,
)
from odoo.addons.base_api.operations.endpoints import allowed_methods

from .common import PASSWORD, PREFIX, ApiCase

COUNT = ("res.partner", "search_count")
CONTROLLERS = "odoo.addons.rpc.controllers"


@mute_logger(f"{CONTROLLERS}.xmlrpc", f"{CONTROLLERS}.jsonrpc", "odoo.http")
class TestRpcUsage(ApiCase):
    def setUp(self):
        super().setUp()
        STORE.reset()

    def usage(self):
        STORE.store(lambda _database: nullcontext(self.env.cr))
        return self.env["api.rpc.usage"].search([])

    def call_xmlrpc(self, model, method, *args, password=PASSWORD):
        words = (self.env.cr.dbname, self.employee.id, password, model, method)
        return self.xmlrpc_object.execute_kw(*words, *args)

    def call_jsonrpc(self, model, method, *args):
        words = (self.env.cr.dbname, self.employee.id, PASSWORD, model, method, *args)
        params = {"service": "object", "method": "execute", "args": words}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.url_open("/jsonrpc", json=body)

    def call_json2(self, model, method, key, **values):
        headers = {"Authorization": f"Bearer {key}"}
        return self.url_open(f"/json/2/{model}/{method}", json=values, headers=headers)

    def assertCounted(self, *expected):
        """Check the rows: tuples of a protocol, a model, a method and a number."""
        usage = self.usage()
        found = usage.mapped(
            lambda row: (row.protocol, row.model, row.method, row.calls)
        )
        self.assertEqual(sorted(found), sorted(expected))
        self.assertLessEqual(usage.user_id, self.employee)

    def test_xmlrpc(self):
        for _call in range(2):
            self.call_xmlrpc(*COUNT, [[]])
        self.assertCounted(("xmlrpc", *COUNT, 2))
        usage = self.usage()
        self.assertEqual(usage.login, self.employee.login)
        self.assertEqual(usage.date, fields.Date.today())
        age = fields.Datetime.now() - usage.last_date
        self.assertLess(age, timedelta(minutes=1))
        self.assertEqual(usage.replacement, "GET /count/res.partner")

    def test_counts_are_added_to_those_that_are_stored(self):
        for total in (1, 2):
            self.call_xmlrpc(*COUNT, [[]])
            self.assertCounted(("xmlrpc", *COUNT, total))

    def test_jsonrpc(self):
        self.assertIn("result", self.call_jsonrpc(*COUNT, []).json())
        self.assertCounted(("jsonrpc", *COUNT, 1))

    def test_json2(self):
        keys = self.env["res.users.apikeys"].with_user(self.employee)
        key = keys._generate(
            "rpc", "JSON-2", fields.Datetime.now() + timedelta(hours=1)
        )
        self.assertEqual(self.call_json2(*COUNT, key, domain=[]).status_code, 200)
        self.assertEqual(self.call_json2("a", "b", key).status_code, 404)
        self.assertEqual(self.call_json2(*COUNT, "wrong").status_code, 401)
        self.assertCounted(("json2", *COUNT, 1))

    def test_calls_that_fail_count(self):
        with self.assertRaises(xmlrpc.client.Fault):
            self.call_xmlrpc("ir.config_parameter", "search_read", [[]])
        self.assertCounted(("xmlrpc", "ir.config_parameter", "search_read", 1))

    def test_failed_logins_and_unknown_methods_do_not_count(self):
        for model, method, password in (
            (*COUNT, "wrong"),
            ("nonsense", "read", PASSWORD),
            ("res.partner", "nonsense", PASSWORD),
        ):
            with self.assertRaises(xmlrpc.client.Fault):
                self.call_xmlrpc(model, method, [[]], password=password)
        for model in ([], {}, None, 5):
            self.assertIn("error", self.call_jsonrpc(model, "read").json())
        self.xmlrpc_common.version()
        self.assertFalse(self.usage())

    def test_neither_the_web_client_nor_this_api_counts(self):
        self.authenticate(self.employee.login, PASSWORD)
        model, method = COUNT
        params = {"model": model, "method": method, "args": [[]], "kwargs": {}}
        path = f"/web/dataset/call_kw/{model}/{method}"
        body = {"jsonrpc": "2.0", "params": params}
        self.assertIn("result", self.url_open(path, json=body).json())
        body = {"args": [[]]}
        self.post(f"/call/{model}/{method}", self.employee, json=body)
        self.assertFalse(self.usage())

    def test_switched_off(self):
        self.env["ir.config_parameter"].set_param("base_api.usage", "False")
        self.call_xmlrpc(*COUNT, [[]])
        self.assertFalse(self.usage())

    def test_only_administrators_read_and_nobody_writes(self):
        self.call_xmlrpc(*COUNT, [[]])
        usage = self.usage()
        with self.assertRaises(AccessError):
            usage.with_user(self.employee).read(["calls"])
        self.assertTrue(usage.with_user(self.admin).read(["calls"]))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(usage.with_user(self.admin).has_access(operation))

    def test_old_days_are_removed(self):
        self.call_xmlrpc(*COUNT, [[]])
        usage = self.usage()
        usage.date = fields.Date.today() - timedelta(days=401)
        usage._gc_old_calls()
        self.assertFalse(usage.exists())


class TestReplacements(ApiCase):
    def test_replacements_are_endpoints(self):
        methods = [("res.partner", name) for name in (*REPLACEMENTS, "action_archive")]
        for model, method in (*methods, *MODEL_REPLACEMENTS):
            verb, path = replacement(model, method).split(" ")
            path = re.sub(r"{\w+}", "1", path.partition("?")[0])
            with self.subTest(path=path):
                self.assertIn(verb, allowed_methods(self.env, PREFIX + path))

    def test_other_methods_are_called(self):
        request = "POST /call/sale.order/action_confirm"
        self.assertEqual(replacement("sale.order", "action_confirm"), request)
