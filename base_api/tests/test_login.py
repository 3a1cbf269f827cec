# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import time

from odoo.tests import mute_logger

from odoo.addons.auth_totp.models.res_users import TOTP_RATE_LIMITS
from odoo.addons.auth_totp.models.totp import TIMESTEP, hotp

from .login_case import LoginCase


class TestLogin(LoginCase):
    def test_login_gives_a_session_token(self):
        response = self.log_in()
        data = self.assertSuccess(response)
        self.assertEqual(list(data), ["session_token", "expires_at", "user"])
        self.assertRegex(data["session_token"], r"\A[A-Za-z0-9]{48}\Z")
        self.assertRegex(data["expires_at"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\Z")
        self.assertEqual(data["user"]["login"], "api_employee")
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_login_opens_no_web_session(self):
        response = self.log_in()
        self.assertNotIn("Set-Cookie", response.headers)

    def test_wrong_password_and_unknown_user_get_the_same_answer(self):
        with mute_logger("odoo.addons.base.models.res_users"):
            wrong = self.assertApiError(self.log_in(password="x"), 401, "AUTH_FAILED")
            unknown = self.assertApiError(self.log_in(user="x"), 401, "AUTH_FAILED")
        self.assertEqual(wrong, unknown)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_password_that_is_too_long_is_counted_as_wrong(self):
        response = self.log_in(password="x" * 5000)
        self.assertApiError(response, 401, "AUTH_FAILED")
        self.assertEqual(self.outcomes(), ["failed"])

    def test_archived_user_cannot_log_in(self):
        self.employee.active = False
        self.assertApiError(self.log_in(), 401, "AUTH_FAILED")

    def test_credentials_must_be_text(self):
        for body in (
            {"username": "admin"},
            {"password": "admin"},
            {"username": "admin", "password": ""},
            {"username": ["admin"], "password": "admin"},
            {"username": "admin", "password": {"$ne": ""}},
        ):
            with self.subTest(body=body):
                response = self.post("/auth/login", json=body)
                self.assertApiError(response, 400, "MISSING_CREDENTIALS")

    def test_login_does_not_change_the_address_of_the_database(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "https://odoo.example.com")
        self.assertSuccess(self.log_in("api_boss"))
        self.env.invalidate_all()
        base_url = parameters.get_param("web.base.url")
        self.assertEqual(base_url, "https://odoo.example.com")

    @mute_logger("odoo.addons.base.models.res_users")
    def test_too_many_failures_are_cooled_down(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", 2)
        for _failure in range(2):
            self.assertApiError(self.log_in(password="x"), 401, "AUTH_FAILED")
        response = self.log_in()
        self.assertApiError(response, 429, "RATE_LIMITED")
        self.assertIn(int(response.headers["Retry-After"]), range(1, 61))

    def test_a_key_does_not_end_the_cool_down(self):
        with mute_logger("odoo.addons.base.models.res_users"):
            self.assertApiError(self.log_in(password="x"), 401, "AUTH_FAILED")
        self.assertSuccess(self.get("/auth/me", self.employee))
        self.assertEqual(self.outcomes(), ["failed"])


class TestSecondFactor(LoginCase):
    """auth_totp is installed with every web client."""

    SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.sudo().totp_secret = cls.SECRET

    def code(self, counter=None):
        """Return the six digits that an authenticator app shows."""
        if counter is None:
            counter = int(time.time() / TIMESTEP)
        return f"{hotp(base64.b32decode(self.SECRET), counter):06}"

    def assertNoSession(self):
        sessions = self.env["api.session"].search([("user_id", "=", self.employee.id)])
        self.assertFalse(sessions)

    def test_password_alone_gives_no_token(self):
        self.assertApiError(self.log_in(), 401, "MFA_REQUIRED")
        self.assertNoSession()

    def test_password_and_code_give_a_token(self):
        self.assertSuccess(self.log_in(totp=self.code()))

    @mute_logger("odoo.addons.auth_totp.models.res_users")
    def test_a_code_works_once(self):
        code = self.code()
        self.assertSuccess(self.log_in(totp=code))
        self.assertApiError(self.log_in(totp=code), 401, "AUTH_FAILED")

    def test_wrong_codes_are_counted_although_they_are_refused(self):
        wrong = self.code(counter=1)
        for _attempt in range(TOTP_RATE_LIMITS["code_check"][0]):
            self.assertApiError(self.log_in(totp=wrong), 401, "AUTH_FAILED")
        self.registry._login_failures.clear()
        self.assertApiError(self.log_in(totp=self.code()), 401, "AUTH_FAILED")
        self.assertNoSession()

    def test_a_code_must_be_digits(self):
        for code in ("abc", "1.5", ["123456"], {"a": 1}):
            with self.subTest(code=code):
                self.registry._login_failures.clear()
                self.assertApiError(self.log_in(totp=code), 401, "AUTH_FAILED")

    def test_a_password_without_its_code_is_no_success_and_no_failure(self):
        with mute_logger("odoo.addons.base.models.res_users"):
            self.assertFails(self.log_in(password="x"))
        for _attempt in range(3):
            self.assertApiError(self.log_in(), 401, "MFA_REQUIRED")
        self.assertEqual(self.outcomes(), ["failed"])

    @mute_logger("odoo.addons.auth_totp.models.res_users")
    def test_a_wrong_code_is_a_failed_login(self):
        self.allow(pair=3)
        for code in (self.code(counter=1), "abc", self.code(counter=2)):
            self.assertFails(self.log_in(totp=code))
        self.assertThrottled(self.log_in(totp=self.code()))
        self.assertEqual(self.outcomes(), ["failed"] * 3)

    def test_wrong_password_with_a_right_code_gives_nothing(self):
        with mute_logger("odoo.addons.base.models.res_users"):
            response = self.log_in(password="x", totp=self.code())
        self.assertApiError(response, 401, "AUTH_FAILED")

    def test_turning_the_second_factor_on_ends_sessions(self):
        token = self.new_session(self.admin)
        self.admin.sudo().totp_secret = self.SECRET
        response = self.get("/auth/me", headers={"session-token": token})
        self.assertApiError(response, 401, "INVALID_SESSION")
