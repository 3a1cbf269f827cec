# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io

from PIL import Image

from .upsert_case import UpsertCase


class TestUpsertedValues(UpsertCase):
    def test_values_that_odoo_stores_in_another_form(self):
        image = Image.new("RGB", (3000, 2000), "red")
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        body = [
            {
                "ref": f"UP-{number}",
                "name": "Azure",
                "website": "example.com",
                "image_1920": base64.b64encode(buffer.getvalue()).decode(),
                "properties": {},
            }
            for number in (1, 2)
        ]
        self.assertEqual(self.statuses(body), ["updated", "created"])
        self.assertEqual(self.partner.website, "http://example.com")
        self.assertEqual(self.statuses(body), ["unchanged", "unchanged"])
        for values in (
            {"website": "http://example.org"},
            {"image_1920": base64.b64encode(b"<svg/>")},
        ):
            with self.subTest(values=list(values)):
                # What somebody else has changed since is written again.
                self.partner.write(values)
                self.assertEqual(self.statuses(body), ["updated", "unchanged"])
                self.assertEqual(self.partner.website, "http://example.com")
                self.assertEqual(self.statuses(body), ["unchanged", "unchanged"])
        body[0]["website"] = "example.net"
        self.assertEqual(self.statuses(body), ["updated", "unchanged"])

    def test_no_hash_tells_a_key_what_it_may_not_read(self):
        body = {"ref": "UP-1", "website": "example.com"}
        self.assertEqual(self.statuses([body]), ["updated"])
        key = self.new_key(self.employee, models={"res.partner": ["update"]})
        for website in ("example.com", "example.org"):
            sent = {"ref": "UP-1", "website": website}
            path, headers = "/upsert/res.partner?key=ref", {"api-key": key}
            response = self.put(path, json=sent, headers=headers)
            self.assertEqual(self.assertSuccess(response)["status"], "updated")

    def test_no_hash_of_a_password_is_kept(self):
        body = {"login": self.employee.login, "password": "A long password 1!"}
        path = "/upsert/res.users?key=login"
        for _turn in range(2):
            data = self.assertSuccess(self.put(path, self.admin, json=body))
            self.assertEqual(data["status"], "updated")
        values = self.env["api.upsert.value"].sudo()
        self.assertFalse(values.search([("model", "=", "res.users")]))

    def test_zero_is_not_empty_in_properties(self):
        definition = [{"name": "size", "type": "integer", "string": "Size"}]
        base = self.partner.properties_base_definition_id.sudo()
        base.properties_definition = definition
        self.partner.properties = {"size": False}
        body = [{"ref": "UP-1", "properties": {"size": 0}}]
        self.assertEqual(self.statuses(body), ["updated"])
        self.assertEqual(self.statuses(body), ["unchanged"])

    def test_values_of_deleted_records_are_removed(self):
        self.statuses([{"ref": "UP-1", "website": "example.com"}])
        values = self.env["api.upsert.value"].sudo()
        self.assertEqual(values.search([]).res_id, self.partner.id)
        values._gc_orphans()
        self.assertTrue(values.search([]))
        self.partner.unlink()
        values._gc_orphans()
        self.assertFalse(values.search([]))
