# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads in the audit trail: a sample of all, or as the option of the key says."""

import time
from contextlib import nullcontext
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base_api.observing.count_store import STORE
from odoo.addons.base_api.observing.usage import USAGE

from .audit_case import PARTNERS, AuditCase


class AuditedReadsCase(AuditCase):
    def setUp(self):
        super().setUp()
        STORE.reset()

    def set_percent(self, percent):
        self.env["ir.config_parameter"].set_param("base_api.audit_reads", str(percent))

    def rows_of(self, *call, **options):
        """Send a request; return its answer and the rows that were added about it."""
        answer = self.call("GET", *call, **options)
        # The row follows the answer, and so does the count of the request.
        wait_for_count(self, STORE)
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


def wait_for_count(case, store):
    """Wait until a read has been counted, after its answer was sent.

    The count of an earlier write may come late.
    """
    deadline = time.monotonic() + 30
    while not any(row.table is USAGE and "GET" in row.key for row in [*store._rows]):
        case.assertLess(time.monotonic(), deadline, "It is not counted")
        time.sleep(0.01)
