# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import random
import string

from odoo.exceptions import AccessError
from odoo.tests import mute_logger

from .common import ApiCase


class TestWriteRecords(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.group_ids += cls.env.ref("base.group_partner_manager")
        cls.reader = cls.new_user("reader", "base.group_user")
        cls.partner = cls.env["res.partner"].create({"name": "API Partner"})

    def create_records(self, body, model="res.partner", user=None):
        return self.post(f"/create/{model}", user or self.employee, json=body)

    def update(self, body, user=None, record_id=None, method="PUT"):
        path = f"/update/res.partner/{record_id or self.partner.id}"
        return self.call(method, path, user or self.employee, json=body)

    def delete(self, record_id, user=None, model="res.partner"):
        return self.call(
            "DELETE", f"/delete/{model}/{record_id}", user or self.employee
        )

    def count(self):
        return self.env["res.partner"].with_context(active_test=False).search_count([])

    def test_create_answers_what_was_created_and_where_it_is(self):
        body = {
            "name": "Azure",
            "country_id": self.env.ref("base.be").id,
            "email": None,
        }
        response = self.create_records(body)
        data = self.assertSuccess(response, 201)
        self.assertEqual(list(data), ["id", "record", "model"])
        self.assertEqual(
            data["record"],
            {
                "id": data["id"],
                "name": "Azure",
                "display_name": "Azure",
                "country_id": [self.env.ref("base.be").id, "Belgium"],
                "email": False,
            },
        )
        self.assertEqual(
            response.headers["Location"], f"/api/v2/search/res.partner/{data['id']}"
        )
        partner = self.env["res.partner"].browse(data["id"])
        self.assertEqual(partner.create_uid, self.employee)

    def test_create_makes_lines_too(self):
        body = {"name": "Azure", "child_ids": [[0, 0, {"name": "Line"}]]}
        data = self.assertSuccess(self.create_records(body), 201)
        partner = self.env["res.partner"].browse(data["id"])
        self.assertEqual(partner.child_ids.mapped("name"), ["Line"])
        self.assertEqual(data["record"]["child_ids"], partner.child_ids.ids)

    def test_list_is_created_in_its_order(self):
        body = [{"name": f"Bulk {number}", "color": number} for number in range(3)]
        data = self.assertSuccess(self.create_records(body), 201)
        self.assertEqual(list(data), ["ids", "records", "model"])
        self.assertEqual([row["id"] for row in data["records"]], data["ids"])
        self.assertEqual([row["color"] for row in data["records"]], [0, 1, 2])

    def test_list_with_one_bad_row_creates_nothing(self):
        before = self.count()
        for bad, status, code in [
            ({"name": "Bad", "color": "red"}, 422, "VALIDATION_ERROR"),
            ({"name": "Bad", "nope": 1}, 400, "INVALID_FIELDS"),
            ({"name": "Bad", "country_id": 999999}, 422, "VALIDATION_ERROR"),
            ({}, 400, "NO_DATA"),
            ("Bad", 400, "INVALID_JSON"),
        ]:
            with self.subTest(bad=bad), mute_logger("odoo.sql_db"):
                response = self.create_records([{"name": "Good"}, bad])
                self.assertApiError(response, status, code)
                self.assertEqual(self.count(), before)

    def test_list_has_at_most_a_thousand_rows(self):
        response = self.create_records([{"name": "Bulk"}] * 1001)
        self.assertApiError(response, 413, "PAYLOAD_TOO_LARGE")

    def test_text_too_long_for_its_index_is_refused(self):
        letters = random.Random(1).choices(string.ascii_letters, k=100_000)
        with mute_logger("odoo.sql_db"):
            response = self.create_records({"name": "".join(letters)})
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_attachment_takes_and_gives_base64(self):
        content = base64.b64encode(bytes(range(256))).decode()
        for name in ("raw", "datas"):
            with self.subTest(name=name):
                body = {"name": "bytes", name: content}
                response = self.create_records(body, "ir.attachment", self.admin)
                path = (
                    f"/search/ir.attachment/{self.assertSuccess(response, 201)['id']}"
                )
                response = self.get(f"{path}?fields=raw,datas", self.admin)
                record = self.assertSuccess(response)["record"]
                self.assertEqual((record["raw"], record["datas"]), (content, content))

    def test_empty_list_clears(self):
        self.partner.category_id = self.env["res.partner.category"].create(
            {"name": "x"}
        )
        self.assertSuccess(self.update({"category_id": []}))
        self.partner.invalidate_recordset()
        self.assertFalse(self.partner.category_id)

    def test_unknown_id_in_the_body_is_not_a_missing_record(self):
        with mute_logger("odoo.sql_db"):
            response = self.update({"category_id": [999999]})
        self.assertApiError(response, 422, "VALIDATION_ERROR")

    def test_what_is_missing_is_told_where_odoo_trips_over_it(self):
        def create(records, values_list):
            return [values["name"] for values in values_list]

        self.patch(type(self.env["res.currency"]), "create", create)
        response = self.create_records({"symbol": "@"}, "res.currency", self.admin)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(
            error["details"],
            [
                {
                    "field": "name",
                    "pointer": "/name",
                    "message": "name: required",
                    "code": "required",
                }
            ],
        )

    def test_required_value_is_named(self):
        with mute_logger("odoo.sql_db"):
            response = self.create_records({"symbol": "@"}, "res.currency", self.admin)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["field"], "name")

    def test_message_of_odoo_comes_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.employee.lang = "fr_FR"
        with mute_logger("odoo.sql_db"):
            response = self.create_records({"country_id": 999999, "name": "Bad"})
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["field"], "country_id")

    def test_create_is_a_matter_of_rights(self):
        response = self.create_records({"name": "No"}, user=self.reader)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_what_was_written_need_not_be_readable(self):
        """A value that cannot be shown must not undo what was created."""

        def refuse(value, record, use_display_name=True):
            raise AccessError(message)

        message = "Not for you"
        self.patch(self.env["res.partner"]._fields["color"], "convert_to_read", refuse)
        response = self.create_records({"name": "Azure", "color": 3})
        data = self.assertSuccess(response, 201)
        self.assertNotIn("color", data["record"])
        self.assertEqual(self.env["res.partner"].browse(data["id"]).color, 3)

    def test_update_changes_what_is_sent(self):
        for method in ("PUT", "PATCH"):
            with self.subTest(method=method):
                response = self.update({"color": 7, "email": "a@b.c"}, method=method)
                data = self.assertSuccess(response)
                self.assertEqual(list(data), ["id", "record", "updated_fields"])
                self.assertEqual(data["updated_fields"], ["color", "email"])
                self.assertEqual(data["record"]["color"], 7)
                self.assertEqual(self.partner.name, "API Partner")

    def test_update_refuses_unknown_fields_and_wrong_values(self):
        response = self.update({"name": "New", "nope": 1})
        self.assertApiError(response, 400, "INVALID_FIELDS")
        response = self.update({"name": "New", "color": "red"})
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.partner.invalidate_recordset()
        self.assertEqual(self.partner.name, "API Partner")

    def test_update_is_a_matter_of_rights(self):
        response = self.update({"name": "New"}, user=self.reader)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        response = self.update({"name": "New"}, record_id=99999999)
        self.assertApiError(response, 404, "RECORD_NOT_FOUND")

    def test_delete_removes_the_record(self):
        record_id = self.partner.id
        data = self.assertSuccess(self.delete(record_id, self.admin))
        self.assertEqual(data, {"id": record_id, "model": "res.partner"})
        self.assertFalse(self.partner.exists())
        self.assertApiError(self.delete(record_id), 404, "RECORD_NOT_FOUND")

    def test_delete_is_a_matter_of_rights(self):
        response = self.delete(self.partner.id, self.reader)
        self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertTrue(self.partner.exists())

    def test_delete_of_what_is_needed_elsewhere_is_refused(self):
        with mute_logger("odoo.sql_db"):
            response = self.delete(self.env.company.partner_id.id, self.admin)
        self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertTrue(self.env.company.partner_id.exists())
