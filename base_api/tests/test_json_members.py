# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from urllib.parse import quote

from odoo.tests import TransactionCase

from odoo.addons.base_api.errors import InvalidJson, PayloadTooLarge
from odoo.addons.base_api.json_text import MAX_DEPTH
from odoo.addons.base_api.protocol.bodies import parse_json
from odoo.addons.base_api.protocol.json_members import check_members

from .batch_case import BatchCase
from .bounds_case import BoundsCase

MOST = 20


class TestJsonMembers(TransactionCase):
    def has_more(self, most, text):
        self.env["ir.config_parameter"].set_param("base_api.max_members", str(most))
        try:
            check_members(self.env, text.encode())
        except PayloadTooLarge:
            return True
        return False

    def count(self, text):
        """Return how many members a text is found to have."""
        return next(most for most in range(1, 100) if not self.has_more(most, text))

    def test_members_and_items_are_counted(self):
        for value, count in [
            ({"a": 1, "b": [1, 2, 3]}, 5),
            ([{}, {}, {}], 6),
            ([[[[]]]], 4),
            ({"a": "x, [y], {z}", "b": 'q", {"'}, 2),
            ({"\\": "\\", '"': "\\\\,", "c": '\\",,,'}, 3),
        ]:
            for text in (json.dumps(value), json.dumps(value, indent=2)):
                with self.subTest(text=text):
                    self.assertEqual(self.count(text), count)

    def test_texts_that_are_no_json_are_refused_too(self):
        marks = '"' + "," * 50 + '"'
        for text in (
            "," * 50,
            "[" * 50,
            '"",' * 30,
            marks + '""' * 50,
            marks + "," * 50,
        ):
            with self.subTest(text=text):
                self.assertTrue(self.has_more(10, text))
        for text in ("x" * 200, marks, marks + "x", '"\\"' * 30):
            with self.subTest(text=text):
                self.assertFalse(self.has_more(10, text))

    def test_zero_is_no_limit(self):
        self.assertFalse(self.has_more(0, "[" + "{}," * 1000 + "{}]"))

    def test_default_takes_a_million(self):
        self.env["ir.config_parameter"].set_param("base_api.max_members", False)
        check_members(self.env, b"[" + b"1," * 999_999)
        with self.assertRaises(PayloadTooLarge):
            check_members(self.env, b"[" + b"1," * 1_000_000)

    def test_nesting(self):
        def nested(depth, opening, closing):
            return (opening * depth + "1" + closing * depth).encode()

        for pair, depth in [
            (("[", "]"), MAX_DEPTH),
            (('{"a":', "}"), MAX_DEPTH),
            (('[{"a":', "}]"), MAX_DEPTH // 2),
        ]:
            parse_json(self.env, nested(depth, *pair))
            for more in (depth + 1, 10 * depth, 100_000):
                with self.subTest(pair=pair, more=more):
                    with self.assertRaises(InvalidJson) as caught:
                        parse_json(self.env, nested(more, *pair))
                    self.assertIn("nested", caught.exception.description)


class TestBodies(BoundsCase, BatchCase):
    def setUp(self):
        super().setUp()
        self.limit(max_members=MOST)

    def assertTooMany(self, response):
        return self.assertTooMuch(
            response,
            413,
            "PAYLOAD_TOO_LARGE",
            f"{MOST} members and items (max_members)",
        )

    def test_every_body(self):
        many = list(range(MOST))
        for method, path, body in [
            ("POST", "/create/res.partner", {"name": "API", "category_id": many}),
            ("POST", "/create/res.partner", [{"name": "API"}] * MOST),
            ("PATCH", "/update/res.partner", {"ids": many, "values": {"ref": "x"}}),
            ("PUT", "/upsert/res.partner?key=ref", [{"ref": "x"}] * MOST),
            ("DELETE", "/delete/res.partner", {"ids": many}),
            ("POST", "/search/res.partner", {"domain": [["id", "in", many]]}),
            ("POST", "/call/res.partner/name_search", {"args": many}),
            ("POST", "/batch", {"steps": [{"method": "GET"}] * MOST}),
            ("POST", "/attachments", [{"name": "x"}] * MOST),
            ("POST", "/auth/login", {"username": many}),
        ]:
            with self.subTest(path=path):
                user = None if path == "/auth/login" else self.clerk
                self.assertTooMany(self.call(method, path, user, json=body))

    def test_domain_in_the_query(self):
        domain = json.dumps([["id", "in", list(range(MOST))]])
        path = f"/search/res.partner?domain={quote(domain)}"
        self.assertTooMany(self.get(path, self.clerk))
        step = {"method": "GET", "path": path}
        self.assertTooMany(self.batch(step))

    def test_json_in_multipart(self):
        values = json.dumps({"name": "API", "category_id": list(range(MOST))})
        ids = json.dumps(list(range(MOST + 1)))
        for name, text in [("values", values), ("category_id", ids)]:
            with self.subTest(name=name):
                files = {name: (None, text), "comment": (None, "x")}
                response = self.post("/create/res.partner", self.clerk, files=files)
                self.assertTooMany(response)

    def test_what_references_insert(self):
        self.env["res.partner"].create(
            [{"name": f"API {number}", "ref": "api-ref"} for number in range(5)]
        )
        search = {"method": "GET", "path": "/search/res.partner?ref=api-ref&fields=id"}
        body = {"domain": [["id", "in", [{"$ref": "0.records.0.id"}]]]}
        step = {"method": "POST", "path": "/search/res.partner", "body": body}
        self.limit(max_members=25)
        self.run_batch(search, step)
        body["domain"] = [{"$ref": "0.records"}, {"$ref": "0.records"}]
        error = self.assertTooMuch(
            self.batch(search, step), 413, "PAYLOAD_TOO_LARGE", "max_members"
        )
        self.assertEqual(error["step"]["index"], 1)

    def test_long_texts_that_references_insert(self):
        """One text of an answer can be inserted into a body many times."""
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "20000")
        partner = self.env["res.partner"].create({"name": "API", "street": "x" * 9000})
        read = {"method": "GET", "path": f"/search/res.partner/{partner.id}"}
        texts = [{"$ref": "0.record.street"}] * 3
        body = {"domain": [["name", "in", texts]]}
        step = {"method": "POST", "path": "/search/res.partner", "body": body}
        self.limit(max_members=10_000)
        response = self.batch(read, step)
        self.assertTooMuch(response, 413, "PAYLOAD_TOO_LARGE", "20000 bytes")
        path = "/count/res.partner?name={0.record.street}"
        step = {"method": "GET", "path": path + "&name={0.record.street}" * 7}
        response = self.batch(read, step)
        self.assertTooMuch(response, 400, "INVALID_REFERENCE", "65536")

    def test_bodies_without_files_are_smaller(self):
        self.limit(max_members=0)
        large = {"fields": "x" * (16 * 1024 * 1024)}
        for path in ("/search/res.partner", "/call/res.partner/name_search"):
            with self.subTest(path=path):
                response = self.post(path, self.clerk, json=large)
                self.assertTooMuch(response, 413, "PAYLOAD_TOO_LARGE", "16777216 bytes")
        response = self.post("/create/res.partner", self.clerk, json=large)
        self.assertApiError(response, 400, "INVALID_FIELDS")

    def test_smaller_limit_of_odoo_holds_everywhere(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "1000")
        large = {"fields": "x" * 1000}
        for path in ("/search/res.partner", "/create/res.partner"):
            with self.subTest(path=path):
                response = self.post(path, self.clerk, json=large)
                self.assertTooMuch(response, 413, "PAYLOAD_TOO_LARGE", "1000 bytes")

    def test_chunked_bodies(self):
        """Without Content-Length nobody knows beforehand how long they are."""
        large = b'{"username": "' + b"x" * 100_000 + b'"}'
        response = self.post(
            "/auth/login",
            data=(
                large[start : start + 10_000] for start in range(0, len(large), 10_000)
            ),
            headers={"Content-Type": "application/json"},
        )
        self.assertTooMuch(response, 413, "PAYLOAD_TOO_LARGE", "65536 bytes")
