# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads in the audit trail: a sample of all, or as the option of the key says."""

import time
from contextlib import nullcontext
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base_api.auth.audited_reads import from_flag
from odoo.addons.base_api.observing.count_store import STORE
from odoo.addons.base_api.observing.usage import USAGE
from odoo.addons.base_api.operations import policies

from .audit_case import PARTNERS, AuditCase
from .test_multipart import SerializationFailure


class AuditedReadsCase(AuditCase):
    def setUp(self):
        super().setUp()
        STORE.reset()

    def set_percent(self, percent):
        self.env["ir.config_parameter"].set_param("base_api.audit_reads", str(percent))

    def rows_of(self, path, user=None, method="GET", counted="GET", **options):
        """Send a request; return its answer and the rows that were added about it.

        :param counted: what is in the count of this request, and not of earlier ones
        """
        answer = self.call(method, path, user, **options)
        # The row follows the answer, and so does the count of the request.
        wait_for_count(self, STORE, counted)
        STORE.store(lambda _database: nullcontext(self.env.cr))
        return answer, self.entries()

    def read_audited(self, percent, path=f"/search/{PARTNERS}/1", user=None):
        self.set_percent(percent)
        return self.rows_of(path, user or self.admin)


@tagged("post_install", "-at_install")
class TestAuditedReads(AuditedReadsCase):
    def test_off_by_default(self):
        answer, rows = self.read_audited(0)
        self.assertSuccess(answer)
        self.assertFalse(rows)

    def test_all(self):
        answer, row = self.read_audited(100)
        self.assertSuccess(answer)
        self.assertEqual(len(row), 1)
        self.assertEqual((row.user_id, row.key_name), (self.admin, "Test"))
        self.assertEqual((row.http_method, row.model), ("GET", PARTNERS))
        self.assertEqual((row.record_ids, row.status), ("1", 200))
        self.assertEqual(row.request_id, answer.headers["X-Request-Id"])
        self.assertFalse(row.error_code)

    def test_refused(self):
        answer, row = self.read_audited(
            100, "/search/ir.config_parameter", self.employee
        )
        self.assertApiError(answer, 403, "ACCESS_DENIED")
        self.assertEqual((row.status, row.error_code), (403, "ACCESS_DENIED"))

    def test_without_a_credential(self):
        self.set_percent(100)
        answer, rows = self.rows_of("/auth/me")
        self.assertApiError(answer, 401, "MISSING_API_KEY")
        self.assertFalse(rows)

    def test_a_part(self):
        with patch("random.random", side_effect=[0.49, 0.51]):
            _answer, first = self.read_audited(50)
            _answer, second = self.read_audited(50)
        self.assertEqual([len(first), len(second)], [1, 0])


@tagged("post_install", "-at_install")
class TestKeysWithAuditedReads(AuditedReadsCase):
    def make(self, caller=None, user=None, headers=None, **body):
        """Create a key over the API; return the answer."""
        path = f"/users/{(user or self.employee).id}/api-key"
        caller = None if headers else caller or self.admin
        return self.call("POST", path, caller, headers=headers, json=body)

    def new_audited_key(self, audit_reads, **options):
        made = self.assertSuccess(self.make(audit_reads=audit_reads, **options))
        self.entries()
        return made

    def assertNoted(self, key, count):
        _answer, rows = self.rows_of("/auth/me", headers={"api-key": key})
        self.assertEqual(len(rows), count)

    def change(self, made, audit_reads, **options):
        path = f"/users/{self.employee.id}/api-keys/{made['id']}"
        body = {"audit_reads": audit_reads}
        return self.call("PATCH", path, json=body, **options)

    def test_the_key_decides_instead_of_the_setting(self):
        keys = {choice: self.new_audited_key(choice) for choice in (True, False, None)}
        for percent, noted in ((0, (1, 0, 0)), (100, (1, 0, 1))):
            self.set_percent(percent)
            for choice, count in zip(keys, noted, strict=True):
                with self.subTest(percent=percent, audit_reads=choice):
                    self.assertNoted(keys[choice]["api_key"], count)

    def test_it_is_in_the_description_of_the_key_and_can_be_changed(self):
        made = self.new_audited_key(True)
        for sent in (False, None, True):
            answer = self.change(made, sent, user=self.admin)
            key = self.assertSuccess(answer)["api_key"]
            self.assertIs(key["audit_reads"], sent)
        path = f"/users/{self.employee.id}/api-keys"
        keys = self.assertSuccess(self.get(path, self.admin))["api_keys"]
        self.assertIn(True, [key["audit_reads"] for key in keys])

    def test_a_change_of_something_else_keeps_it(self):
        made = self.new_audited_key(True)
        path = f"/users/{self.employee.id}/api-keys/{made['id']}"
        answer = self.call("PATCH", path, self.employee, json={"name": "Till"})
        self.assertIs(self.assertSuccess(answer)["api_key"]["audit_reads"], True)

    def test_only_administrators_set_it(self):
        for choice in (True, False):
            answer = self.make(self.employee, audit_reads=choice)
            self.assertApiError(answer, 403, "ACCESS_DENIED")
        made = self.new_audited_key(True)
        for choice in (False, None):
            answer = self.change(made, choice, user=self.employee)
            self.assertApiError(answer, 403, "ACCESS_DENIED")
        models = {"res.users.apikeys": ["create", "update"]}
        headers = {"api-key": self.new_key(self.admin, models=models)}
        answer = self.change(made, False, headers=headers)
        self.assertApiError(answer, 403, "KEY_RESTRICTED")

    def test_keys_that_it_makes_or_becomes_are_audited_too(self):
        made = self.new_audited_key(True, expires_in_days=1)
        headers = {"api-key": made["api_key"]}
        child = self.assertSuccess(self.make(headers=headers))
        path = f"/users/{self.employee.id}/api-keys/{made['id']}/roll"
        rolled = self.assertSuccess(self.call("POST", path, headers=headers))
        self.entries()
        for key in (child, rolled):
            self.assertNoted(key["api_key"], 1)

    def test_wrong_values(self):
        for value in ("yes", 1, []):
            answer = self.make(audit_reads=value)
            self.assertApiError(answer, 400, "INVALID_PARAMETER")

    def test_the_dialog(self):
        wizard = self.env["api.key.create"].create(
            {"user_id": self.admin.id, "name": "Dialog", "audit_reads": "all"}
        )
        # The wrapper of `check_identity` needs an HTTP request.
        action = type(wizard).make_key.__wrapped__(wizard)
        self.assertNoted(action["context"]["default_key"], 1)


@tagged("post_install", "-at_install")
class TestAuditedReadsOfBatches(AuditedReadsCase):
    read = {"method": "GET", "path": f"/search/{PARTNERS}/1"}
    write = {"method": "POST", "path": f"/create/{PARTNERS}", "body": {"name": "A"}}

    def batch(self, *steps, audit_reads=None, **headers):
        """Run a batch with a key; return its answer and its rows in their order."""
        keys = self.env["res.users.apikeys"].sudo()
        options = {"audit_reads": from_flag(audit_reads)}
        key = keys._base_api_create(self.admin, "Test", None, **options)
        headers |= {"api-key": key}
        options = {"headers": headers, "json": {"steps": steps}}
        answer, rows = self.rows_of("/batch", None, "POST", "/batch", **options)
        return answer, rows.sorted("step")

    def test_steps_that_read_are_noted_as_the_key_says(self):
        search = {"method": "POST", "path": f"/search/{PARTNERS}", "body": {"limit": 1}}
        steps = [self.read, self.write, self.read, search]
        for choice, noted in ((True, [1, 2, 3, 4]), (False, [2]), (None, [2])):
            with self.subTest(audit_reads=choice):
                answer, rows = self.batch(*steps, audit_reads=choice)
                self.assertSuccess(answer)
                self.assertEqual(rows.mapped("step"), noted)

    def test_a_row_is_like_that_of_another_read(self):
        answer, rows = self.batch(self.read, self.write, audit_reads=True)
        row = rows[0]
        self.assertEqual((row.http_method, row.model), ("GET", PARTNERS))
        self.assertEqual(row.route, "/search/{model_name}/{record_id}")
        self.assertEqual((row.record_ids, row.status), ("1", 200))
        self.assertEqual((row.user_id, row.key_name), (self.admin, "Test"))
        self.assertEqual(row.request_id, answer.headers["X-Request-Id"])

    def test_the_setting_chooses_steps(self):
        self.set_percent(50)
        with patch("random.random", side_effect=[0.51, 0.49]):
            _answer, rows = self.batch(self.read, self.read, self.write)
        self.assertEqual(rows.mapped("step"), [2, 3])

    @mute_logger("odoo.sql_db")
    def test_a_batch_that_fails_leaves_the_row_of_its_failure(self):
        wrong = self.write | {"body": {"ref": "B"}}
        answer, row = self.batch(self.read, wrong, self.read, audit_reads=True)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual((row.step, row.status), (2, 422))

    def test_a_dry_run_reads_too(self):
        steps = [self.read, self.write]
        _answer, rows = self.batch(*steps, audit_reads=True, Prefer="dry-run")
        self.assertEqual(rows.mapped("dry_run"), [True, True])

    def test_a_repeated_transaction_leaves_one_row(self):
        failures = iter([SerializationFailure()])

        def fail_once(*_arguments):
            for failure in failures:
                raise failure

        with patch.object(policies, "insert_entries", side_effect=fail_once) as insert:
            _answer, rows = self.batch(self.read, self.write, audit_reads=True)
        self.assertEqual((insert.call_count, rows.mapped("step")), (2, [1]))


def wait_for_count(case, store, counted="GET"):
    """Wait until a request has been counted, after its answer was sent.

    The count of an earlier write may come late.
    """
    deadline = time.monotonic() + 30
    while not any(row.table is USAGE and counted in row.key for row in [*store._rows]):
        case.assertLess(time.monotonic(), deadline, "It is not counted")
        time.sleep(0.01)
