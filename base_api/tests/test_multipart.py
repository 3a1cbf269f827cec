# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json
from unittest.mock import patch

import psycopg2.errors

from odoo.tests import mute_logger

from .common import ApiCase

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


class SerializationFailure(psycopg2.errors.SerializationFailure):
    """As PostgreSQL raises it; the code of one made in Python is empty."""

    pgcode = "40001"


class TestMultipart(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.partner = cls.env["res.partner"].create({"name": "API Partner"})

    def send(self, path="/create/res.partner", method="POST", files=None, **parts):
        """Send text parts, and files as bytes."""
        sent = {name: (None, text) for name, text in parts.items()}
        sent |= {name: (name, file) for name, file in (files or {}).items()}
        return self.call(method, path, self.employee, files=sent)

    def test_create(self):
        response = self.send(
            files={"image_1920": PICTURE},
            name="Parts",
            is_company="true",
            color="4",
            country_id=str(self.env.ref("base.be").id),
            comment="",
        )
        data = self.assertSuccess(response, 201)
        partner = self.env["res.partner"].browse(data["id"])
        self.assertEqual(base64.b64decode(partner.image_1920), PICTURE)
        self.assertTrue(partner.is_company)
        self.assertEqual(partner.country_id, self.env.ref("base.be"))
        self.assertEqual(partner.color, 4)

    def test_update(self):
        for method in ("PUT", "PATCH"):
            path = f"/update/res.partner/{self.partner.id}"
            response = self.send(path, method, {"image_1920": PICTURE}, city=method)
            data = self.assertSuccess(response)
            self.assertEqual(data["record"]["city"], method)
            self.assertEqual(sorted(data["updated_fields"]), ["city", "image_1920"])

    def test_part_with_values(self):
        values = json.dumps({"name": "Né", "child_ids": [[0, 0, {"name": "Child"}]]})
        for kind in ("text", "file"):
            files = {"values": values.encode()} if kind == "file" else {}
            texts = {} if files else {"values": values}
            response = self.send(files={"image_1920": PICTURE} | files, **texts)
            data = self.assertSuccess(response, 201)
            self.assertEqual(data["record"]["name"], "Né")
            self.assertEqual(len(data["record"]["child_ids"]), 1)

    def test_values_are_checked_like_those_of_json(self):
        response = self.send(is_company="yes", color="red", email="a@example.com")
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["pointer"], "/is_company")
        response = self.send(name="A", nmae="B")
        self.assertApiError(response, 400, "INVALID_FIELDS")
        response = self.send(files={"name": b"A"})
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertIn("not a file", error["message"])

    def test_only_where_it_is_said(self):
        response = self.send("/auth/login", username="a", password="b")
        self.assertApiError(response, 400, "INVALID_CONTENT_TYPE")

    def test_too_large_text(self):
        with mute_logger("odoo.http"):
            response = self.send(name="x" * (10 * 1024 * 1024 + 1))
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_files_are_read_again_by_the_retry(self):
        attachments = type(self.env["ir.attachment"])
        create = attachments.create
        tries = []

        def fail_once(records, values_list):
            tries.append([values["datas"] for values in values_list])
            if len(tries) == 1:
                raise SerializationFailure()
            return create(records, values_list)

        files = [("file", ("one", b"1" * 9)), ("file", ("two", b"2" * 600_000))]
        with (
            patch.object(attachments, "create", fail_once),
            patch("odoo.service.model.time.sleep"),
        ):
            response = self.post("/attachments", self.employee, files=files)
        self.assertEqual(len(tries), 2)
        self.assertEqual(tries[0], tries[1])
        data = self.assertSuccess(response, 201)
        sizes = [row["file_size"] for row in data["records"]]
        self.assertEqual(sizes, [9, 600_000])
