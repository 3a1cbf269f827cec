# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import os
from unittest.mock import patch

from odoo.http import Stream, request

from odoo.addons.base_api.errors import RecordNotFound
from odoo.addons.base_api.writing.attachments import check_owners

from .common import ApiCase

TEXT = b"What is in the file"
CSP = "default-src 'none'"


class TestFiles(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "API Partner"})
        cls.file = cls.attach(TEXT, res_model="res.partner", res_id=cls.partner.id)

    @classmethod
    def attach(cls, content, **values):
        values = {"name": "note.txt", "raw": content} | values
        return cls.env["ir.attachment"].create(values)

    def read_file(self, record, field="raw", user=None, **options):
        path = f"/binary/{record._name}/{record.id}/{field}"
        return self.get(path, user or self.employee, **options)

    def assertMissing(self, response):
        return self.assertApiError(response, 404, "FILE_NOT_FOUND")["message"]

    def test_file_is_sent_with_type_and_name(self):
        response = self.read_file(self.file)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content, TEXT)
        self.assertIn("text/plain", response.headers["Content-Type"])
        self.assertEqual(
            response.headers["Content-Disposition"], "inline; filename=note.txt"
        )
        self.assertEqual(response.headers["ETag"], f'"{self.file.checksum}"')
        self.assertEqual(response.headers["Accept-Ranges"], "bytes")

    def test_no_browser_runs_it_and_no_proxy_keeps_it(self):
        page = self.attach(b"<script>alert(1)</script>", name="page.html", public=True)
        response = self.read_file(page)
        self.assertEqual(response.headers["Content-Security-Policy"], CSP)
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("private", response.headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", response.headers)

    def test_it_is_read_on_a_read_only_cursor(self):
        modes = []

        def spy(stream, **options):
            modes.append(request.env.cr.readonly)
            return get_response(stream, **options)

        get_response = Stream.get_response
        with patch.object(Stream, "get_response", spy):
            self.read_file(self.file)
        self.assertEqual(modes, [True])

    def test_large_file_is_not_read_at_once(self):
        with patch.object(type(self.file), "_file_read") as read:
            self.assertEqual(self.read_file(self.file).content, TEXT)
            self.assertEqual(self.read_file(self.file, "datas").content, TEXT)
        read.assert_not_called()

    def test_file_in_the_database(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("ir_attachment.location", "db")
        stored = self.attach(TEXT)
        self.assertTrue(stored.db_datas)
        response = self.read_file(stored, user=self.admin)
        self.assertEqual(response.content, TEXT)

    def test_empty_or_lost_or_a_link(self):
        empty = self.read_file(self.attach(b""), user=self.admin)
        self.assertIn("has no file", self.assertMissing(empty))
        self.assertMissing(self.read_file(self.partner, "image_1920"))
        link = self.attach(b"", type="url", url="https://example.com/")
        message = self.assertMissing(self.read_file(link, user=self.admin))
        self.assertIn("link", message)
        lost = self.attach(b"lost file of its own")
        os.unlink(lost._full_path(lost.store_fname))
        self.assertMissing(self.read_file(lost, user=self.admin))

    def test_text_that_is_not_base64_is_no_file(self):
        action = self.env["ir.actions.client"].create({"name": "A", "tag": "reload"})
        action.params_store = "{'not': 'base64'}"
        self.assertMissing(self.read_file(action, "params_store", self.admin))

    def test_only_binary_fields_that_the_caller_may_read(self):
        error = self.assertApiError(
            self.read_file(self.partner, "image_1290"), 400, "INVALID_FIELDS"
        )
        self.assertIn("image_1920", error["message"])
        self.assertApiError(self.read_file(self.partner, "name"), 400, "INVALID_FIELDS")
        field = type(self.env["res.partner"])._fields["image_1920"]
        with patch.object(field, "groups", "base.group_system"):
            response = self.read_file(self.partner, "image_1920")
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_what_the_caller_may_not_see_is_not_there(self):
        portal = self.new_session(self.new_user("portal", "base.group_portal"))
        employee = self.new_session(self.employee)
        private = self.attach(TEXT)
        for token in (employee, portal):
            for file_id in (private.id, private.id + 1000):
                path = f"/binary/ir.attachment/{file_id}/raw"
                response = self.get(path, headers={"session-token": token})
                self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.env["ir.rule"].create(
            {
                "name": "Not this one",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.partner.id})]",
            }
        )
        self.assertApiError(self.read_file(self.file), 404, "RECORD_NOT_FOUND")
        response = self.read_file(self.partner, "avatar_128")
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")

    def test_inherited_field(self):
        picture = base64.b64decode(self.admin.avatar_128)
        self.admin.image_1920 = base64.b64encode(picture)
        response = self.read_file(self.admin, "image_1920")
        self.assertEqual(
            response.content, base64.b64decode(self.admin.partner_id.image_1920)
        )

    def test_attachment_of_a_record(self):
        body = {"name": "a.txt", "datas": base64.b64encode(TEXT).decode()}
        body |= {"res_model": "res.partner", "res_id": self.partner.id}
        self.employee.group_ids += self.env.ref("base.group_partner_manager")
        response = self.post("/attachments", self.employee, json=body)
        data = self.assertSuccess(response, 201)
        attachment = self.env["ir.attachment"].browse(data["id"])
        self.assertEqual(attachment.create_uid, self.employee)
        self.assertEqual(attachment.raw, TEXT)
        self.assertEqual(data["record"]["checksum"], attachment.checksum)
        self.assertEqual(
            data["url"], f"/api/v2/binary/ir.attachment/{attachment.id}/raw"
        )
        self.assertEqual(
            response.headers["Location"],
            f"/api/v2/search/ir.attachment/{attachment.id}",
        )
        self.assertTrue(response.headers["ETag"])

    def test_one_look_at_the_record_that_many_files_hang_on(self):
        values = {"res_model": "res.partner", "res_id": self.partner.id}
        with self.assertQueryCount(1):
            check_owners(self.env, [values] * 5 + [{"name": "a.txt"}])
        missing = values | {"res_id": self.partner.id + 100_000}
        with self.assertRaises(RecordNotFound):
            check_owners(self.env, [values, missing])

    def test_attachment_needs_the_right_to_write(self):
        files = {"file": ("a.txt", TEXT)}
        target = {"res_model": "res.country", "res_id": "1"}
        before = self.env["ir.attachment"].search_count([])
        response = self.post("/attachments", self.employee, files=files, data=target)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        target["res_id"] = "999999"
        response = self.post("/attachments", self.employee, files=files, data=target)
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)
