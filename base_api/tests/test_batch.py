# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .batch_case import CREATE, BatchCase

FAILURE = UserError("The service failed")


class TestBatch(BatchCase):
    def test_failure_leaves_nothing(self):
        response = self.batch(
            self.create_step("Lost", id="a"),
            self.create_step("Lost too", id="b", body={"type": "nope"}),
        )
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(
            error["step"], {"index": 1, "id": "b", "method": "POST", "path": CREATE}
        )
        self.assertEqual(error["details"][0]["pointer"], "/steps/1/body/type")
        self.assertFalse(self.names_like("Lost"))

    @mute_logger("odoo.sql_db")
    def test_constraint_is_of_the_step_that_broke_it(self):
        key = "base_api.test_batch"
        body = {"key": key, "value": "1"}
        create = {"method": "POST", "path": "/create/ir.config_parameter"}
        response = self.batch(
            create | {"body": body},
            create | {"body": body},
            self.create_step("Later"),
            user=self.admin,
        )
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["step"]["index"], 1)
        self.assertFalse(self.env["ir.config_parameter"].get_param(key))

    def test_errors_keep_status_and_code(self):
        for step, status, code in (
            ({"path": "/search/nope"}, 404, "MODEL_NOT_FOUND"),
            ({"path": "/search/res.partner/0"}, 404, "RECORD_NOT_FOUND"),
            ({"path": "/search/res.partner?nope=1"}, 400, "INVALID_FILTER"),
            ({"path": "/search/res.partner?limit=x"}, 400, "INVALID_PARAMETER"),
            ({"path": "/nope"}, 404, "NOT_FOUND"),
            ({"path": "/api/v2/count/res.partner"}, 404, "NOT_FOUND"),
            ({"path": "//"}, 404, "NOT_FOUND"),
            ({"path": "/%0A"}, 404, "NOT_FOUND"),
            ({"path": "/../../web"}, 404, "NOT_FOUND"),
            ({"path": CREATE}, 405, "METHOD_NOT_ALLOWED"),
            ({"path": "/search/ir.config_parameter"}, 403, "ACCESS_DENIED"),
            ({"method": "POST", "path": CREATE}, 400, "NO_DATA"),
            ({"method": "POST", "path": CREATE, "body": 5}, 400, "INVALID_JSON"),
            ({"method": "POST", "path": CREATE, "body": [5]}, 400, "INVALID_JSON"),
            ({"path": "/search/res.partner", "body": {}}, 400, "INVALID_STEP"),
        ):
            with self.subTest(step=step):
                step = {"method": "GET"} | step
                error = self.assertApiError(self.batch(step), status, code)
                self.assertEqual(error["step"]["path"], step["path"])

    def test_what_is_not_for_batches(self):
        for method, path in (
            ("POST", "/batch"),
            ("POST", "/auth/login"),
            ("POST", "/auth/logout"),
            ("POST", "/auth/refresh"),
            ("GET", "/auth/sessions"),
            ("GET", "/auth/me"),
            ("POST", "/create/res.users"),
            ("PUT", f"/users/{self.clerk.id}/password"),
            ("POST", f"/users/{self.clerk.id}/api-key"),
        ):
            response = self.batch({"method": method, "path": path, "body": {"a": 1}})
            self.assertApiError(response, 400, "INVALID_STEP")

    def test_bad_steps(self):
        good = {"method": "GET", "path": "/search/res.partner"}
        for steps, pointer in (
            (5, "/steps"),
            ([], "/steps"),
            ({}, "/steps"),
            ([5], "/steps/0"),
            ([good, {}], "/steps/1/method"),
            ([good | {"method": "get"}], "/steps/0/method"),
            ([good | {"method": []}], "/steps/0/method"),
            ([good | {"path": "search/x"}], "/steps/0/path"),
            ([good | {"path": 5}], "/steps/0/path"),
            ([good | {"nope": 5}], "/steps/0/nope"),
            ([good | {"id": "a.b"}], "/steps/0/id"),
            ([good | {"id": "0"}], "/steps/0/id"),
            ([good | {"id": 0}], "/steps/0/id"),
            ([good | {"id": ""}], "/steps/0/id"),
            ([good | {"id": "a"}, good | {"id": "a"}], "/steps/1/id"),
            ([good | {"headers": []}], "/steps/0/headers"),
            ([good | {"headers": {"X": 5}}], "/steps/0/headers"),
            ([good | {"headers": {"X": "a\r\nb"}}], "/steps/0/headers"),
        ):
            with self.subTest(steps=steps):
                response = self.post("/batch", self.clerk, json={"steps": steps})
                error = self.assertApiError(response, 400, "INVALID_STEP")
                self.assertEqual(error["details"][0]["pointer"], pointer)
        response = self.post("/batch", self.clerk, json={"step": [good]})
        error = self.assertApiError(response, 400, "INVALID_STEP")
        self.assertIn("'steps'", error["message"])
        response = self.batch(*[good] * 101)
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_headers_of_the_whole_request_are_not_for_steps(self):
        for header in ("Prefer", "api-key", "Authorization", "X-Company-Id", "Nope"):
            step = {"method": "GET", "path": "/search/res.partner"}
            response = self.batch(step | {"headers": {header: "1"}})
            self.assertApiError(response, 400, "INVALID_STEP")

    def test_deep_body(self):
        deep = []
        for _ in range(500):
            deep = [deep]
        step = self.create_step("Deep", body={"city": deep})
        self.assertApiError(self.batch(step), 400, "INVALID_JSON")

    def test_all_that_a_key_does_not_allow_is_told(self):
        key = self.new_key(self.admin, models={"res.partner": ["read"]})
        steps = [
            {"method": "GET", "path": "/search/res.partner?limit=1"},
            {"method": "POST", "path": "/create/res.partner", "body": {"name": "A"}},
            {"method": "GET", "path": "/search/res.country/{1.id}"},
            {"method": "GET", "path": "/search/{2.model}/1"},
            {"method": "GET", "path": "/nope"},
        ]
        response = self.post("/batch", json={"steps": steps}, headers={"api-key": key})
        error = self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertEqual(error["step"]["index"], 1)
        self.assertEqual(
            [(entry["field"], entry["code"]) for entry in error["details"]],
            [("steps/1", "key_restricted"), ("steps/2", "key_restricted")],
        )
        self.assertIn("create on res.partner", error["details"][0]["message"])
        self.assertIn("read on res.country", error["details"][1]["message"])

    def test_restricted_keys_hold_in_each_step(self):
        read = {"method": "GET", "path": "/search/res.partner?limit=1"}
        headers = {"api-key": self.new_key(self.clerk, read_only=True)}
        body = {"steps": [read]}
        self.assertSuccess(self.post("/batch", headers=headers, json=body))
        call = {"method": "POST", "path": "/call/res.users/context_get"}
        for other in (self.create_step("No"), call):
            body = {"steps": [read, other]}
            response = self.post("/batch", headers=headers, json=body)
            error = self.assertApiError(response, 403, "KEY_RESTRICTED")
            self.assertEqual(error["step"]["index"], 1)
        models = {"res.partner": ["create"], "res.country": ["read"]}
        headers = {"api-key": self.new_key(self.clerk, models=models)}
        countries = {"id": "c", "method": "GET", "path": "/search/res.country?limit=1"}
        body = {"steps": [countries, self.create_step("Yes")]}
        self.assertSuccess(self.post("/batch", headers=headers, json=body))
        for path in (
            "/search/res.partner",
            "/search/{c.model}.state",
            "/search/res.users/{c.records.0.id}",
        ):
            body = {"steps": [countries, {"method": "GET", "path": path}]}
            response = self.post("/batch", headers=headers, json=body)
            self.assertApiError(response, 403, "KEY_RESTRICTED")

    def test_preferences_hold_in_each_step(self):
        headers = {"Prefer": "handling=lenient"}
        step = {"method": "GET", "path": "/search/res.partner?limit=1&fields=id,nope"}
        [result] = self.run_batch(step, headers=headers)
        self.assertEqual(result["data"]["fields"], ["id"])

    def test_no_step_ends_the_transaction(self):
        def commit(partners, *args):
            partners.env.cr.commit()

        def roll_back(partners, *args):
            partners.env.cr.rollback()

        def roll_back_after_an_error(partners, *args):
            try:
                partners.env.cr.execute("SELECT nothing")
            except Exception:  # noqa: BLE001 what addons do
                partners.env.cr.rollback()

        def end_somehow(partners, *args):
            with suppress(Exception):
                partners.env.cr.commit()
            with suppress(Exception):
                partners.env.cr.rollback()

        def end_and_fail(partners, *args):
            try:
                partners.env.cr.rollback()
            except Exception as exc:
                raise FAILURE from exc

        step = {"method": "POST", "path": "/call/res.partner/find_or_create"}
        step["body"] = {"args": ["a@example.com"]}
        for method in (
            commit,
            roll_back,
            roll_back_after_an_error,
            end_somehow,
            end_and_fail,
        ):
            partners = type(self.env["res.partner"])
            with (
                self.subTest(method=method.__name__),
                patch.object(partners, "find_or_create", method),
                mute_logger("odoo.sql_db"),
            ):
                response = self.batch(
                    self.create_step("Kept"), step, self.create_step("Kept too")
                )
            error = self.assertApiError(response, 400, "INVALID_STEP")
            self.assertEqual(error["step"]["index"], 1)
            self.assertFalse(self.names_like("Kept"))

    def test_nothing_ends_the_transaction_before_the_commit(self):
        def commit(partners, *args):
            partners.env.cr.precommit.add(partners.env.cr.commit)

        def roll_back(partners, *args):
            partners.env.cr.precommit.add(partners.env.cr.rollback)

        step = {"method": "POST", "path": "/call/res.partner/find_or_create"}
        step["body"] = {"args": ["a@example.com"]}
        partners = type(self.env["res.partner"])
        for method in (commit, roll_back):
            with patch.object(partners, "find_or_create", method):
                response = self.batch(self.create_step("Kept"), step)
            error = self.assertApiError(response, 400, "INVALID_STEP")
            self.assertNotIn("step", error)
            self.assertFalse(self.names_like("Kept"))

    def test_dry_run(self):
        headers = {"Prefer": "dry-run"}
        update = {"method": "PATCH", "path": "/update/res.partner/{a.id}"}
        data = self.assertSuccess(
            self.batch(
                self.create_step("Tried", id="a"),
                update | {"body": {"city": "Ghent"}},
                headers=headers,
            )
        )
        self.assertNotIn("headers", data["results"][0])
        self.assertIs(data["dry_run"], True)
        [change] = data["changes"]
        self.assertIsNone(change["before"])
        self.assertEqual(change["after"]["city"], "Ghent")
        self.assertFalse(self.names_like("Tried"))

    def test_max_affected_is_for_all_steps_together(self):
        steps = [self.create_step("Few"), self.create_step("Few too")]
        headers = {"Prefer": "max-affected=1"}
        response = self.batch(*steps, headers=headers)
        error = self.assertApiError(response, 409, "MAX_AFFECTED_EXCEEDED")
        self.assertEqual(error["step"]["index"], 1)
        self.assertFalse(self.names_like("Few"))
        self.run_batch(*steps, headers={"Prefer": "max-affected=2"})

    def test_if_match(self):
        [created] = self.run_batch(self.create_step("Matched"))
        update = {"method": "PATCH", "body": {"city": "Ghent"}}
        update["path"] = f"/update/res.partner/{created['data']['id']}"
        update["headers"] = {"if-match": created["headers"]["ETag"]}
        self.run_batch(update)
        # In its transaction the tests of Odoo update a row without a new version.
        update["headers"] = {"If-Match": '"0-0"'}
        error = self.assertApiError(self.batch(update), 412, "PRECONDITION_FAILED")
        self.assertEqual(error["step"]["index"], 0)

    def test_many_at_once(self):
        *_others, gone = self.run_batch(
            self.create_step("Many", id="a"),
            self.create_step("Many", id="b"),
            {
                "method": "PATCH",
                "path": "/update/res.partner",
                "body": {
                    "ids": [{"$ref": "a.id"}, {"$ref": "b.id"}],
                    "values": {"city": "Ghent"},
                },
            },
            {"method": "DELETE", "path": "/delete/res.partner?ids={a.id},{b.id}"},
        )
        self.assertEqual(gone["data"]["count"], 2)

    def test_attachment(self):
        self.run_batch(
            self.create_step("With a file", id="a"),
            {
                "method": "POST",
                "path": "/attachments",
                "body": {
                    "name": "a.txt",
                    "datas": "YQ==",
                    "res_model": "res.partner",
                    "res_id": {"$ref": "a.id"},
                },
            },
        )

    def test_idempotency(self):
        headers = {"Idempotency-Key": "batch-1"}
        steps = [self.create_step("Once", id="a"), self.create_step("Once more")]
        first = self.run_batch(*steps, headers=headers)
        again = self.run_batch(*steps, headers=headers)
        self.assertEqual(first, again)
        self.assertEqual(len(self.names_like("Once")), 2)

    def test_sign_in_is_needed(self):
        response = self.post("/batch", json={"steps": []})
        self.assertApiError(response, 401, "MISSING_API_KEY")
