# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json
import random

from odoo.tests import TransactionCase

from odoo.addons.base_api import dispatcher, envelope
from odoo.addons.base_api.envelope import to_json
from odoo.addons.base_api.reading.json_bytes import json_bytes, text_bytes
from odoo.addons.base_api.reading.measured_columns import LARGE_AT_ONCE

from .batch_case import BatchCase
from .bounds_case import BoundsCase

LENGTH = 10_000  # of the long comment
MOST = 5 * LENGTH


class TestAnswerSize(BoundsCase, BatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        cls.parent = partners.create({"name": "API Long", "comment": "x" * LENGTH})
        cls.children = partners.create(
            [
                {"name": f"API Child {number}", "parent_id": cls.parent.id}
                for number in range(10)
            ]
        )
        cls.others = partners.create(
            [
                {"name": "API Other", "ref": "api-size", "comment": str(n) * LENGTH}
                for n in range(10)
            ]
        )

    def setUp(self):
        super().setUp()
        self.limit(max_answer_bytes=MOST)

    def read_as(self, path, user=None):
        return self.get(path, user or self.clerk)

    def assertTooLarge(self, response):
        return self.assertTooMuch(
            response, 400, "ANSWER_TOO_LARGE", f"{MOST} bytes (max_answer_bytes)"
        )

    def test_same_record_nested_many_times(self):
        path = (
            f"/search/res.partner?parent_id={self.parent.id}&fields=parent_id.comment"
        )
        self.assertTooLarge(self.read_as(path))
        data = self.assertSuccess(self.read_as(f"{path}&limit=4"))
        [comment] = {row["parent_id"]["comment"] for row in data["records"]}
        self.assertIn("x" * LENGTH, comment)

    def test_texts_of_a_page(self):
        path = "/search/res.partner?ref=api-size&fields=comment"
        self.assertTooLarge(self.read_as(path))
        self.assertSuccess(self.read_as(f"{path}&limit=4"))
        body = {"domain": [["ref", "=", "api-size"]], "fields": ["comment"]}
        self.assertTooLarge(self.post("/search/res.partner", self.clerk, json=body))

    def test_single_record(self):
        self.parent.comment = "x" * MOST
        self.assertTooLarge(self.read_as(f"/search/res.partner/{self.parent.id}"))
        path = f"/search/res.partner/{self.parent.id}?fields=name"
        self.assertSuccess(self.read_as(path))

    def test_long_names_behind_many2one_fields(self):
        self.parent.name = "x" * LENGTH
        for fields in ("parent_id", "parent_id,parent_id.city"):
            with self.subTest(fields=fields):
                ids = f"&parent_id={self.parent.id}"
                path = f"/search/res.partner?fields={fields}{ids}"
                self.assertTooLarge(self.read_as(path))

    def test_lists_of_ids(self):
        self.limit(max_answer_bytes=1000)
        path = f"/search/res.partner?parent_id={self.parent.id}"
        self.assertSuccess(self.read_as(f"{path}&fields=name"))
        response = self.read_as(f"{path}&fields=parent_id.child_ids")
        self.assertTooMuch(response, 400, "ANSWER_TOO_LARGE", "max_answer_bytes")

    def test_files_asked_for_by_name(self):
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": "API file",
                    "res_model": "res.partner",
                    "res_id": self.parent.id,
                    "raw": random.randbytes(LENGTH),
                }
                for _number in range(LARGE_AT_ONCE + 5)
            ]
        )
        path = "/search/ir.attachment?name=API file&limit=100&fields="
        for field in ("datas", "raw"):
            with self.subTest(field=field):
                self.assertTooLarge(self.read_as(f"{path}{field}"))
        self.limit(max_answer_bytes=0)
        rows = self.assertSuccess(self.read_as(f"{path}datas,name"))["records"]
        found = {row["id"]: base64.b64decode(row["datas"]) for row in rows}
        self.assertEqual(found, {record.id: record.raw for record in attachments})
        self.assertEqual({row["name"] for row in rows}, {"API file"})

    def test_files_are_not_all_read_to_find_out(self):
        self.env["ir.attachment"].create(
            [
                {
                    "name": "API file",
                    "res_model": "res.partner",
                    "res_id": self.parent.id,
                    "raw": random.randbytes(LENGTH),
                }
                for _number in range(100)
            ]
        )
        read, count = self.registry["ir.attachment"]._file_read, []

        def count_read(*args, **kwargs):
            count.append(1)
            return read(*args, **kwargs)

        self.patch(self.registry["ir.attachment"], "_file_read", count_read)
        path = "/search/ir.attachment?name=API file&limit=100&fields=datas"
        self.assertTooLarge(self.read_as(path))
        self.assertLessEqual(len(count), LARGE_AT_ONCE)

    def test_html_of_many_records_is_read_as_of_few(self):
        self.limit(max_answer_bytes=0)
        partners = self.env["res.partner"].create(
            [
                {"name": f"API {number}", "comment": f"<p>{number}</p>", "ref": "many"}
                for number in range(LARGE_AT_ONCE + 5)
            ]
        )
        path = "/search/res.partner?ref=many&limit=100&fields=comment,name,user_id"
        rows = self.assertSuccess(self.read_as(path))["records"]
        found = [(row["id"], row["comment"], row["name"]) for row in rows]
        wanted = [(item.id, item.comment, item.name) for item in partners]
        self.assertEqual(found, wanted)

    def test_result_of_a_method(self):
        partners = self.registry["res.partner"]
        for result in ("x" * MOST, ["x" * LENGTH] * 6, [b"x" * LENGTH] * 6):
            with self.subTest(result=str(result)[:9]):
                self.patch(partners, "name_search", lambda _model, found=result: found)
                response = self.post("/call/res.partner/name_search", self.clerk)
                self.assertTooLarge(response)

    def test_groups(self):
        path = "/aggregate/res.partner?ref=api-size&groupby="
        for other in self.others:
            other.street = other.comment
        self.assertTooLarge(self.read_as(f"{path}street"))
        self.assertSuccess(self.read_as(f"{path}ref"))

    def test_echo_of_what_was_written(self):
        body = [{"name": "API Echo", "comment": "x" * LENGTH}] * 6
        response = self.post("/create/res.partner", self.clerk, json=body)
        self.assertTooLarge(response)
        self.assertFalse(self.names_like("API Echo"))
        minimal = {"Prefer": "return=minimal"}
        self.assertSuccess(
            self.post("/create/res.partner", self.clerk, json=body, headers=minimal),
            201,
        )

    def test_results_of_a_batch_count_together(self):
        path = "/search/res.partner?ref=api-size&fields=comment&limit=2"
        step = {"method": "GET", "path": path}
        self.run_batch(step, step)
        error = self.assertTooLarge(self.batch(step, step, step))
        self.assertEqual(error["step"]["index"], 2)

    def test_export_may_be_larger(self):
        path = "/export/res.partner?ref=api-size&fields=comment"
        response = self.read_as(path)
        self.assertEqual(response.status_code, 200)
        self.assertGreater(len(response.content), 10 * LENGTH)

    def test_zero_is_no_limit(self):
        self.limit(max_answer_bytes=0)
        path = "/search/res.partner?ref=api-size&fields=comment"
        self.assertSuccess(self.read_as(path))

    def test_what_is_too_large_is_not_written_as_json(self):
        written = []

        def write(body):
            written.append(list(body))
            return to_json(body)

        self.patch(dispatcher, "to_json", write)
        self.patch(envelope, "to_json", write)
        self.assertTooLarge(
            self.read_as("/search/res.partner?ref=api-size&fields=comment")
        )
        self.assertEqual(written, [["success", "error"]])


class TestJsonBytes(TransactionCase):
    def test_texts_are_counted_as_they_are_written(self):
        for text in ("a" * 5000, "é" * 5000, "\U0001f600" * 5000, '"\n\x01' * 5000):
            with self.subTest(text=text[:3]):
                written = json.dumps(text, ensure_ascii=False).encode()
                self.assertEqual(text_bytes(text), len(written))

    def test_values_are_counted_about_as_they_are_written(self):
        for value in (
            [1000000] * 100,
            {"name": "x" * 100, "ids": [[1234567, "Some name"]] * 20},
            [{"a": None, "b": False, "c": 1.25, "d": ["x"] * 9}] * 50,
        ):
            written = len(json.dumps(value))
            with self.subTest(value=str(value)[:40]):
                self.assertLess(written, json_bytes(value))
                self.assertLess(json_bytes(value), 4 * written)
