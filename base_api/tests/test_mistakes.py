# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Python errors are the caller's where they are about a value that was sent."""

import re
from unittest.mock import patch

from odoo.tests import mute_logger

from .common import ApiCase

UNPARSABLE = "http://["  # urllib.parse: "Invalid IPv6 URL"


class TestMistakes(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "API"})
        cls.path = f"/update/res.partner/{cls.partner.id}"

    def refuse(self, path, body, method="POST"):
        """Return `{pointer: code}` of the details of a refusal."""
        response = self.call(method, path, self.admin, json=body)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        return {entry["pointer"]: entry["code"] for entry in error["details"]}

    def running(self, name, function):
        """Let a public method of partners be a function, for a block."""
        return patch.object(type(self.partner), name, function)

    def failing(self, function):
        """Let each write of partners call a function on its values, for a block."""
        partners = type(self.partner)
        write = partners.write

        def checked_write(records, vals):
            function(records, vals)
            return write(records, vals)

        return patch.object(partners, "write", checked_write)

    def assertServerError(self, response):
        self.assertApiError(response, 500, "INTERNAL_ERROR")

    def test_parser_on_a_value(self):
        found = {"/website": "wrong_type"}
        body = {"name": "API", "website": UNPARSABLE}
        self.assertEqual(self.refuse("/create/res.partner", body), found)
        body = {"website": UNPARSABLE}
        self.assertEqual(self.refuse(self.path, body, "PUT"), found)
        body = [{"name": "API"}, {"name": "API", "website": UNPARSABLE}]
        found = {"/1/website": "wrong_type"}
        self.assertEqual(self.refuse("/create/res.partner", body), found)
        body = {"name": "API", "child_ids": {"create": [body[1]]}}
        found = {"/child_ids/create/0/website": "wrong_type"}
        self.assertEqual(self.refuse("/create/res.partner", body), found)

    def test_traceback_is_in_the_log(self):
        body = {"name": "API", "website": UNPARSABLE}
        with self.assertLogs("odoo.addons.base_api.errors.mistakes", 20) as log:
            self.refuse("/create/res.partner", body)
        self.assertIn("made this fail", log.output[0])
        self.assertIn("Traceback", log.output[0])

    def test_item_of_many(self):
        body = [{"name": "Good"}, {"name": "Bad", "website": UNPARSABLE}]
        response = self.post("/create/res.partner?atomic=false", self.admin, json=body)
        good, bad = self.assertSuccess(response)["results"]
        self.assertTrue(good["success"])
        self.assertEqual(bad["status"], 422)
        self.assertEqual(bad["error"]["details"][0]["pointer"], "/1/website")

    def test_step_of_a_batch(self):
        step = {"method": "POST", "path": "/create/res.partner"}
        steps = [step | {"body": {"name": "API", "website": UNPARSABLE}}]
        found = {"/steps/0/body/website": "wrong_type"}
        self.assertEqual(self.refuse("/batch", {"steps": steps}), found)

    def test_parser_with_an_exception_of_its_own(self):
        def compile_pattern(records, vals):
            re.compile(vals["ref"])

        with self.failing(compile_pattern):
            found = self.refuse(self.path, {"ref": "a(b", "city": "Ghent"}, "PUT")
        self.assertEqual(found, {"/ref": "wrong_type"})

    def test_operator_on_a_value(self):
        def divide(records, vals):
            return 1 / vals["color"]

        def strip(records, vals):
            street = vals["street"]
            return street.strip()

        for function, body, name in (
            (divide, {"city": "Ghent", "color": 0}, "color"),
            (strip, {"city": "Ghent", "street": None}, "street"),
        ):
            with self.subTest(name=name), self.failing(function):
                found = self.refuse(self.path, body, "PUT")
                self.assertEqual(found, {f"/{name}": "wrong_type"})

    def test_error_about_something_else(self):
        def divide(records, vals):
            return len(vals) / len(records.browse())

        def look_up(records, vals):
            found = records.mapped("street")
            return found[1]

        for function in (divide, look_up):
            with (
                self.subTest(function=function.__name__),
                self.failing(function),
                mute_logger("odoo.http", "odoo.addons.base_api.dispatcher"),
            ):
                response = self.put(self.path, self.admin, json={"city": "Ghent"})
                self.assertServerError(response)

    def test_arguments_of_a_method(self):
        def post(records, *, body="", partner_ids=(), attachments=None):
            names = [name for name, _content in attachments or ()]
            return [len(body), set(partner_ids), names]

        path = "/call/res.partner/find_or_create"
        for name, value in (
            ("body", 5),
            ("partner_ids", True),
            ("partner_ids", [[]]),
            ("attachments", [1]),
            ("attachments", {"a": 5}),
        ):
            body = {"kwargs": {name: value}}
            with (
                self.subTest(**body["kwargs"]),
                self.running("find_or_create", post),
            ):
                found = self.refuse(path, body)
                self.assertEqual(found, {f"/kwargs/{name}": "wrong_type"})

    def test_argument_by_its_place(self):
        def greet(records, first, second):
            return first + second.lower()

        with self.running("find_or_create", greet):
            found = self.refuse("/call/res.partner/find_or_create", {"args": ["x", 5]})
        self.assertEqual(found, {"/args/1": "wrong_type"})

    def test_argument_that_is_not_to_blame(self):
        def fail(records, email):
            return records.env["ir.config_parameter"].browse().mapped("key")[0]

        body = {"args": ["somebody@example.com"]}
        with (
            self.running("find_or_create", fail),
            mute_logger("odoo.http", "odoo.addons.base_api.dispatcher"),
        ):
            response = self.post(
                "/call/res.partner/find_or_create", self.admin, json=body
            )
        self.assertServerError(response)

    def test_methods_of_the_orm(self):
        for name, args in (
            ("has_access", [True]),
            ("has_access", [[]]),
            ("check_access", [{}]),
            ("search", [5]),
            ("search", [[], "x", {}]),
            ("search_read", [[["id", "=", {}]]]),
            ("name_search", [5, 5, 5, 5]),
            ("default_get", [5]),
            ("fields_get", [5]),
            ("web_search_read", [[], 5]),
        ):
            with self.subTest(name=name, args=args), mute_logger("odoo.sql_db"):
                path = f"/call/res.currency/{name}"
                response = self.post(path, self.admin, json={"args": args})
                self.assertNotEqual(response.status_code, 500, response.text)
