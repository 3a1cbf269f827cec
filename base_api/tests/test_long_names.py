# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import difflib

from odoo.addons.base_api.casting import MAX_NAMES, to_base64
from odoo.addons.base_api.errors import InvalidParameter, details, hints
from odoo.addons.base_api.protocol.header_size import MAX_HEADER_BYTES

from .batch_case import CREATE, BatchCase

LONG = "x" * 200_000


class TestLongNames(BatchCase):
    """Names in a body can be as long as the body: errors quote their beginning."""

    def test_errors_are_short(self):
        for method, path, body in [
            ("POST", CREATE, {LONG: 1}),
            ("POST", CREATE, {"name": "x", "child_ids": [[0, 0, {LONG: 1}]]}),
            ("POST", CREATE, {"child_ids": {LONG: []}}),
            ("POST", CREATE, {f"{LONG}{number}": 1 for number in range(20)}),
            ("POST", "/search/res.partner", {LONG: 1}),
            ("POST", "/search/res.partner", {"fields": [LONG]}),
            ("POST", "/search/res.partner", {"fields": ["name", f"name.{LONG}"]}),
            ("POST", "/search/res.partner", {"order": LONG}),
            ("POST", "/search/res.partner", {"domain": [[LONG, "=", 1]]}),
            ("POST", "/search/res.partner", {"domain": [["name", LONG, 1]]}),
            ("POST", "/search/res.partner", {"domain": [["create_date", "=", LONG]]}),
            ("PATCH", "/update/res.partner", {LONG: 1}),
            ("PUT", "/upsert/res.partner?key=ref", {"ref": "x", LONG: 1}),
            ("POST", "/attachments", {LONG: 1}),
            ("POST", "/call/res.partner/name_search", {LONG: 1}),
            ("POST", "/call/res.partner/name_search", {"kwargs": {LONG: 1}}),
            ("POST", "/batch", {LONG: 1}),
            ("POST", "/batch", {"steps": [{LONG: 1}]}),
            ("POST", "/batch", {"steps": [{"method": LONG}]}),
            ("PUT", f"/users/{self.clerk.id}", {LONG: 1}),
            ("POST", f"/users/{self.clerk.id}/api-key", {LONG: 1}),
        ]:
            with self.subTest(path=path, body=str(body)[:80]):
                response = self.call(method, path, self.clerk, json=body)
                self.assertIn(response.status_code, (400, 422), response.text[:200])
                self.assertLess(len(response.content), 60_000)

    def test_names_in_details_keep_their_pointer(self):
        body = {"child_ids": [[0, 0, {"x" * 100: 1}]]}
        response = self.post(CREATE, self.clerk, json=body)
        error = self.assertApiError(response, 400, "INVALID_FIELDS")
        [line] = error["details"]
        self.assertEqual(line["field"], "x" * 100)
        self.assertEqual(line["pointer"], f"/child_ids/0/2/{'x' * 100}")

    def test_long_names_get_no_hint(self):
        compared = []
        self.patch(hints, "get_close_matches", lambda *args, **_: compared.append(args))
        self.assertEqual(hints.hint(LONG, ["name"]), "")
        self.assertFalse(compared)
        self.patch(hints, "get_close_matches", difflib.get_close_matches)
        self.assertEqual(hints.hint("nmae", ["name"]), " (did you mean 'name'?)")

    def test_messages_are_bounded(self):
        error = InvalidParameter(LONG)
        self.assertEqual(len(error.description), details.MAX_MESSAGE + 3)

    def test_very_many_names(self):
        names = ["zz"] + [f"z{number}" for number in range(MAX_NAMES)]
        for fields in (names, ",".join(names)):
            response = self.post(
                "/search/res.partner", self.clerk, json={"fields": fields}
            )
            error = self.assertApiError(response, 400, "INVALID_FIELDS")
            self.assertIn(f"At most {MAX_NAMES} names", error["message"])
        path = "/aggregate/res.partner?groupby=" + "x," * (MAX_NAMES + 5)
        self.assertApiError(self.get(path, self.clerk), 400, "INVALID_FIELDS")

    def test_very_large_headers(self):
        for name in ("Prefer", "Accept-Language", "X-Company-Id", "Accept", "X-Other"):
            headers = {name: "1," * (MAX_HEADER_BYTES // 4), "X-More": "x" * 40_000}
            with self.subTest(name=name):
                response = self.get("/search/res.partner", self.clerk, headers=headers)
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn("headers", error["message"])

    def test_very_long_headers_and_paths_of_steps(self):
        path = f"/update/res.partner/{self.clerk.partner_id.id}"
        step = {"method": "PATCH", "path": path, "body": {"ref": "x"}}
        for more in (
            {"headers": {"If-Match": '"' * (MAX_HEADER_BYTES + 1)}},
            {"path": f"/search/res.partner?{'name=x&' * 10_000}"},
        ):
            with self.subTest(more=list(more)):
                self.assertApiError(self.batch(step | more), 400, "INVALID_STEP")

    def test_very_long_conditions_of_items(self):
        body = [
            {"id": self.clerk.partner_id.id, "ref": "x", "if_match": '"a",' * 20_000}
        ]
        response = self.call("PATCH", "/update/res.partner", self.clerk, json=body)
        self.assertApiError(response, 422, "VALIDATION_ERROR")


class TestBase64(BatchCase):
    def test_white_space_between_the_characters(self):
        for text in ("eHl6", " e\nH\tl\r6 ", "eHl6\n" * 3, "\x0beH\x0cl6"):
            with self.subTest(text=text):
                self.assertEqual(to_base64(text), "".join(text.split()))
        for value in ("eHl", "e-l6", "é", 5, None):
            with self.subTest(value=value), self.assertRaises(ValueError):
                to_base64(value)
