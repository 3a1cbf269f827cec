# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import mute_logger

from odoo.addons.base_api.auth import login_attempt
from odoo.addons.base_api.auth.login_attempt import LoginAttempt
from odoo.addons.base_api.auth.login_counters import network_of
from odoo.addons.base_api.errors.auth import RateLimited

from .common import PASSWORD
from .login_case import LoginCase

HERE = "127.0.0.1"


class ThrottleCase(LoginCase):
    def fail_to_log_in(self, times, user="api_employee"):
        for _attempt in range(times):
            self.assertFails(self.log_in(user, "wrong"))

    def begin(self, login="api_employee", address="192.0.2.1"):
        """Begin an attempt from somewhere else."""
        attempt = LoginAttempt(self.env, login, address)
        attempt.begin()
        return attempt


class TestPair(ThrottleCase):
    """A login from an address."""

    def test_ten_failures_in_a_minute(self):
        self.fail_to_log_in(10)
        self.assertIn(self.assertThrottled(self.log_in()), range(1, 61))
        self.assertThrottled(self.log_in(password="wrong"))
        self.assertSuccess(self.log_in("api_boss"))

    def test_unknown_logins_are_throttled_alike(self):
        self.allow(pair=2)
        self.fail_to_log_in(2, user="nobody")
        self.assertThrottled(self.log_in("nobody"))

    def test_another_address_is_not_held_up(self):
        self.allow(pair=1)
        self.fail_to_log_in(1)
        self.begin().succeed()
        self.begin(address="2001:db8::1").succeed()

    def test_retry_after_is_when_it_works_again(self):
        self.allow(pair=2)
        self.fail_to_log_in(1)
        self.make_older(30)
        self.fail_to_log_in(1)
        seconds = self.assertThrottled(self.log_in())
        self.assertIn(seconds, range(25, 31))
        self.make_older(seconds)
        self.assertFails(self.log_in(password="wrong"))
        self.assertThrottled(self.log_in())
        self.make_older(60)
        self.assertSuccess(self.log_in())

    def test_success_of_the_same_login_clears_it(self):
        self.allow(pair=2)
        for _turn in range(3):
            self.fail_to_log_in(1)
            self.assertSuccess(self.log_in())
        self.fail_to_log_in(2)
        self.assertThrottled(self.log_in())

    def test_success_elsewhere_or_of_others_does_not(self):
        self.allow(pair=2)
        self.fail_to_log_in(1)
        self.assertSuccess(self.log_in("api_boss"))
        self.begin().succeed()
        self.fail_to_log_in(1)
        self.assertSuccess(self.log_in("api_boss"))
        self.assertThrottled(self.log_in())

    def test_what_odoo_was_told_to_allow_holds_where_it_is_less(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("base.login_cooldown_after", "1")
        parameters.set_param("base.login_cooldown_duration", "600")
        self.fail_to_log_in(1)
        self.make_older(500)
        self.assertIn(self.assertThrottled(self.log_in()), range(90, 101))
        for after in ("0", "1000"):
            parameters.set_param("base.login_cooldown_after", after)
            self.fail_to_log_in(10)
            self.assertThrottled(self.log_in())
            self.make_older(60)

    def test_one_login_is_not_cleared_by_another_that_looks_alike(self):
        self.allow(pair=1)
        self.begin("Anna").fail()
        self.begin("anna").succeed()
        with self.assertRaises(RateLimited):
            self.begin("Anna")


class TestAddress(ThrottleCase):
    def test_failures_of_all_logins(self):
        self.allow(address=3)
        self.fail_to_log_in(1)
        self.fail_to_log_in(2, user="nobody")
        self.assertThrottled(self.log_in("api_boss"))
        self.begin("api_boss").succeed()

    def test_no_success_clears_them(self):
        self.allow(address=3)
        for user in ("api_employee", "api_employee", "nobody"):
            self.fail_to_log_in(1, user)
            if user != "nobody":
                self.assertSuccess(self.log_in())
        self.assertIn(self.assertThrottled(self.log_in()), range(1, 61))

    def test_100_in_a_minute(self):
        for number in range(100):
            self.begin(f"nobody_{number}").fail()
        with self.assertRaises(RateLimited):
            self.begin("another")

    def test_one_network_of_ipv6_is_one_address(self):
        self.assertEqual(network_of("192.0.2.1"), "192.0.2.1/32")
        self.assertEqual(network_of("::ffff:192.0.2.1"), "192.0.2.1/32")
        self.assertEqual(network_of("2001:db8::1:2:3:4"), "2001:db8::/64")
        self.assertEqual(network_of("fe80::1%eth0"), "fe80::/64")
        for text in ("", "unknown", "192.0.2.1:80"):
            self.assertEqual(network_of(text), text)
        self.assertEqual(network_of(None), "")
        self.allow(address=1)
        self.begin("anna", "2001:db8::1").fail()
        self.begin("anna", "2001:db8:0:1::1").forget()
        with self.assertRaises(RateLimited):
            self.begin("bert", "2001:db8::2")


class TestLoginFromEverywhere(ThrottleCase):
    def test_100_in_an_hour(self):
        for number in range(100):
            self.begin(address=f"192.0.2.{number}").fail()
        self.assertIn(self.assertThrottled(self.log_in()), range(3500, 3601))
        self.assertSuccess(self.log_in("api_boss"))
        self.make_older(3600)
        self.assertSuccess(self.log_in())

    def test_where_it_succeeded_it_is_not_locked_out(self):
        self.allow(login=2)
        self.assertSuccess(self.log_in())
        for number in range(2):
            self.begin(address=f"192.0.2.{number}").fail()
        with self.assertRaises(RateLimited):
            self.begin(address="192.0.2.3")
        self.assertSuccess(self.log_in())
        self.fail_to_log_in(1)
        self.assertSuccess(self.log_in())

    def test_that_is_forgotten_after_30_days(self):
        self.allow(login=1)
        self.assertSuccess(self.log_in())
        self.make_older(30 * 24 * 3600)
        self.begin().fail()
        self.assertThrottled(self.log_in())

    def test_no_success_clears_them(self):
        self.allow(login=2)
        self.assertSuccess(self.log_in())
        self.fail_to_log_in(1)
        self.assertSuccess(self.log_in())
        self.fail_to_log_in(1)
        self.assertSuccess(self.log_in())
        with self.assertRaises(RateLimited):
            self.begin()

    def test_logins_that_ldap_takes_for_one_count_together(self):
        self.allow(login=3)
        for login in ("anna", "ANNA", " Anna "):
            self.begin(login).fail()
        with self.assertRaises(RateLimited):
            self.begin("aNNa")


class TestThrottle(ThrottleCase):
    def test_switched_off(self):
        self.allow(pair=0, address=0, login=0)
        self.fail_to_log_in(12)
        self.assertSuccess(self.log_in())
        self.assertEqual(self.outcomes(), [])

    def test_attempts_at_the_same_moment(self):
        """They count while they are checked, and those that come wait for them."""
        self.allow(pair=2)
        clock = iter(range(1000))
        with (
            patch.object(login_attempt.time, "sleep") as sleep,
            patch.object(login_attempt.time, "monotonic", lambda: next(clock)),
        ):
            first, second = self.begin(), self.begin()
            with self.assertRaises(RateLimited) as refused:
                self.begin()
            self.assertIn(("Retry-After", "1"), refused.exception.headers)
            self.assertGreater(sleep.call_count, 10)
            sleep.side_effect = lambda _seconds: first.succeed()
            self.begin().forget()
            self.begin().fail()
            sleep.side_effect = lambda _seconds: second.fail()
            with self.assertRaises(RateLimited) as refused:
                self.begin()
            self.assertNotIn(("Retry-After", "1"), refused.exception.headers)

    def test_an_attempt_that_died_is_a_failure(self):
        self.allow(pair=1)
        self.begin()
        self.make_older(40)
        with (
            self.assertRaises(RateLimited) as refused,
            patch.object(login_attempt.time, "sleep", side_effect=AssertionError),
        ):
            self.begin()
        [(_name, seconds)] = refused.exception.headers
        self.assertIn(int(seconds), range(15, 21))

    def test_other_errors_are_no_failures(self):
        users = self.registry["res.users"]
        with patch.object(users, "_change_password", side_effect=UserError("Weak")):
            body = {"old_password": PASSWORD, "new_password": "weak"}
            path = f"/users/{self.employee.id}/password"
            response = self.put(path, self.employee, json=body)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(self.outcomes(), [])

    def test_odoo_counts_for_itself(self):
        failures = self.registry._login_failures
        self.fail_to_log_in(2)
        self.assertEqual(dict(failures), {})
        failures[HERE] = (1000, datetime.now())
        self.assertSuccess(self.log_in())
        self.assertEqual(failures[HERE][0], 1000)

    def test_no_context_of_a_caller_keeps_odoo_from_counting(self):
        self.authenticate("api_employee", PASSWORD)
        failures = self.registry._login_failures
        failures.clear()
        credential = {"type": "password", "login": "api_boss", "password": "wrong"}
        for value in (True, 1, {}, [], "object()"):
            context = {"base_api_counted": value}
            params = {"model": "res.users", "method": "authenticate"}
            params |= {"args": [[], credential, {"interactive": True}]}
            params["kwargs"] = {"context": context}
            path = "/web/dataset/call_kw/res.users/authenticate"
            with mute_logger("odoo.http"):
                self.url_open(path, json={"params": params})
        self.assertEqual(failures[HERE][0], 5)

    def test_nothing_is_kept_in_plain_text(self):
        self.fail_to_log_in(1)
        self.assertSuccess(self.log_in())
        self.env.cr.execute("SELECT * FROM api_throttle")
        rows = str(self.env.cr.fetchall())
        for text in ("employee", HERE, "wrong", PASSWORD):
            self.assertNotIn(text, rows)

    def test_nobody_reads_it(self):
        for path in ("/search/api.throttle", "/count/api.throttle"):
            self.assertApiError(self.get(path, self.admin), 403, "ACCESS_DENIED")
        response = self.post("/create/api.throttle", self.admin, json={"outcome": "x"})
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_what_counts_no_more_is_removed(self):
        self.fail_to_log_in(2)
        self.assertSuccess(self.log_in())
        vacuum = self.env["api.throttle"]._gc_attempts
        self.make_older(3500)
        vacuum()
        self.assertEqual(self.outcomes(), ["failed", "failed", "succeeded"])
        self.make_older(200)
        vacuum()
        self.assertEqual(self.outcomes(), ["succeeded"])
        self.make_older(30 * 24 * 3600)
        vacuum()
        self.assertEqual(self.outcomes(), [])
