# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import mute_logger

from .upsert_case import UpsertCase


class TestUpsertEach(UpsertCase):
    @mute_logger("odoo.sql_db")
    def test_each_for_itself(self):
        """With `atomic=false` what is wrong leaves the others alone."""
        body = [
            {"ref": "UP-1", "name": "Azure"},
            {"ref": "UP-2", "name": "Blue", "color": "red"},
            {"ref": "UP-3", "name": "Green"},
            {"name": "Without a key"},
            {"ref": "UP-3", "name": "Green again"},
            {"ref": "UP-4", "type": "contact"},
        ]
        data = self.assertSuccess(self.upsert(body, key="ref&atomic=false"))
        self.assertEqual(
            [
                (item["success"], item["status"], item["http_status"])
                for item in data["results"]
            ],
            [
                (True, "unchanged", 200),
                (False, "failed", 422),
                (True, "created", 201),
                (False, "failed", 422),
                (False, "failed", 422),
                (False, "failed", 422),
            ],
        )
        places = [
            [entry["pointer"] for entry in item["error"]["details"]]
            for item in data["results"]
            if not item["success"]
        ]
        self.assertEqual(places, [["/1/color"], ["/3/ref"], ["/4/ref"], ["/5/type"]])
        counts = [data[name] for name in ("created", "updated", "unchanged", "failed")]
        self.assertEqual(counts, [1, 0, 1, 4])
        self.assertEqual(
            self.partners.search([("ref", "like", "UP-")], order="ref").mapped("name"),
            ["Azure", "Green"],
        )

    def test_each_for_itself_within_max_affected(self):
        body = [{"ref": f"UP-{number}", "name": "Azure"} for number in (1, 2, 3)]
        key, headers = "ref&atomic=false", {"Prefer": "max-affected=1"}
        response = self.upsert(body, key=key, headers=headers)
        self.assertApiError(response, 409, "MAX_AFFECTED_EXCEEDED")
        self.assertFalse(self.partners.search([("ref", "=", "UP-2")]))
        self.assertSuccess(self.upsert(body[:2], key=key, headers=headers))

    def test_one_record_is_no_list(self):
        response = self.upsert({"ref": "x", "name": "y"}, key="ref&atomic=false")
        self.assertApiError(response, 400, "INVALID_PARAMETER")
