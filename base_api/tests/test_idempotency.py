# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Datetime
from odoo.service.model import MAX_TRIES_ON_CONCURRENCY_FAILURE
from odoo.tests import mute_logger

from odoo.addons.base_api.http_content import CHUNK, HttpContent
from odoo.addons.base_api.operations.operation import Operation
from odoo.addons.base_api.safety.idempotency import fingerprint

from .common import ApiCase

KEY = "4f1c7f0e-order-1"
FAILURE = UserError("No")


class TestIdempotency(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.other = cls.new_user("other", "base.group_user,base.group_partner_manager")
        cls.env["api.idempotency"].search([]).unlink()

    def send(self, method, path, key=KEY, user=None, headers=None, **kwargs):
        headers = dict(headers or {})
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.call(method, path, user or self.employee, headers=headers, **kwargs)

    def create_partner(self, name="Once", **kwargs):
        kwargs.setdefault("json", {"name": name})
        return self.send("POST", "/create/res.partner", **kwargs)

    def count(self, name="Once"):
        return self.env["res.partner"].search_count([("name", "=", name)])

    def rows(self):
        return self.env["api.idempotency"].sudo().search([])

    def assertReplay(self, response, first):
        self.assertEqual(response.status_code, first.status_code)
        self.assertEqual(response.content, first.content)
        self.assertEqual(response.headers["Idempotency-Replayed"], "true")
        for name in ("Content-Type", "Location", "Preference-Applied"):
            self.assertEqual(response.headers.get(name), first.headers.get(name))

    def test_a_repeat_gets_the_same_answer_and_writes_nothing(self):
        first = self.create_partner()
        self.assertSuccess(first, 201)
        self.assertNotIn("Idempotency-Replayed", first.headers)
        for _time in range(2):
            self.assertReplay(self.create_partner(), first)
        self.assertEqual(self.count(), 1)

    def test_a_repeat_of_an_update_and_of_a_deletion(self):
        partner = self.env["res.partner"].create({"name": "Again"})
        path = f"/res.partner/{partner.id}"
        update = self.send("PATCH", f"/update{path}", json={"ref": "A"})
        self.assertSuccess(update)
        partner.ref = "B"
        again = self.send("PATCH", f"/update{path}", json={"ref": "A"})
        self.assertReplay(again, update)
        self.assertEqual(partner.ref, "B")
        deletion = self.send("DELETE", f"/delete{path}", "delete")
        self.assertSuccess(deletion)
        self.assertReplay(self.send("DELETE", f"/delete{path}", "delete"), deletion)

    def test_another_request_with_the_same_key_is_refused(self):
        partner = self.assertSuccess(self.create_partner(), 201)["id"]
        company = str(self.env.company.id)
        for response in (
            self.create_partner(json={"name": "Other"}),
            self.create_partner(json=[{"name": "Once"}]),
            self.create_partner(headers={"X-Company-Id": company}),
            self.send("POST", "/create/res.partner.category", json={"name": "Once"}),
            self.send("PUT", f"/update/res.partner/{partner}", json={"name": "Once"}),
            self.send("DELETE", f"/delete/res.partner/{partner}"),
        ):
            self.assertApiError(response, 422, "IDEMPOTENCY_KEY_REUSED")
        self.assertEqual(self.count("Other"), 0)

    def test_how_the_answer_is_to_look_is_no_part_of_the_request(self):
        first = self.create_partner()
        again = self.create_partner(headers={"Prefer": "types=strict"})
        self.assertReplay(again, first)

    def test_a_key_is_for_one_user_with_any_credential(self):
        first = self.create_partner()
        mine = {"session-token": self.new_session(self.employee)}
        mine["Idempotency-Key"] = KEY
        again = self.post("/create/res.partner", headers=mine, json={"name": "Once"})
        self.assertReplay(again, first)
        self.assertSuccess(self.create_partner(user=self.other), 201)
        self.assertEqual(self.count(), 2)

    def test_a_restricted_key_gets_no_answer_of_one_that_is_not(self):
        first = self.create_partner()
        body = {"models": {"res.partner": ["create"]}}
        path = f"/users/{self.employee.id}/api-key"
        key = self.assertSuccess(self.post(path, self.employee, json=body))["api_key"]
        headers = {"api-key": key, "Idempotency-Key": KEY}
        again = self.post("/create/res.partner", headers=headers, json={"name": "Once"})
        self.assertApiError(again, 422, "IDEMPOTENCY_KEY_REUSED")
        self.assertReplay(self.create_partner(), first)

    def test_what_is_refused_runs_again(self):
        for name in (["a"], {"a": 1}):
            response = self.create_partner(name)
            self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertFalse(self.rows())
        self.assertSuccess(self.create_partner(), 201)

    def test_what_the_database_refuses_is_not_stored(self):
        body = {"name": "Once", "country_id": 999999}
        with mute_logger("odoo.sql_db"):
            self.assertApiError(self.create_partner(json=body), 422, "VALIDATION_ERROR")
        self.assertFalse(self.rows())

    def test_an_answer_that_expired_counts_as_absent(self):
        first = self.assertSuccess(self.create_partner(), 201)
        row = self.rows()
        row.expiration_date = Datetime.now() - timedelta(seconds=1)
        body = {"name": "Once", "ref": "Another"}
        response = self.create_partner(json=body)
        self.assertNotEqual(self.assertSuccess(response, 201)["id"], first["id"])
        self.assertReplay(self.create_partner(json=body), response)
        self.assertEqual(self.rows(), row)
        self.assertGreater(row.expiration_date, Datetime.now())

    def test_expired_answers_are_removed(self):
        self.create_partner()
        self.create_partner(key="another")
        rows = self.env["api.idempotency"]
        rows._gc_expired_answers()
        self.assertEqual(len(self.rows()), 2)
        self.rows()[:1].expiration_date = Datetime.now() - timedelta(seconds=1)
        self.assertEqual(rows._gc_expired_answers(), (1, False))
        self.assertEqual(len(self.rows()), 1)

    def test_nothing_of_a_request_and_no_secret_of_an_answer_is_stored(self):
        path = f"/users/{self.employee.id}/api-key"
        key = self.assertSuccess(self.send("POST", path))["api_key"]
        row = self.rows()
        self.assertFalse(row.body)
        self.env.cr.execute("SELECT row_to_json(r)::text FROM api_idempotency r")
        [(text,)] = self.env.cr.fetchall()
        self.assertNotIn(key, text)
        self.assertNotIn(KEY, text)
        keys = self.env["res.users.apikeys"].sudo()
        count = keys.search_count([("user_id", "=", self.employee.id)])
        self.assertApiError(self.send("POST", path), 409, "ANSWER_NOT_KEPT")
        # One more, by which the repeat signed in.
        after = keys.search_count([("user_id", "=", self.employee.id)])
        self.assertEqual(after, count + 1)

    def test_reading_and_who_is_nobody_are_left_alone(self):
        self.assertSuccess(self.send("GET", "/search/res.partner", "a b"))
        headers = {"Idempotency-Key": KEY}
        response = self.post("/auth/login", headers=headers, json={"username": "x"})
        self.assertApiError(response, 400, "MISSING_CREDENTIALS")
        self.assertFalse(self.rows())

    def test_keys_are_visible_characters(self):
        for key in ("", "a b", "x" * 256, "\xe9", "a\tb"):
            with self.subTest(key=key):
                response = self.create_partner(key=key.encode("latin-1"))
                self.assertApiError(response, 400, "INVALID_PARAMETER")
        self.assertSuccess(self.create_partner(key="~" * 255), 201)

    def test_nobody_reads_the_answers_of_others(self):
        self.create_partner()
        for user in (self.employee, self.admin):
            response = self.get("/search/api.idempotency", user)
            self.assertApiError(response, 403, "ACCESS_DENIED")
            data = self.assertSuccess(self.get("/models?search=api.idem", user))
            self.assertFalse(data["models"])

    def send_call(self, act, **kwargs):
        """Call a method that creates a partner, and does `act(cr)` then."""

        def find_or_create(partners, *args):
            partners.create({"name": "Once"})
            act(partners.env.cr)
            return "done"

        path = "/call/res.partner/find_or_create"
        partners = type(self.env["res.partner"])
        with patch.object(partners, "find_or_create", find_or_create):
            return self.send("POST", path, json={"args": ["a"]}, **kwargs)

    def test_a_method_that_ends_the_transaction_is_run_once(self):
        def commit_and_roll_back(cursor):
            cursor.commit()
            cursor.rollback()

        for act, count in (
            (lambda cursor: cursor.rollback(), 0),
            (lambda cursor: cursor.commit(), 1),
            (commit_and_roll_back, 1),
            (lambda cursor: cursor.precommit.add(cursor.rollback), 0),
        ):
            self.env["res.partner"].search([("name", "=", "Once")]).unlink()
            self.rows().unlink()
            first = self.send_call(act)
            self.assertEqual(self.assertSuccess(first)["result"], "done")
            self.assertEqual(self.count(), count)
            for _time in range(2):
                self.assertReplay(self.send_call(self.fail), first)
            self.assertEqual(len(self.rows()), 1)

    def test_what_was_interrupted_after_a_commit_is_not_run_again(self):
        def commit_and_fail(cursor):
            cursor.commit()
            raise FAILURE

        response = self.send_call(commit_and_fail)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(self.count(), 1)
        response = self.send_call(self.fail)
        error = self.assertApiError(response, 409, "ANSWER_NOT_KEPT")
        self.assertIn("committed part of its work", error["message"])

    def test_what_failed_after_a_rollback_runs_again(self):
        def roll_back_and_fail(cr):
            cr.rollback()
            raise FAILURE

        response = self.send_call(roll_back_and_fail)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertFalse(self.rows())
        self.assertSuccess(self.send_call(lambda cr: None))

    def test_an_answer_that_expired_is_not_given_after_a_commit(self):
        self.assertSuccess(self.send_call(lambda cr: None))
        self.rows().expiration_date = Datetime.now() - timedelta(seconds=1)
        self.assertSuccess(self.send_call(lambda cursor: cursor.commit()))

        def commit_and_fail(cursor):
            cursor.commit()
            raise FAILURE

        self.rows().expiration_date = Datetime.now() - timedelta(seconds=1)
        self.assertApiError(self.send_call(commit_and_fail), 422, "VALIDATION_ERROR")
        self.assertApiError(self.send_call(self.fail), 409, "ANSWER_NOT_KEPT")

    def test_who_loses_the_key_is_started_over(self):
        calls = []

        def lose(cr):
            calls.append(cr)
            rows = type(self.env["api.idempotency"])
            with patch.object(rows, "_take", lambda *_args: None):
                with suppress(ConcurrencyError):
                    cr.rollback()

        with patch("odoo.service.model.time.sleep"):
            response = self.send_call(lose)
        self.assertApiError(response, 409, "CONFLICT")
        self.assertEqual(len(calls), MAX_TRIES_ON_CONCURRENCY_FAILURE)
        self.assertFalse(self.rows())

    def test_an_answer_without_a_row_is_not_given(self):
        def forget(cr):
            cr.execute("DELETE FROM api_idempotency")

        self.assertApiError(self.send_call(forget), 422, "VALIDATION_ERROR")
        self.assertFalse(self.count())

    def test_parts_of_a_body_count_and_not_its_boundary(self):
        def print_of(content, filename="a.txt", name="file", **more):
            data = {"id": "1", name: (BytesIO(content), filename)} | more
            request = Request(EnvironBuilder(method="POST", data=data).get_environ())
            operation = Operation(
                None,
                "POST",
                "/",
                {},
                request.args,
                request.headers,
                HttpContent(request),
            )
            printed = fingerprint(KEY, operation, self.env, {})
            # The endpoint reads the file from its beginning.
            self.assertEqual(request.files[name].read(), content)
            return printed

        content = b"x" * CHUNK + b"y"
        first = print_of(content)
        self.assertEqual(print_of(content), first)
        for other in (
            print_of(content + b"z"),
            print_of(content, filename="b.txt"),
            print_of(content, name="other"),
            print_of(content, more="1"),
        ):
            self.assertNotEqual(other, first)

    def test_they_go_with_their_user(self):
        self.create_partner(user=self.other)
        self.other.unlink()
        self.assertFalse(self.rows())

    def test_a_dry_run_stores_nothing_and_is_no_repeat(self):
        headers = {"Prefer": "dry-run"}
        self.assertSuccess(self.create_partner(headers=headers), 201)
        self.assertFalse(self.rows())
        first = self.create_partner()
        dry = self.assertSuccess(self.create_partner(headers=headers), 201)
        self.assertTrue(dry["dry_run"])
        self.assertReplay(self.create_partner(), first)
