# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from odoo.addons.base_api.auth.key_table import read_own_key
from odoo.addons.base_api.auth.tokens import generate_api_key, hash_token
from odoo.addons.base_api.auth.uses import INTERVAL

from .common import ApiCase


class TestApiKeys(ApiCase):
    def use(self, key, path="/auth/test", header="api-key"):
        return self.get(path, headers={header: key})

    def new_odoo_key(self, user, scope=None):
        """Return a key as Odoo's own dialog makes them."""
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate(scope, "From the dialog", None)

    def test_key_signs_in_as_its_user(self):
        data = self.assertSuccess(self.use(self.new_key(self.employee)))
        self.assertEqual(data.pop("key")["name"], "Test")
        self.assertEqual(
            data,
            {
                "user_id": self.employee.id,
                "user_name": self.employee.name,
                "user_login": self.employee.login,
                "authenticated": True,
            },
        )

    def test_key_is_taken_as_bearer_token(self):
        key = self.new_key(self.employee)
        self.assertSuccess(self.use(f"Bearer {key}", header="Authorization"))

    def test_key_of_the_dialog_is_taken_and_checked_slowly_once(self):
        key = self.new_odoo_key(self.employee)
        self.assertSuccess(self.use(key))
        # From here on the slow hash would crash.
        path = "odoo.addons.base_api.models.res_users_apikeys.KEY_CRYPT_CONTEXT"
        with patch(path, None):
            self.assertSuccess(self.use(key))

    def test_unknown_keys_are_refused(self):
        for key in (
            generate_api_key(),
            "0123456789" * 4,
            "?",
            "oak_" + "é" * 44,
            "'--",
        ):
            with self.subTest(key=key):
                response = self.use(key.encode())
                self.assertApiError(response, 401, "INVALID_API_KEY")
                self.assertNotIn(key, response.text)

    def test_no_key_is_asked_for(self):
        self.assertApiError(self.get("/auth/test"), 401, "MISSING_API_KEY")
        self.assertApiError(self.get("/auth/me"), 401, "MISSING_API_KEY")

    def test_key_in_the_url_is_refused(self):
        response = self.get(f"/auth/test?api-key={self.new_key(self.employee)}")
        self.assertApiError(response, 401, "MISSING_API_KEY")

    def test_key_of_another_scope_is_refused(self):
        key = self.new_odoo_key(self.employee, scope="other")
        self.assertApiError(self.use(key), 401, "INVALID_API_KEY")

    def test_removed_key_is_refused_at_the_next_request(self):
        for new_key in (self.new_key, self.new_odoo_key):
            with self.subTest(new_key.__name__):
                key = new_key(self.employee)
                self.assertSuccess(self.use(key))
                self.employee.sudo().api_key_ids.unlink()
                self.assertApiError(self.use(key), 401, "INVALID_API_KEY")

    def test_expired_key_is_refused(self):
        keys = self.env["res.users.apikeys"].sudo()
        now = fields.Datetime.now()
        key = keys._base_api_create(self.employee, "Short", now + timedelta(seconds=60))
        self.assertSuccess(self.use(key))
        self.env.cr.execute(
            "UPDATE res_users_apikeys SET expiration_date = %s WHERE key = %s",
            [now, hash_token(key)],
        )
        self.assertApiError(self.use(key), 401, "INVALID_API_KEY")

    def test_key_of_an_archived_user_is_refused(self):
        for key in (self.new_key(self.employee), self.new_odoo_key(self.employee)):
            with self.subTest(length=len(key)):
                self.employee.active = False
                self.assertApiError(self.use(key), 403, "INACTIVE_USER")
                self.employee.active = True
                self.assertSuccess(self.use(key))

    def test_user_archived_by_sql_is_noticed_within_a_minute(self):
        key = self.new_key(self.employee)
        self.assertSuccess(self.use(key))
        self.env.cr.execute(
            "UPDATE res_users SET active = false WHERE id = %s", [self.employee.id]
        )
        with freeze_time(fields.Datetime.now() + INTERVAL):
            self.assertApiError(self.use(key), 403, "INACTIVE_USER")

    def test_user_is_archived_by_somebody_who_does_not_see_their_keys(self):
        officer = self.new_user("officer", "base.group_user,base.group_erp_manager")
        company = self.env["res.company"].create({"name": "New"})
        self.employee.company_ids += company
        key = self.new_key(self.employee)
        self.assertSuccess(self.use(key))  # from now on the user is not looked at
        user = self.employee.with_user(officer)
        self.assertEqual(self.read_keys(user), [])
        user.company_id = company
        self.assertEqual(self.stored(key), (True, company.id))
        self.read_keys(user)
        user.active = False
        self.assertEqual(self.stored(key), (False, company.id))
        self.assertApiError(self.use(key), 403, "INACTIVE_USER")

    def read_keys(self, user):
        """Return what a user sees of the keys of another, who has it cached then."""
        self.env.invalidate_all()
        return user.api_key_ids.ids + user.api_access_key_ids.ids

    def stored(self, key):
        """Return what is stored of the user of a key: activity and company."""
        self.env.flush_all()
        row = read_own_key(self.env.cr, key)
        return row.user_active, row.user_company_id

    def test_user_activated_by_sql_is_let_in(self):
        key = self.new_key(self.employee)
        self.employee.active = False
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET active = true WHERE id = %s", [self.employee.id]
        )
        for _time in range(2):
            self.assertSuccess(self.use(key))

    def test_company_of_the_user_is_followed(self):
        company = self.env["res.company"].create({"name": "New"})
        keys = [self.new_key(self.employee), self.new_odoo_key(self.employee)]
        self.employee.company_ids += company
        self.employee.company_id = company
        keys += [self.new_key(self.employee), self.new_odoo_key(self.employee)]
        for key in keys:
            with self.subTest(key=key[:4]):
                user = self.assertSuccess(self.use(key, "/auth/me"))["user"]
                self.assertEqual(user["company_id"], [company.id, "New"])
        stored = self.employee.sudo().api_key_ids.mapped("user_company_id")
        self.assertEqual(stored, company)

    def test_key_is_stored_as_a_hash(self):
        key = self.new_key(self.employee)
        self.env.cr.execute("SELECT * FROM res_users_apikeys")
        self.assertNotIn(key, str(self.env.cr.fetchall()))

    def test_key_opens_no_other_door(self):
        key = self.new_key(self.employee)
        keys = self.env["res.users.apikeys"]
        self.assertFalse(keys._check_credentials(scope="rpc", key=key))

    def test_key_can_be_removed_in_odoo(self):
        key = self.new_key(self.employee)
        self.employee.sudo().api_key_ids._remove()
        self.assertApiError(self.use(key), 401, "INVALID_API_KEY")


class TestKeyCreation(ApiCase):
    def create_key(self, caller, user=None, **body):
        path = f"/users/{(user or caller).id}/api-key"
        return self.post(path, caller, json=body or None)

    def expiration_date(self, key):
        self.env.cr.execute(
            "SELECT expiration_date FROM res_users_apikeys WHERE key = %s",
            [hash_token(key)],
        )
        return self.env.cr.fetchone()[0]

    def test_user_creates_a_key_for_themself(self):
        response = self.create_key(self.employee)
        data = self.assertSuccess(response)
        self.assertEqual(list(data), ["user_id", "user_name", "api_key", "note", "id"])
        self.assertRegex(data["api_key"], r"\A[A-Za-z0-9_-]{48}\Z")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        me = self.get("/auth/me", headers={"api-key": data["api_key"]})
        self.assertEqual(self.assertSuccess(me)["user"]["id"], self.employee.id)

    def test_key_of_an_employee_lives_as_long_as_odoo_allows(self):
        self.env.ref("base.group_user").api_key_duration = 10
        data = self.assertSuccess(self.create_key(self.employee))
        lifetime = self.expiration_date(data["api_key"]) - fields.Datetime.now()
        self.assertAlmostEqual(lifetime, timedelta(days=10), delta=timedelta(minutes=1))
        response = self.create_key(self.employee, expires_in_days=11)
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_key_of_an_administrator_does_not_expire(self):
        data = self.assertSuccess(self.create_key(self.admin))
        self.assertIsNone(self.expiration_date(data["api_key"]))

    def test_name_and_expiry_can_be_chosen(self):
        body = {"name": "Shop", "expires_in_days": 7}
        self.assertSuccess(self.create_key(self.admin, self.employee, **body))
        key = self.employee.sudo().api_key_ids.filtered(lambda key: key.name == "Shop")
        self.assertEqual(key.scope, "base_api")
        lifetime = key.expiration_date - fields.Datetime.now()
        self.assertAlmostEqual(lifetime, timedelta(days=7), delta=timedelta(minutes=1))

    def test_unknown_options_are_refused(self):
        response = self.create_key(self.admin, nmae="Shop")
        error = self.assertApiError(response, 400, "INVALID_FIELDS")
        self.assertIn("did you mean 'name'?", error["message"])
        for body in ({"expires_in_days": 0}, {"expires_in_days": "x"}, {"name": ["x"]}):
            with self.subTest(body=body):
                response = self.create_key(self.admin, **body)
                self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_employee_creates_no_key_for_others(self):
        response = self.create_key(self.employee, self.admin)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_archived_and_portal_users_get_no_key(self):
        portal = new_test_user(self.env, "api_portal", groups="base.group_portal")
        response = self.create_key(self.admin, portal)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        self.employee.active = False
        response = self.create_key(self.admin, self.employee)
        self.assertApiError(response, 403, "INACTIVE_USER")

    def test_key_without_end_is_for_administrators(self):
        keys = self.env["res.users.apikeys"].with_user(self.employee)
        with self.assertRaises(ValidationError):
            keys._base_api_create(self.employee, "Endless", None)
