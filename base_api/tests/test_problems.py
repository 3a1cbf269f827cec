# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from odoo.tests import BaseCase

from odoo.addons.base_api.errors import InternalError, InvalidValue
from odoo.addons.base_api.errors.problems import problem_body, wants_problem

from .common import ApiCase

PROBLEM = "application/problem+json"


class TestProblemDocument(BaseCase):
    def test_only_who_asks_for_problems_by_name_gets_them(self):
        for accept, expected in [
            ("", False),
            ("*/*", False),
            ("application/*", False),
            ("application/json", False),
            (PROBLEM, True),
            ("Application/Problem+JSON", True),
            (f"{PROBLEM}, application/json", True),
            (f"application/json, {PROBLEM}", True),
            (f"{PROBLEM}, */*;q=0.1", True),
            (f"{PROBLEM}; charset=utf-8, application/json", True),
            ("a/b/c;;, /, *", False),
            (f"{PROBLEM};q=0.5, application/json;q=0.4", True),
            (f"{PROBLEM};q=0.4, application/json;q=0.5", False),
            (f"{PROBLEM};q=0", False),
            (f"{PROBLEM};q=0, application/json;q=0", False),
        ]:
            with self.subTest(accept=accept):
                parsed = parse_accept_header(accept, MIMEAccept)
                self.assertIs(wants_problem(parsed), expected)

    def test_document_says_what_the_envelope_says(self):
        details = [{"field": "x", "message": "x: required", "code": "required"}]
        self.assertEqual(
            problem_body(InvalidValue("x: required", details)),
            {
                "type": "urn:problem-type:base_api:VALIDATION_ERROR",
                "title": "Validation error",
                "status": 422,
                "detail": "x: required",
                "code": "VALIDATION_ERROR",
                "documentation": "/api/v2/docs/errors.md#validation_error",
                "errors": details,
            },
        )
        self.assertEqual(problem_body(InternalError(), "r1")["request_id"], "r1")


class TestProblems(ApiCase):
    def test_every_error_can_be_a_problem(self):
        for method, path, user, body, status in [
            ("GET", "/nope", None, None, 404),
            ("DELETE", "/test", None, None, 405),
            ("GET", "/auth/me", None, None, 401),
            ("GET", "/search/res.partner?limit=x", self.employee, None, 400),
            ("POST", "/create/res.partner", self.admin, {"color": "red"}, 422),
        ]:
            with self.subTest(path=path):
                headers = {"Accept": PROBLEM}
                response = self.call(method, path, user, headers=headers, json=body)
                self.assertEqual(response.status_code, status, response.text)
                self.assertEqual(response.headers["Content-Type"], PROBLEM)
                problem = response.json()
                self.assertEqual(problem["status"], status)
                self.assertTrue(problem["type"].endswith(problem["code"]))
                if status == 401:
                    self.assertIn("Bearer", response.headers["WWW-Authenticate"])
                if status == 405:
                    self.assertEqual(response.headers["Allow"], "GET")

    def test_success_stays_in_the_envelope(self):
        response = self.get("/test", headers={"Accept": PROBLEM})
        self.assertSuccess(response)
