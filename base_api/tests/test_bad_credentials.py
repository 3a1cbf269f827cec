# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo import fields

from odoo.addons.base_api.auth import bad_credentials
from odoo.addons.base_api.auth.bad_credentials import BadCredentials
from odoo.addons.base_api.auth.tokens import generate_api_key, generate_session_token

from .common import PASSWORD
from .login_case import LoginCase

HERE = "127.0.0.1"


class BadCredentialsCase(LoginCase):
    def use_key(self, key, path="/auth/me"):
        return self.get(path, headers={"api-key": key})

    def guess(self, times=1):
        """Use keys that nobody has, a new one each time."""
        for _guess in range(times):
            response = self.use_key(generate_api_key())
            self.assertApiError(response, 401, "INVALID_API_KEY")

    def count(self, counts, credential, limit=5, network=HERE):
        """Count a failure as a process does, in a request."""
        with self.registry.cursor() as cr:
            return counts.count(self.env(cr=cr), network, credential, limit)

    def stored(self):
        self.env.cr.execute("SELECT failures FROM api_throttle_credential ORDER BY id")
        return [failures for (failures,) in self.env.cr.fetchall()]


class TestBadCredentials(BadCredentialsCase):
    def test_keys_and_tokens_of_an_address(self):
        self.allow(credential=4)
        self.guess(2)
        for path, code in (
            ("/auth/me", "INVALID_SESSION"),
            ("/auth/refresh", "SESSION_NOT_REFRESHABLE"),
        ):
            method = "GET" if path == "/auth/me" else "POST"
            headers = {"session-token": generate_session_token()}
            response = self.call(method, path, headers=headers)
            self.assertApiError(response, 401, code)
        response = self.use_key(generate_api_key())
        seconds = self.assertThrottled(response)
        self.assertIn(seconds, range(1, 61))
        message = response.json()["error"]["message"]
        self.assertIn("unknown, revoked or expired", message)
        headers = {"session-token": generate_session_token()}
        self.assertThrottled(self.post("/auth/refresh", headers=headers))
        headers = {"Authorization": "Bearer nonsense"}
        self.assertThrottled(self.get("/auth/me", headers=headers))
        self.assertThrottled(self.get("/openapi.json", headers=headers))

    def test_100_in_a_minute(self):
        counts = BadCredentials()
        for number in range(100):
            self.assertIsNone(self.count(counts, f"key {number}", 100))
        self.assertLessEqual(self.count(counts, "another", 100), 60)
        self.assertIsNone(self.count(counts, "another", 100, "192.0.2.1"))
        later = time.monotonic() + 60
        with patch.object(bad_credentials.time, "monotonic", lambda: later):
            self.env.cr.execute(
                "UPDATE api_throttle_credential "
                "SET start_date = start_date - interval '60 s'"
            )
            self.assertIsNone(self.count(counts, "another", 100))

    def test_valid_credentials_and_logins_are_accepted(self):
        self.allow(credential=1)
        self.guess()
        self.assertThrottled(self.use_key(generate_api_key()))
        self.assertSuccess(self.get("/auth/me", self.employee))
        headers = {"session-token": self.new_session(self.employee)}
        self.assertSuccess(self.get("/auth/me", headers=headers))
        self.assertFails(self.log_in(password="wrong"))
        self.assertSuccess(self.log_in())
        headers["session-token"] = generate_session_token()
        self.assertSuccess(self.get("/auth/me", self.employee, headers=headers))
        self.assertApiError(self.get("/auth/me"), 401, "MISSING_API_KEY")
        # Nothing of this was a success that clears what was counted.
        self.assertThrottled(self.use_key(generate_api_key()))

    def test_failed_logins_are_counted_apart(self):
        self.allow(credential=1, address=2)
        for user in ("api_employee", "nobody"):
            self.assertFails(self.log_in(user, "wrong"))
        self.assertThrottled(self.log_in())
        self.guess()

    def test_revoked_key_that_goes_on_calling_costs_only_itself(self):
        self.allow(credential=3)
        key = self.new_key(self.employee)
        self.assertSuccess(self.use_key(key))
        self.employee.sudo().api_key_ids._remove()
        for _call in range(4):
            self.assertApiError(self.use_key(key), 401, "INVALID_API_KEY")
        for _call in range(2):
            self.assertThrottled(self.use_key(key))
        self.guess(2)

    def test_expired_key(self):
        self.allow(credential=1)
        key = self.new_key(self.admin, fields.Datetime.now() + timedelta(days=1))
        self.admin.sudo().api_key_ids.expiration_date = fields.Datetime.now()
        for _call in range(2):
            self.assertApiError(self.use_key(key), 401, "INVALID_API_KEY")
        self.assertThrottled(self.use_key(key))

    def test_switched_off(self):
        self.allow(credential=0)
        self.guess(3)
        self.assertEqual(self.stored(), [])

    def test_nothing_is_kept_in_plain_text(self):
        key = generate_api_key()
        self.use_key(key)
        self.use_key(key)
        self.env.cr.execute("SELECT * FROM api_throttle_credential")
        rows = str(self.env.cr.fetchall())
        known = str(vars(bad_credentials._known[self.env.cr.dbname]))
        for text in (key, PASSWORD):
            self.assertNotIn(text, rows + known)
        self.assertNotIn(HERE, rows)

    def test_nobody_reads_it(self):
        path = "/search/api.throttle.credential"
        self.assertApiError(self.get(path, self.admin), 403, "ACCESS_DENIED")

    def test_what_counts_no_more_is_removed(self):
        self.guess()
        self.env["api.throttle.credential"]._gc_failures()
        self.assertEqual(self.stored(), [1])
        self.env.cr.execute(
            "UPDATE api_throttle_credential SET start_date = start_date - interval '2m'"
        )
        self.env["api.throttle.credential"]._gc_failures()
        self.assertEqual(self.stored(), [])

    def test_valid_key_costs_no_statement_for_it(self):
        """Neither where nothing was counted, nor where much was."""
        headers = {"api-key": self.new_key(self.employee)}
        self.get("/auth/me", headers=headers)

        def statements():
            before = self.cr.sql_log_count
            self.assertSuccess(self.get("/auth/me", headers=headers))
            return self.cr.sql_log_count - before

        quiet = statements()
        self.guess(3)
        self.assertEqual(statements(), quiet)
        self.allow(credential=0)
        statements()
        self.assertEqual(statements(), quiet)


class TestCounts(BadCredentialsCase):
    """The counts of processes, without requests."""

    def at(self, seconds):
        """Let some time pass, for the processes."""
        moment = time.monotonic() + seconds
        self.startPatcher(
            patch.object(bad_credentials.time, "monotonic", lambda: moment)
        )

    def test_processes_count_together(self):
        one, other = BadCredentials(), BadCredentials()
        self.at(0)
        for number in range(3):
            self.assertIsNone(self.count(one, f"a{number}"))
        self.assertIsNone(self.count(other, "b0"))
        self.at(1)
        self.assertIsNone(self.count(one, "a3"))
        self.assertEqual(self.stored(), [5])
        self.assertLessEqual(self.count(other, "b1"), 60)
        self.assertEqual(self.stored(), [6])
        self.assertLessEqual(self.count(one, "a4"), 60)

    def test_one_statement_a_second_however_many_fail(self):
        counts = BadCredentials()
        self.at(0)
        with patch.object(
            bad_credentials,
            "autocommit_cursor",
            wraps=bad_credentials.autocommit_cursor,
        ) as opened:
            for number in range(500):
                self.count(counts, f"key {number}", 300, f"192.0.2.{number % 250}")
            self.assertEqual(opened.call_count, 1)
            self.at(1)
            self.count(counts, "last")
            self.assertEqual(opened.call_count, 2)
        self.assertEqual(sum(self.stored()), 501)
        self.assertEqual(len(self.stored()), 251)

    def test_full_counter_writes_nothing(self):
        counts = BadCredentials()
        for number in range(6):
            self.count(counts, f"key {number}")
        self.at(2)
        before = self.cr.sql_log_count
        for number in range(10):
            self.assertLessEqual(self.count(counts, f"more {number}"), 60)
        self.assertEqual(self.cr.sql_log_count, before)

    def test_memory_is_bounded(self):
        counts = BadCredentials()
        with patch.object(bad_credentials, "MOST_SOURCES", 50):
            for number in range(200):
                self.count(counts, f"key {number}", 1000)
        self.assertLessEqual(len(counts._sources), 50)

    def test_database_that_cannot_count_is_no_error(self):
        counts = BadCredentials()
        with patch.object(
            bad_credentials, "autocommit_cursor", side_effect=OperationalError("gone")
        ):
            for number in range(5):
                self.assertIsNone(self.count(counts, f"key {number}"))
            self.assertLessEqual(self.count(counts, "one more"), 60)
