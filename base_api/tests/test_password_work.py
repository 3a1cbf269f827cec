# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from passlib.context import CryptContext
from passlib.handlers import pbkdf2

from odoo.tests import TransactionCase, mute_logger, tagged

from odoo.addons.base.models.res_users import CryptContext as OdooContext
from odoo.addons.base_api.orm.password_work import missing_work

from .login_case import LoginCase

ROUNDS = 9


def context_of(rounds):
    return OdooContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=rounds)


class TestEqualWork(LoginCase):
    """A wrong password costs the same for each login, or its time would tell."""

    def setUp(self):
        super().setUp()
        users = self.registry["res.users"]
        context = context_of(ROUNDS)
        self.startPatcher(patch.object(users, "_crypt_context", lambda _users: context))
        self.registry.clear_cache("stable")
        self.addCleanup(self.registry.clear_cache, "stable")
        self.employee.password = "of today"
        self.env["res.users"]._base_api_usual_hash()

    def store(self, user, password_hash):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET password = %s WHERE id = %s", [password_hash, user.id]
        )

    @mute_logger("odoo.addons.base.models.res_users")
    def work(self, login):
        """Return the rounds of hashing, and the statements, of a wrong password."""
        rounds = []

        def count(*args, **options):
            rounds.append(options.get("rounds") or args[3])
            return hash_once(*args, **options)

        hash_once = pbkdf2.pbkdf2_hmac
        statements = self.cr.sql_log_count
        with patch.object(pbkdf2, "pbkdf2_hmac", count):
            self.assertFails(self.log_in(login, "wrong"))
        return sum(rounds), self.cr.sql_log_count - statements

    def test_every_login(self):
        self.store(self.new_user("sso", "base.group_user"), None)
        self.store(self.new_user("empty", "base.group_portal"), "")
        old = self.new_user("old", "base.group_user")
        self.store(old, context_of(2).hash("x"))
        self.new_user("gone", "base.group_user").active = False
        self.new_user("mfa", "base.group_user").sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        self.log_in("warm caches", "wrong")
        expected = self.work("nobody")
        self.assertEqual(expected[0], ROUNDS)
        for name in ("employee", "EMPLOYEE", "sso", "empty", "old", "gone", "mfa"):
            with self.subTest(user=name):
                self.assertEqual(self.work(f"api_{name}"), expected)

    def test_a_password_that_is_too_long_is_hashed_for_nobody(self):
        with patch.object(pbkdf2, "pbkdf2_hmac", side_effect=AssertionError):
            for login in ("api_employee", "nobody"):
                self.assertFails(self.log_in(login, "x" * 5000))

    def test_a_right_password_costs_no_more(self):
        with patch.object(pbkdf2, "pbkdf2_hmac", wraps=pbkdf2.pbkdf2_hmac) as hashing:
            self.assertSuccess(self.log_in(password="of today"))
        self.assertEqual(hashing.call_count, 1)


@tagged("post_install", "-at_install")
class TestMissingWork(TransactionCase):
    def test_another_scheme(self):
        context = CryptContext(["sha512_crypt", "pbkdf2_sha512", "plaintext"])
        context.update(sha512_crypt__rounds=1000)
        usual = context.hash("x")
        self.assertIsNone(missing_work(context, context.hash("y"), usual))
        for stored in ("", context_of(2).hash("y")):
            self.assertEqual(missing_work(context, stored, usual), usual)

    def test_more_than_usual(self):
        context = context_of(2)
        stored = context_of(3).hash("x")
        self.assertIsNone(missing_work(context, stored, context.hash("y")))
