# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..protocol.trace import read_trace
from .common import ApiCase

TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@tagged("post_install", "-at_install")
class TestReadTrace(BaseCase):
    def test_valid_identifiers_are_kept(self):
        trace = read_trace({"X-Request-Id": "req:1/a+b", "traceparent": TRACEPARENT})
        self.assertEqual(trace.request_id, "req:1/a+b")
        self.assertEqual(trace.traceparent, TRACEPARENT)
        self.assertEqual(trace.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736")

    def test_malformed_request_ids_are_replaced(self):
        for sent in ("", " a", 'a"b', "a b", "a\nb", "ä", "-a", "a" * 129, "a%0a"):
            with self.subTest(sent=sent):
                request_id = read_trace({"X-Request-Id": sent}).request_id
                self.assertRegex(request_id, r"^[0-9a-f]{32}$")

    def test_request_ids_that_may_be_credentials_are_replaced(self):
        for sent in ("oak_" + "a1" * 22, "aB3" * 16, "0a" * 20):
            with self.subTest(sent=sent):
                request_id = read_trace({"X-Request-Id": sent}).request_id
                self.assertNotIn(sent, request_id)

    def test_malformed_traceparents_are_ignored(self):
        for sent in (
            "",
            TRACEPARENT.upper(),
            TRACEPARENT + "-more",
            TRACEPARENT.replace("00-", "ff-", 1),
            f"00-{'0' * 32}-00f067aa0ba902b7-01",
            f"00-4bf92f3577b34da6a3ce929d0e0e4736-{'0' * 16}-01",
            TRACEPARENT[:-1],
        ):
            with self.subTest(sent=sent):
                self.assertEqual(read_trace({"traceparent": sent}).traceparent, "")

    def test_later_versions_of_traceparent_may_have_more_members(self):
        sent = TRACEPARENT.replace("00-", "01-", 1) + "-more"
        self.assertEqual(read_trace({"traceparent": sent}).traceparent, sent)


class TestTrace(ApiCase):
    def test_identifiers_are_answered(self):
        headers = {"X-Request-Id": "order-17", "traceparent": TRACEPARENT}
        for path in ("/auth/test", "/search/res.partner/0", "/nowhere"):
            with self.subTest(path=path):
                answer = self.get(path, self.admin, headers=headers)
                self.assertEqual(answer.headers["X-Request-Id"], "order-17")
                self.assertEqual(answer.headers["traceparent"], TRACEPARENT)

    def test_every_request_has_an_id_of_its_own(self):
        answers = [self.get("/test"), self.get("/test")]
        ids = {answer.headers["X-Request-Id"] for answer in answers}
        self.assertEqual(len(ids), 2)
        self.assertNotIn("traceparent", answers[0].headers)

    def test_errors_have_the_request_id(self):
        headers = {"X-Request-Id": "order-18"}
        answer = self.get("/search/res.partner?limit=x", self.admin, headers=headers)
        self.assertApiError(answer, 400, "INVALID_PARAMETER")
        self.assertEqual(answer.json()["error"]["request_id"], "order-18")
        headers["Accept"] = "application/problem+json"
        problem = self.get("/search/res.partner?limit=x", self.admin, headers=headers)
        self.assertEqual(problem.json()["request_id"], "order-18")
