# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import nullcontext

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base_api.auth.api_key import ApiKey
from odoo.addons.base_api.auth.bad_credentials import forget_failures
from odoo.addons.base_api.auth.restrictions import Restrictions
from odoo.addons.base_api.observing.count_store import STORE
from odoo.addons.base_api.orm.scope import bind_scope
from odoo.addons.base_api.request_scope import Caller, RequestScope

from .declared import check_declared

PREFIX = "/api/v2"
PASSWORD = "a-password-4-tests"


def sign_in_with_key(case, expiration_date=None, **options):
    """Let the rest of a test run as a request that came with an API key.

    :param options: the restrictions, as in the body of a request
    """
    restrictions = Restrictions.from_json(options)
    cr, uid = case.env.cr, case.env.uid
    key = ApiKey(0, restrictions, expiration_date, False)
    bind_scope(cr, RequestScope(Caller(uid, key=key)))
    case.addCleanup(bind_scope, cr, None)


@tagged("post_install", "-at_install")
class ApiCase(HttpCase):
    """A signed-in caller: an employee, an administrator or nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.new_user("employee", "base.group_user")
        cls.admin = cls.new_user("boss", "base.group_user,base.group_system")

    def setUp(self):
        super().setUp()
        # What a process counts in memory is not rolled back after a test.
        forget_failures(self.env.cr.dbname)

    @classmethod
    def new_user(cls, login, groups, **values):
        values.setdefault("password", PASSWORD)
        return new_test_user(cls.env, f"api_{login}", groups=groups, **values)

    @classmethod
    def new_key(cls, user, expiration_date=None, **restrictions):
        """Return an API key of a user, by default one that does not expire.

        :param restrictions: as in the body of a request, such as `read_only=True`
        """
        keys = cls.env["res.users.apikeys"].sudo()
        restrictions = Restrictions.from_json(restrictions)
        return keys._base_api_create(user, "Test", expiration_date, restrictions)

    @classmethod
    def new_session(cls, user):
        """Return the token of a new session of a user."""
        return cls.env["api.session"]._start(user)[1]

    def call(self, method, path, user=None, headers=None, **kwargs):
        """Send a request as `user`, signed in with a new API key."""
        headers = dict(headers or {})
        if user:
            headers["api-key"] = self.new_key(user)
        self.env.flush_all()
        return self.url_open(PREFIX + path, method=method, headers=headers, **kwargs)

    def store_notes(self):
        """Store what a process writes from time to time, such as uses of keys."""
        STORE.store(lambda _database: nullcontext(self.env.cr))
        self.env.invalidate_all()

    def get(self, path, user=None, **kwargs):
        return self.call("GET", path, user, **kwargs)

    def post(self, path, user=None, **kwargs):
        return self.call("POST", path, user, **kwargs)

    def put(self, path, user=None, **kwargs):
        return self.call("PUT", path, user, **kwargs)

    def assertSuccess(self, response, status=200):
        """Check the envelope of a success and return its data."""
        check_declared(response)
        self.assertEqual(response.status_code, status, response.text)
        self.assertEqual(
            response.headers["Content-Type"], "application/json; charset=utf-8"
        )
        body = response.json()
        self.assertEqual(list(body), ["success", "data", "message"])
        self.assertIs(body["success"], True)
        self.assertIsInstance(body["message"], str)
        return body["data"]

    def assertApiError(self, response, status, code):
        """Check the envelope of an error; return `error`, without the request id."""
        check_declared(response)
        self.assertEqual(response.status_code, status, response.text)
        self.assertEqual(
            response.headers["Content-Type"], "application/json; charset=utf-8"
        )
        body = response.json()
        self.assertEqual(list(body), ["success", "error"])
        self.assertIs(body["success"], False)
        self.assertEqual(body["error"]["code"], code)
        self.assertTrue(body["error"]["message"])
        if status == 401:
            self.assertIn("Bearer", response.headers["WWW-Authenticate"])
        request_id = body["error"].pop("request_id")
        self.assertEqual(request_id, response.headers["X-Request-Id"])
        return body["error"]
