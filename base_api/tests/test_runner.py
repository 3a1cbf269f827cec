# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.datastructures import Headers, MultiDict

from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.base_api import api
from odoo.addons.base_api.auth.api_key import ApiKey
from odoo.addons.base_api.auth.restrictions import Restrictions
from odoo.addons.base_api.errors import InvalidParameter, KeyRestricted
from odoo.addons.base_api.protocol.preferences import Preferences

PREFIX = "/api/v2"


@tagged("post_install", "-at_install")
class TestRunner(TransactionCase):
    """Endpoints run without an HTTP request, in the way of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,base.group_partner_manager"
        user = new_test_user(cls.env, "api_runner", groups=groups)
        cls.env = cls.env(user=user)

    def run_operation(self, method, path, query=(), body=None, headers=(), **scope):
        """Return the answer, and the scope that it was run in.

        :param scope: of the `RequestScope`
        """
        key = scope.pop("key", None)
        scope = api.RequestScope(api.Caller(self.env.uid, key=key), **scope)
        api.bind_scope(self.env.cr, scope)
        self.addCleanup(api.bind_scope, self.env.cr, None)
        endpoint, arguments = api.find_endpoint(self.env, method, PREFIX + path)
        operation = api.Operation(
            endpoint,
            method,
            PREFIX + path,
            arguments,
            MultiDict(query),
            Headers(headers),
            api.JsonContent(body),
        )
        return api.run(self.env, operation, scope), scope

    def count(self, name):
        return self.env["res.partner"].search_count([("name", "=", name)])

    def test_read(self):
        self.env["res.partner"].create({"name": "API Runner"})
        query = {"name": "API Runner", "fields": "name"}
        answer, _scope = self.run_operation("GET", "/search/res.partner", query)
        [row] = answer.data["records"]
        self.assertEqual(row["name"], "API Runner")

    def test_write(self):
        body = {"name": "API Runner"}
        answer, scope = self.run_operation("POST", "/create/res.partner", body=body)
        self.assertEqual(answer.status, 201)
        self.assertEqual(self.count("API Runner"), 1)
        self.assertEqual(scope.sent.body, body)

    def test_policies_hold(self):
        preferences = Preferences(dry_run=True)
        body = {"name": "API Runner"}
        path = "/create/res.partner"
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env = self.env(cr=cr)  # one that can be rolled back
            answer, _scope = self.run_operation(
                "POST", path, body=body, preferences=preferences
            )
            self.assertTrue(answer.data["dry_run"])
            [change] = answer.data["changes"]
            self.assertEqual(change["after"]["name"], "API Runner")
            self.assertFalse(self.count("API Runner"))

    def test_idempotency_key(self):
        headers, body = {"Idempotency-Key": "runner-1"}, {"name": "API Runner"}
        first, _scope = self.run_operation(
            "POST", "/create/res.partner", body=body, headers=headers
        )
        second, _scope = self.run_operation(
            "POST", "/create/res.partner", body=body, headers=headers
        )
        self.assertEqual(second.content(), first.content())
        self.assertEqual(self.count("API Runner"), 1)

    def test_key(self):
        restrictions = Restrictions.from_json({"read_only": True})
        key = ApiKey(0, restrictions, None, False)
        with self.assertRaises(KeyRestricted):
            body = {"name": "API Runner"}
            self.run_operation("POST", "/create/res.partner", body=body, key=key)
        answer, _scope = self.run_operation("GET", "/count/res.partner", key=key)
        self.assertTrue(answer.data["count"])

    def test_mistakes_are_raised(self):
        with self.assertRaises(InvalidParameter):
            self.run_operation("GET", "/search/res.partner", {"limit": "x"})

    def test_batch(self):
        step = {"method": "POST", "path": "/create/res.partner"}
        body = {"steps": [step | {"body": {"name": "API Runner"}}] * 2}
        answer, _scope = self.run_operation("POST", "/batch", body=body)
        self.assertEqual(answer.data["count"], 2)
        self.assertEqual(self.count("API Runner"), 2)

    def test_no_endpoint(self):
        for method, path in (("GET", "/no/such/path"), ("DELETE", "/search/x")):
            found = api.find_endpoint(self.env, method, PREFIX + path)
            self.assertEqual(found, (None, None))

    def test_public_names(self):
        for name in api.__all__:
            self.assertTrue(hasattr(api, name), name)
