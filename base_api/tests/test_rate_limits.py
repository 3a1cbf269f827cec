# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import time

from odoo.tests import tagged

from odoo.addons.base_api.observing.metric_folder import MetricFolder
from odoo.addons.base_api.observing.metric_table import RATE_LIMITED, SEPARATOR

from .rate_limit_case import RateLimitCase, parse

ME = "/auth/me"
PROBLEM = "application/problem+json"


@tagged("post_install", "-at_install")
class TestRateLimits(RateLimitCase):
    def test_without_a_limit_nothing_is_sent_or_run(self):
        self.limiter._rests_until = 0
        connection = self.limiter._connection
        response = self.get(ME, self.employee)
        self.assertEqual(self.assertSuccess(response)["key"]["limits"], [])
        self.assertNotIn("RateLimit", response.headers)
        self.assertNotIn("RateLimit-Policy", response.headers)
        self.assertIs(self.limiter._connection, connection)

    def test_key_is_refused_when_its_limit_is_exhausted(self):
        self.set_limits(key_per_day=3)
        key = self.key_header()
        for left in (2, 1, 0):
            response = self.get(ME, headers=key)
            self.assertSuccess(response)
            self.assertEqual(self.left(response), {"key-per-day": left})
        policy = response.headers["RateLimit-Policy"]
        self.assertEqual(policy, '"key-per-day";q=3;w=86400')
        response = self.get(ME, headers=key)
        # A third of a day, without what the requests took.
        self.assertIn(self.assertLimited(response, "key-per-day"), range(28700, 28801))
        setting = "base_api.rate_key_per_day"
        self.assertIn(setting, response.json()["error"]["message"])
        # Another key has a limit of its own.
        self.assertSuccess(self.get(ME, headers=self.key_header()))

    def refusals(self, policy):
        """Return how many requests the metrics have that a limit refused."""
        series = MetricFolder(self.env.cr.dbname).sum_up().series
        return series.get(SEPARATOR.join((RATE_LIMITED, policy)), [0])[0]

    def test_refusals_are_in_the_metrics(self):
        self.set_limits(key_per_day=1)
        key, before = self.key_header(), self.refusals("key-per-day")
        self.assertSuccess(self.get(ME, headers=key))
        self.assertEqual(self.refusals("key-per-day"), before)
        for number in (1, 2):
            self.assertLimited(self.get(ME, headers=key), "key-per-day")
            self.assertEqual(self.refusals("key-per-day"), before + number)

    def test_errors_cost_and_have_the_headers(self):
        self.set_limits(key_per_day=10)
        key = self.key_header()
        for left, (path, status) in enumerate(
            [("/search/nope", 404), ("/search/res.partner?limit=x", 400)], 1
        ):
            response = self.get(path, headers=key)
            self.assertEqual(response.status_code, status)
            self.assertEqual(self.left(response), {"key-per-day": 10 - left})

    def test_not_modified_costs_one(self):
        self.set_limits(key_per_day=10, key_rows_per_day=10)
        key = self.key_header(self.admin)
        path = f"/search/res.partner/{self.admin.partner_id.id}?fields=name"
        response = self.get(path, headers=key)
        left = {"key-per-day": 9, "key-rows-per-day": 9}
        self.assertEqual(self.left(response), left)
        tag = {"If-None-Match": response.headers["ETag"]}
        response = self.get(path, headers=key | tag)
        self.assertEqual(response.status_code, 304)
        self.assertEqual(self.left(response), left | {"key-per-day": 8})

    def test_replay_costs_one(self):
        self.set_limits(key_per_day=10, key_rows_per_day=10)
        headers = self.key_header(self.admin) | {"Idempotency-Key": "k1"}
        for left in (9, 8):
            body = {"name": "Once"}
            response = self.post("/create/res.partner", headers=headers, json=body)
            self.assertSuccess(response, 201)
            found = {"key-per-day": left, "key-rows-per-day": 9}
            self.assertEqual(self.left(response), found)
        self.assertEqual(response.headers["Idempotency-Replayed"], "true")

    def test_options_and_test_are_free(self):
        self.set_limits(address_per_day=1)
        for _turn in range(3):
            self.assertSuccess(self.get("/test"))
            response = self.call("OPTIONS", ME)
            self.assertEqual(response.status_code, 204)
        self.assertSuccess(self.get(ME, self.employee))
        self.assertLimited(self.get(ME, self.employee), "address-per-day")

    def test_address_counts_requests_that_cannot_sign_in(self):
        self.set_limits(address_per_day=3, key_per_day=9)
        wrong = {"api-key": "oak_" + 44 * "x"}
        response = self.get(ME, headers=wrong)
        self.assertApiError(response, 401, "INVALID_API_KEY")
        self.assertEqual(self.left(response), {"address-per-day": 2})
        self.assertApiError(self.get("/nope"), 404, "NOT_FOUND")
        body = {"username": "nobody", "password": "wrong"}
        response = self.post("/auth/login", json=body)
        self.assertApiError(response, 401, "AUTH_FAILED")
        self.assertLimited(self.get(ME, headers=wrong), "address-per-day")
        self.assertLimited(self.post("/auth/login", json=body), "address-per-day")

    def test_user_counts_all_keys_and_sessions(self):
        self.set_limits(user_per_day=3)
        session = {"session-token": self.new_session(self.employee)}
        self.assertSuccess(self.get(ME, headers=session))
        self.assertSuccess(self.get(ME, headers=self.key_header()))
        data = self.assertSuccess(self.get(ME, headers=session))
        [limit] = data["limits"]
        reset = limit.pop("reset")
        self.assertIn(reset, range(28700, 28801))
        expected = {"policy": "user-per-day", "quota": 3, "unit": "requests"}
        self.assertEqual(limit, expected | {"window": 86400, "remaining": 0})
        self.assertLimited(self.get(ME, headers=self.key_header()), "user-per-day")
        self.assertSuccess(self.get(ME, self.admin))

    def test_refused_request_costs_nobody_anything(self):
        self.set_limits(key_per_day=1, user_per_day=3, address_per_day=100)
        key = self.key_header()
        self.assertSuccess(self.get(ME, headers=key))
        for _turn in range(5):
            response = self.get(ME, headers=key)
            self.assertLimited(response, "key-per-day")
        left = self.left(response)
        self.assertEqual((left["user-per-day"], left["address-per-day"]), (2, 99))
        response = self.get(ME, headers=self.key_header())
        left = self.left(response)
        self.assertEqual((left["user-per-day"], left["address-per-day"]), (1, 98))

    def test_all_exhausted_policies_are_named(self):
        self.set_limits(key_per_day=1, user_per_day=1, key_per_minute=5)
        key = self.key_header()
        self.assertSuccess(self.get(ME, headers=key))
        response = self.get(ME, headers=key)
        seconds = self.assertLimited(response, "user-per-day", "key-per-day")
        self.assertGreater(seconds, 86000)
        problem = self.get(ME, headers=key | {"Accept": PROBLEM}).json()
        self.assertEqual(problem["status"], 429)
        self.assertEqual(problem["type"], "urn:problem-type:base_api:RATE_LIMITED")
        self.assertEqual(problem["violated-policies"], ["user-per-day", "key-per-day"])
        self.assertTrue(problem["quota_type"].endswith("#quota-exceeded"))

    def test_it_works_again_after_the_seconds_of_retry_after(self):
        self.set_limits(key_per_minute=2)
        key = self.key_header()
        for _turn in range(2):
            self.assertSuccess(self.get(ME, headers=key))
        seconds = self.assertLimited(self.get(ME, headers=key), "key-per-minute")
        self.make_older(seconds)
        response = self.get(ME, headers=key)
        self.assertSuccess(response)
        self.assertEqual(self.left(response), {"key-per-minute": 0})
        self.assertLimited(self.get(ME, headers=key), "key-per-minute")

    def make_older(self, seconds):
        self.run_statement(
            f"UPDATE api_rate_limit SET per_minute = per_minute - {seconds}"
        )

    def test_body_is_not_read_before(self):
        self.set_limits(key_per_day=1)
        key = self.key_header(self.admin)
        self.assertSuccess(self.get(ME, headers=key))
        response = self.post("/create/res.partner", headers=key, data=b"{nonsense")
        self.assertLimited(response, "key-per-day")

    def test_own_limits_replace_those_of_the_settings(self):
        self.set_limits(key_per_day=5, key_per_minute=7, user_per_day=5)
        self.employee.api_limit_per_day = 9
        key = self.key_header(limits={"per_day": 8})
        response = self.get(ME, headers=key)
        self.assertEqual(
            self.left(response),
            {"user-per-day": 8, "key-per-minute": 6, "key-per-day": 7},
        )
        self.employee.api_limit_per_day = 0
        left = self.left(self.get(ME, headers=key))
        self.assertEqual(left["user-per-day"], 3)


@tagged("post_install", "-at_install")
class TestBatches(RateLimitCase):
    def run_batch(self, key, steps):
        step = {"method": "GET", "path": "/count/res.partner"}
        body = {"steps": steps * [step]}
        return self.post("/batch", headers=key, json=body)

    def test_each_step_costs_one(self):
        self.set_limits(key_per_day=10)
        key = self.key_header(self.admin)
        response = self.run_batch(key, 4)
        self.assertSuccess(response)
        self.assertEqual(self.left(response), {"key-per-day": 6})
        self.assertLimited(self.run_batch(key, 7), "key-per-day", left=6)
        response = self.run_batch(key, 6)
        self.assertSuccess(response)
        self.assertEqual(self.left(response), {"key-per-day": 0})

    def test_batch_that_never_fits(self):
        self.set_limits(key_burst=3, key_per_day=100)
        key = self.key_header(self.admin)
        response = self.run_batch(key, 4)
        error = self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")
        self.assertIn("key-burst", error["message"])
        self.assertIn("at most 3 steps", error["message"])
        self.assertEqual(self.left(response)["key-per-day"], 100)
        self.assertEqual(self.left(self.run_batch(key, 3))["key-per-day"], 97)


@tagged("post_install", "-at_install")
class TestRows(RateLimitCase):
    def test_records_of_answers(self):
        self.set_limits(key_rows_per_day=100)
        key = self.key_header(self.admin)
        response = self.get("/search/res.partner?limit=3", headers=key)
        count = len(self.assertSuccess(response)["records"])
        policy = parse(response.headers["RateLimit-Policy"])["key-rows-per-day"]
        self.assertEqual(policy, {"q": "100", "w": "86400", "qu": '"rows"'})
        left = 100 - count
        self.assertEqual(self.left(response), {"key-rows-per-day": left})
        records = [{"name": "A"}, {"name": "B"}]
        response = self.post("/create/res.partner", headers=key, json=records)
        left -= 2
        self.assertEqual(self.left(response), {"key-rows-per-day": left})
        steps = [
            {"method": "POST", "path": "/create/res.partner", "body": {"name": "C"}},
            {"method": "GET", "path": "/search/res.partner?limit=2"},
            {"method": "GET", "path": "/count/res.partner"},
        ]
        response = self.post("/batch", headers=key, json={"steps": steps})
        self.assertSuccess(response)
        left -= 3
        self.assertEqual(self.left(response), {"key-rows-per-day": left})
        response = self.get("/auth/me", headers=key)
        self.assertEqual(self.left(response), {"key-rows-per-day": left})

    def test_export_is_charged_when_it_was_sent(self):
        self.set_limits(key_rows_per_day=2)
        key = self.key_header(self.admin)
        response = self.get("/export/res.partner?fields=id", headers=key)
        rows = [json.loads(line) for line in response.text.splitlines()]
        self.assertGreater(len(rows), 2)
        # It is not cut short. What is too much has to be restored first.
        seconds = self.assertLimited(
            self.get("/auth/me", headers=key), "key-rows-per-day"
        )
        owed = min(len(rows) - 1, 3)
        self.assertIn(seconds, range(owed * 43200 - 100, owed * 43200 + 1))


@tagged("post_install", "-at_install")
class TestConcurrent(RateLimitCase):
    def assertAllFree(self):
        """Check that no slot is held: it is freed after the answer was sent."""
        deadline = time.monotonic() + 30
        while self.limiter._slots and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(self.limiter._slots, {})

    def test_slots_of_others_and_of_this_process(self):
        self.set_limits(key_concurrent=2)
        key = self.key_header()
        response = self.get("/auth/me", headers=key)
        policy = parse(response.headers["RateLimit-Policy"])
        self.assertEqual(policy["key-concurrent"]["qu"], '"concurrent-requests"')
        self.assertEqual(self.left(response), {"key-concurrent": 1})
        subject = f"key:{self.employee.sudo().api_key_ids.ids[-1]}"
        self.assertAllFree()
        slots = [self.limiter.lock(subject, 2) for _turn in range(3)]
        self.assertEqual(slots, [1, 2, 0])
        response = self.get("/auth/me", headers=key)
        self.assertEqual(self.assertLimited(response, "key-concurrent"), 1)
        self.limiter.unlock(subject, 1)
        self.assertSuccess(self.get("/auth/me", headers=key))
        self.limiter.unlock(subject, 2)
        self.assertAllFree()

    def test_refused_request_holds_no_slot(self):
        self.set_limits(key_concurrent=2, user_concurrent=1, key_per_day=1)
        key = self.key_header()
        self.assertSuccess(self.get("/auth/me", headers=key))
        for _turn in range(3):
            self.assertLimited(self.get("/auth/me", headers=key), "key-per-day")
        self.assertEqual(self.limiter._slots, {})
