# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.http import root
from odoo.tests import new_test_user

from .common import PASSWORD
from .web_session_case import PATH, WebSessionCase


class TestExchange(WebSessionCase):
    def test_it_answers_as_a_login(self):
        self.authenticate("api_employee", PASSWORD)
        response = self.exchange(self.get_token())
        data = self.assertSuccess(response)
        self.assertEqual(list(data), ["session_token", "expires_at", "user"])
        self.assertEqual(data["user"]["login"], "api_employee")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn("Set-Cookie", response.headers)
        headers = {"session-token": data["session_token"]}
        me = self.assertSuccess(self.get("/auth/me", headers=headers))
        self.assertEqual(me["user"]["id"], self.employee.id)

    def test_the_session_is_short(self):
        self.authenticate("api_employee", PASSWORD)
        data = self.assertSuccess(self.exchange(self.get_token()))
        lifetime = datetime.fromisoformat(data["expires_at"]) - fields.Datetime.now()
        self.assertLessEqual(lifetime, timedelta(minutes=15))
        headers = {"session-token": data["session_token"]}
        response = self.post("/auth/refresh", headers=headers)
        self.assertApiError(response, 401, "SESSION_NOT_REFRESHABLE")
        self.assertSuccess(self.get("/auth/me", headers=headers))

    def test_an_expired_session_is_not_refreshed_either(self):
        self.authenticate("api_employee", PASSWORD)
        data = self.assertSuccess(self.exchange(self.get_token()))
        session = self.env["api.session"].sudo().search([], limit=1, order="id desc")
        self.assertTrue(session.is_not_refreshable)
        session.expiration_date = fields.Datetime.now() - timedelta(minutes=1)
        headers = {"session-token": data["session_token"]}
        response = self.get("/auth/me", headers=headers)
        self.assertApiError(response, 401, "INVALID_SESSION")
        response = self.post("/auth/refresh", headers=headers)
        self.assertApiError(response, 401, "SESSION_NOT_REFRESHABLE")

    def test_it_gives_no_lasting_credentials(self):
        """Odoo asks for the password before that."""
        for user in (self.employee, self.admin):
            self.authenticate(user.login, PASSWORD)
            data = self.assertSuccess(self.exchange(self.get_token()))
            headers = {"session-token": data["session_token"]}
            keys = self.env["res.users.apikeys"]
            self.new_key(user)
            key = keys.search([], limit=1, order="id desc")
            path = f"/users/{user.id}/api-key"
            requests = [
                ("POST", path, {"name": "Lasting"}),
                ("POST", f"{path}s/{key.id}/roll", {"overlap_days": 1}),
                ("PATCH", f"{path}s/{key.id}", {"expires_in_days": 90}),
            ]
            if user == self.admin:
                new = {"new_password": f"new {PASSWORD}"}
                password = {"password": f"new {PASSWORD}"}
                new_user = {"name": "New", "login": "api_new"} | password
                generated = {"auto_generate_credentials": True}
                requests += [
                    ("PATCH", f"/update/res.users/{user.id}", password),
                    ("PUT", f"/update/res.users/{self.employee.id}", password),
                    ("POST", "/create/res.users", new_user),
                    ("POST", "/create/res.users", new_user | generated),
                    ("PUT", f"/users/{user.id}/password", new),
                    ("PUT", f"/users/{self.employee.id}/password", new),
                    ("POST", f"/users/{self.employee.id}/reset-password", None),
                ]
            before = keys.search_count([])
            for method, path, body in requests:
                with self.subTest(method=method, path=path):
                    response = self.call(method, path, json=body, headers=headers)
                    self.assertApiError(response, 403, "ACCESS_DENIED")
            self.assertEqual(keys.search_count([]), before)
        body = {"old_password": PASSWORD, "new_password": f"new {PASSWORD}"}
        path = f"/users/{self.admin.id}/password"
        self.assertSuccess(self.call("PUT", path, json=body, headers=headers))

    def test_a_locked_session_is_not_exchanged(self):
        """The app auth_timeout, which is not installed here, has this method."""
        self.authenticate("api_employee", PASSWORD)
        token = self.get_token()
        for answer in ({"check_identity": True, "mfa": False}, {"logout": True}):
            with patch.object(
                self.registry["ir.http"],
                "_must_check_identity",
                return_value=answer,
                create=True,
            ):
                response = self.exchange(token)
                self.assertApiError(response, 401, "INVALID_SESSION")
                response = self.get(PATH, headers=self.page_headers(Origin=None))
                self.assertApiError(response, 401, "INVALID_SESSION")

    def test_portal_users_as_at_a_login(self):
        new_test_user(
            self.env, "api_customer", groups="base.group_portal", password=PASSWORD
        )
        self.authenticate("api_customer", PASSWORD)
        data = self.assertSuccess(self.exchange(self.get_token()))
        self.assertEqual(data["user"]["login"], "api_customer")

    def test_the_token_of_a_page_of_odoo_is_as_good(self):
        self.authenticate("api_employee", PASSWORD)
        page = self.url_open("/odoo").text
        token = page.partition('csrf_token: "')[2].partition('"')[0]
        self.assertTrue(token)
        self.assertSuccess(self.exchange(token))


class TestWebSessions(WebSessionCase):
    def assertInvalid(self, token="x"):
        for response in (
            self.get(PATH, headers=self.page_headers(Origin=None)),
            self.exchange(token),
        ):
            self.assertApiError(response, 401, "INVALID_SESSION")

    def test_nobody(self):
        self.assertInvalid()

    def test_an_invented_cookie(self):
        self.opener.cookies["session_id"] = "a" * 84
        self.assertInvalid()

    def test_a_new_password_ends_it(self):
        self.authenticate("api_employee", PASSWORD)
        token = self.get_token()
        self.employee.password = "another-password-4-tests"
        self.env.flush_all()
        self.assertInvalid(token)

    def test_an_archived_user(self):
        self.authenticate("api_employee", PASSWORD)
        token = self.get_token()
        self.employee.active = False
        self.env.flush_all()
        self.assertInvalid(token)

    def test_superuser_mode(self):
        self.authenticate("api_boss", PASSWORD)
        self.url_open("/web/become")
        for response in (
            self.get(PATH, headers=self.page_headers(Origin=None)),
            self.exchange("x"),
        ):
            self.assertApiError(response, 403, "INACTIVE_USER")

    def test_a_second_factor_that_is_missing(self):
        session = self.authenticate(None, None)
        session["pre_uid"] = self.employee.id
        session["pre_login"] = "api_employee"
        root.session_store.save(session)
        for response in (
            self.get(PATH, headers=self.page_headers(Origin=None)),
            self.exchange("x"),
        ):
            self.assertApiError(response, 401, "MFA_REQUIRED")

    def test_the_cookie_opens_nothing_else(self):
        self.authenticate("api_employee", PASSWORD)
        headers = self.page_headers(X_CSRFToken=self.get_token())
        for method, path in (
            ("GET", "/auth/me"),
            ("GET", "/search/res.partner"),
            ("POST", "/create/res.partner"),
            ("POST", "/batch"),
        ):
            body = {"json": {"name": "x"}} if method == "POST" else {}
            response = self.call(method, path, headers=headers, **body)
            self.assertApiError(response, 401, "MISSING_API_KEY")
        response = self.post("/auth/refresh", headers=headers)
        self.assertApiError(response, 401, "MISSING_SESSION_TOKEN")

    def test_a_dry_run_is_refused(self):
        self.authenticate("api_employee", PASSWORD)
        before = self.count_sessions()
        response = self.exchange(self.get_token(), Prefer="dry-run")
        self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertEqual(self.count_sessions(), before)

    def test_it_is_no_step_of_a_batch(self):
        self.authenticate("api_employee", PASSWORD)
        step = {"method": "POST", "path": PATH, "body": {"csrf_token": "x"}}
        response = self.post("/batch", self.employee, json={"steps": [step]})
        self.assertApiError(response, 400, "INVALID_STEP")
