# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from odoo.addons.base_api.safety import rows

from .batch_case import CREATE, BatchCase

UPSERT = "/upsert/res.partner?key=ref"


@mute_logger("odoo.sql_db")
class TestRows(BatchCase):
    """A list with several wrong rows reports all of them, and saves nothing."""

    def bad_rows(self):
        return [
            {"name": "API Row 0", "ref": "r0"},
            {"name": "API Row 1", "ref": "r1", "color": "red"},
            {"name": "API Row 2", "ref": "r2", "country_id": 999_999_999},
            {"name": "API Row 3", "ref": "r3"},
            {"ref": "r4", "type": "contact"},
        ]

    def assertRows(self, response, expected):
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        found = [(item["pointer"], item["code"]) for item in error["details"]]
        self.assertEqual(found, expected)
        self.assertEqual(error["message"], error["details"][0]["message"])
        self.assertFalse(self.names_like("API Row"))

    def test_creates_and_upserts(self):
        expected = [
            ("/1/color", "wrong_type"),
            ("/2/country_id", "foreign_key"),
            ("/4/type", "check"),
        ]
        self.assertRows(self.post(CREATE, self.clerk, json=self.bad_rows()), expected)
        self.assertRows(self.put(UPSERT, self.clerk, json=self.bad_rows()), expected)

    def test_updates(self):
        partners = self.env["res.partner"].create([{"name": f"API {n}"} for n in "abc"])
        body = [
            {"id": partners[0].id, "color": "red"},
            {"id": partners[1].id, "color": 5},
            {"id": partners[2].id, "country_id": 999_999_999},
        ]
        response = self.call("PATCH", "/update/res.partner", self.clerk, json=body)
        self.assertRows(
            response, [("/0/color", "wrong_type"), ("/2/country_id", "foreign_key")]
        )
        self.assertNotEqual(partners[1].color, 5)

    def test_unknown_fields_come_first(self):
        body = [{"name": "API Row", "colour": 1}, {"name": "API Row", "color": "red"}]
        response = self.post(CREATE, self.clerk, json=body)
        error = self.assertApiError(response, 400, "INVALID_FIELDS")
        found = [(item["pointer"], item["code"]) for item in error["details"]]
        self.assertEqual(
            found, [("/0/colour", "unknown_field"), ("/1/color", "wrong_type")]
        )

    def test_rows_that_only_fail_together(self):
        def create(records, vals_list):
            if len(vals_list) > 1:
                raise one_at_a_time
            return original(records, vals_list)

        one_at_a_time = ValidationError("One at a time")
        original = type(self.env["res.partner"]).create
        with patch.object(type(self.env["res.partner"]), "create", create):
            body = [{"name": "API Row 0"}, {"name": "API Row 1"}]
            response = self.post(CREATE, self.clerk, json=body)
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["message"], "One at a time")
        self.assertFalse(self.names_like("API Row"))

    def test_later_rows_see_earlier_ones(self):
        """A row is not wrong only because it was tried alone."""
        partner = self.env["res.partner"].create({"name": "API", "ref": "r-first"})
        body = [
            {"ref": "r-first", "name": "API Changed"},
            {"ref": "r-bad", "name": "API Row", "color": "red"},
        ]
        response = self.put(UPSERT, self.clerk, json=body)
        self.assertRows(response, [("/1/color", "wrong_type")])
        self.assertEqual(partner.name, "API")

    def test_time_is_bounded(self):
        with patch.object(rows, "MAX_SECONDS", -1):
            response = self.post(CREATE, self.clerk, json=self.bad_rows())
        error = self.assertApiError(response, 422, "VALIDATION_ERROR")
        self.assertEqual(error["details"][0]["pointer"], "/1/color")

    def test_missing_rights_are_reported_once(self):
        body = [{"name": "API Row 0"}, {"name": "API Row 1"}]
        response = self.post(CREATE, self.employee, json=body)
        error = self.assertApiError(response, 403, "ACCESS_DENIED")
        self.assertNotIn("details", error)
