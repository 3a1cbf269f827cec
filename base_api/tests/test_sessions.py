# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import mute_logger

from odoo.addons.base_api.auth.tokens import generate_session_token, hash_token
from odoo.addons.base_api.auth.uses import INTERVAL

from .common import PASSWORD, ApiCase

LIFETIME = timedelta(hours=24)
REFRESH_GRACE = timedelta(hours=1)


class TestSessions(ApiCase):
    def setUp(self):
        super().setUp()
        self.token = self.new_session(self.employee)
        self.session = self.find_session(self.token)

    def find_session(self, token):
        sessions = self.env["api.session"]
        return sessions.search([("token_hash", "=", hash_token(token))])

    def use(self, method, path, token=None, **kwargs):
        headers = {"session-token": token or self.token} | kwargs.pop("headers", {})
        return self.call(method, path, headers=headers, **kwargs)

    def assertAlive(self, token=None):
        self.assertSuccess(self.use("GET", "/auth/me", token))

    def assertDead(self, token=None):
        response = self.use("GET", "/auth/me", token)
        self.assertApiError(response, 401, "INVALID_SESSION")

    def change_user(self, assignment):
        """Change the user beside Odoo."""
        self.env.cr.execute(
            f"UPDATE res_users SET {assignment} WHERE id = %s", [self.employee.id]
        )

    def let_pass(self, delta):
        """Make the session `delta` older."""
        self.session.expiration_date -= delta
        self.session.last_activity -= delta

    def test_token_signs_in_as_its_user(self):
        data = self.assertSuccess(self.use("GET", "/auth/me"))
        self.assertEqual(data["user"]["id"], self.employee.id)

    def test_token_is_stored_as_a_hash_that_nobody_can_read(self):
        self.env.cr.execute(
            "SELECT * FROM api_session WHERE id = %s", [self.session.id]
        )
        self.assertNotIn(self.token, str(self.env.cr.dictfetchall()))
        response = self.get("/search/api.session?fields=token_hash", self.admin)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_unknown_token_is_refused(self):
        for token in (generate_session_token(), "x", "é" * 48, "' OR 1=1 --"):
            with self.subTest(token=token):
                headers = {"session-token": token.encode()}
                response = self.get("/auth/me", headers=headers)
                self.assertApiError(response, 401, "INVALID_SESSION")

    def test_session_lives_for_24_hours(self):
        self.let_pass(LIFETIME - timedelta(seconds=30))
        self.assertAlive()
        self.let_pass(timedelta(seconds=31))
        self.assertDead()

    def test_refresh_gives_a_new_token_and_the_old_one_is_dead(self):
        data = self.assertSuccess(self.use("POST", "/auth/refresh"))
        self.assertEqual(list(data), ["session_token", "expires_at", "user"])
        self.assertEqual(list(data["user"]), ["id", "name", "login", "email"])
        self.assertAlive(data["session_token"])
        self.assertDead()

    def test_refresh_is_possible_within_the_grace(self):
        self.let_pass(LIFETIME + REFRESH_GRACE - timedelta(seconds=30))
        data = self.assertSuccess(self.use("POST", "/auth/refresh"))
        self.assertAlive(data["session_token"])

    def test_refresh_is_not_possible_after_the_grace(self):
        self.let_pass(LIFETIME + REFRESH_GRACE)
        response = self.use("POST", "/auth/refresh")
        self.assertApiError(response, 401, "SESSION_NOT_REFRESHABLE")
        response = self.use("POST", "/auth/logout")
        self.assertApiError(response, 401, "INVALID_SESSION")

    def test_refresh_and_logout_ask_for_a_session_token(self):
        for path in ("/auth/refresh", "/auth/logout"):
            with self.subTest(path=path):
                response = self.post(path, self.employee)
                self.assertApiError(response, 401, "MISSING_SESSION_TOKEN")

    def test_logout_ends_the_session(self):
        self.assertIsNone(self.assertSuccess(self.use("POST", "/auth/logout")))
        self.assertFalse(self.session.exists())
        self.assertDead()

    def test_session_goes_before_key(self):
        headers = {"api-key": self.new_key(self.admin)}
        data = self.assertSuccess(self.use("GET", "/auth/me", headers=headers))
        self.assertEqual(data["user"]["id"], self.employee.id)

    def test_key_is_tried_where_the_session_is_dead(self):
        headers = {"api-key": self.new_key(self.admin)}
        token = generate_session_token()
        data = self.assertSuccess(self.use("GET", "/auth/me", token, headers=headers))
        self.assertEqual(data["user"]["id"], self.admin.id)

    def test_session_is_not_taken_where_a_key_is_needed(self):
        response = self.use("GET", "/auth/test")
        error = self.assertApiError(response, 401, "MISSING_API_KEY")
        self.assertIn("/api/v2/auth/me", error["message"])

    def test_archiving_the_user_ends_their_sessions_for_good(self):
        self.employee.active = False
        self.assertDead()
        self.employee.active = True
        self.assertDead()
        self.assertFalse(self.session.exists())

    def test_new_password_or_login_ends_sessions_wherever_it_was_changed(self):
        for values in ({"password": "another-password"}, {"login": "api_renamed"}):
            with self.subTest(values=values):
                token = self.new_session(self.employee)
                self.assertAlive(token)
                self.employee.write(values)
                self.assertDead(token)

    def test_change_that_the_login_could_not_see_is_noticed_at_first_use(self):
        self.change_user("password = 'x'")
        self.assertDead()

    def test_change_by_sql_is_noticed_within_a_minute(self):
        self.assertAlive()
        self.change_user("password = 'x'")
        self.let_pass(INTERVAL)
        self.assertDead()

    def test_change_by_sql_is_noticed_before_a_refresh(self):
        self.assertAlive()
        self.change_user("password = 'x'")
        response = self.use("POST", "/auth/refresh")
        self.assertApiError(response, 401, "SESSION_NOT_REFRESHABLE")

    def test_change_after_the_user_was_checked_is_not_lost(self):
        self.assertAlive()
        self.employee.password = "another-password"
        self.env.flush_all()
        self.store_notes()
        self.assertDead()

    def test_company_of_the_user_is_followed(self):
        company = self.env["res.company"].create({"name": "New"})
        main = self.employee.company_id
        self.employee.company_ids += company
        self.employee.company_id = company
        self.assertEqual(self.current_company(), [company.id, "New"])
        self.assertEqual(self.session.user_company_id, company)
        self.env.flush_all()
        self.change_user(f"company_id = {main.id}")
        self.let_pass(INTERVAL)
        self.assertEqual(self.current_company(), [main.id, main.name])
        self.store_notes()
        self.assertEqual(self.session.user_company_id, main)

    def current_company(self):
        return self.assertSuccess(self.use("GET", "/auth/me"))["user"]["company_id"]

    @mute_logger("odoo.addons.base.models.res_users")
    def test_own_password_change_keeps_the_session_it_was_made_with(self):
        other = self.new_session(self.employee)
        body = {"old_password": PASSWORD, "new_password": "another-password"}
        path = f"/users/{self.employee.id}/password"
        self.assertSuccess(self.use("PUT", path, json=body))
        self.assertAlive()
        self.assertDead(other)

    def test_activity_is_noted_once_a_minute(self):
        now = fields.Datetime.now()
        with freeze_time(now + INTERVAL):
            self.assertAlive()
        self.store_notes()
        self.assertEqual(self.session.last_activity, now + INTERVAL)
        with freeze_time(now + INTERVAL + timedelta(seconds=59)):
            self.assertAlive()
        self.store_notes()
        self.assertEqual(self.session.last_activity, now + INTERVAL)

    def test_user_sees_and_ends_only_their_own_sessions(self):
        foreign = self.find_session(self.new_session(self.admin))
        data = self.assertSuccess(self.use("GET", "/search/api.session"))
        self.assertEqual([row["id"] for row in data["records"]], self.session.ids)
        response = self.use("DELETE", f"/delete/api.session/{foreign.id}")
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        body = {"user_id": self.admin.id}
        response = self.use("POST", "/create/api.session", json=body)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_autovacuum_removes_expired_and_dead_sessions(self):
        refreshable = self.find_session(self.new_session(self.employee))
        refreshable.expiration_date = fields.Datetime.now() - timedelta(minutes=59)
        alive = self.find_session(self.new_session(self.employee))
        dead = self.find_session(self.new_session(self.admin))
        self.admin.password = "another-password"
        self.let_pass(LIFETIME + REFRESH_GRACE)
        self.env.flush_all()
        self.env["api.session"]._gc_expired_sessions()
        self.assertFalse((self.session | dead).exists())
        self.assertEqual((refreshable | alive).exists(), refreshable | alive)

    def test_autovacuum_goes_on_until_nothing_is_left(self):
        sessions = self.env["api.session"]
        sessions._gc_expired_sessions()  # what others left behind
        alive = self.session
        dead = self.new_session(self.admin), self.new_session(self.admin)
        self.admin.password = "another-password"
        self.env.flush_all()
        with patch("odoo.addons.base_api.models.api_session.GC_UNLINK_LIMIT", 1):
            self.assertEqual(sessions._gc_expired_sessions(), (1, True))
            self.assertEqual(sessions._gc_expired_sessions(), (1, True))
            self.assertEqual(sessions._gc_expired_sessions(), (0, False))
        self.assertFalse(sessions.union(*map(self.find_session, dead)))
        self.assertTrue(alive.exists())
