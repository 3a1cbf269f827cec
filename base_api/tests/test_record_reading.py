# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.base_api.errors.hints import MAX_HINTS

from .common import ApiCase


class TestReadRecords(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"API Partner {number}", "ref": "api-reading", "color": number}
                for number in range(3)
            ]
        )
        cls.partner = cls.partners[0]

    def search(self, query="", user=None, model="res.partner", **kwargs):
        path = f"/search/{model}?ref=api-reading{query}"
        return self.get(path, user or self.employee, **kwargs)

    def test_list_has_default_fields_and_counts(self):
        data = self.assertSuccess(self.search())
        self.assertEqual(
            list(data), ["records", "count", "model", "fields", "total_count"]
        )
        self.assertEqual(data["fields"], ["id", "name", "display_name"])
        self.assertEqual(data["records"][0], {
            "id": self.partner.id,
            "name": "API Partner 0",
            "display_name": "API Partner 0",
        })  # fmt: skip
        self.assertEqual((data["count"], data["total_count"]), (3, 3))

    def test_list_pages_by_id(self):
        for query, ids, total in [
            ("&limit=2", self.partners.ids[:2], 3),
            ("&limit=2&offset=2", self.partners.ids[2:], 3),
            ("&limit=2&offset=9", [], 3),
            ("&limit=0", [], 3),
            ("&limit=1000", self.partners.ids, 3),
        ]:
            with self.subTest(query=query):
                data = self.assertSuccess(self.search(query))
                self.assertEqual([row["id"] for row in data["records"]], ids)
                self.assertEqual(data["count"], len(ids))
                self.assertEqual(data["total_count"], total)

    def test_pages_are_full_where_a_model_filters_what_it_found(self):
        """A model may take records out after the limit, as mail.message does."""
        model = type(self.env["res.partner"])
        plain_search = model._search

        def _search(records, domain, offset=0, limit=None, order=None, **kwargs):
            query = plain_search(records, domain, offset, limit, order, **kwargs)
            if "api-reading" not in repr(domain):  # the caller's own partner
                return query
            return records.browse(list(query)[1:])._as_query(order)

        self.patch(model, "_search", _search)
        data = self.assertSuccess(self.search("&limit=1"))
        self.assertEqual((data["count"], data["total_count"]), (1, 2))
        data = self.assertSuccess(self.search(f"&limit=1&cursor={data['next_cursor']}"))
        self.assertEqual(data["count"], 1)
        self.assertNotIn("next_cursor", data)

    def test_list_needs_no_more_statements_than_the_orm(self):
        """The page's own query, and none to count what fits on the page."""
        key = self.new_key(self.employee)
        url = "/api/v2/search/res.partner?ref=api-reading&fields=name,color"
        # Fills the caches, and notes the use of the key for a minute.
        self.assertSuccess(self.url_open(url, headers={"api-key": key}))
        with self.assertQueryCount(2):  # who is calling, the page
            self.assertSuccess(self.url_open(url, headers={"api-key": key}))

    def test_limits_are_never_clamped(self):
        for query in ("limit=-1", "limit=1001", "limit=x", "limit=", "limit=1e2",
                      "offset=-1", "offset=1.5", "limit=1&limit=2"):  # fmt: skip
            with self.subTest(query=query):
                response = self.search(f"&{query}")
                error = self.assertApiError(response, 400, "INVALID_PARAMETER")
                self.assertIn(query.partition("=")[0], error["message"])

    def test_fields_are_chosen_and_id_comes_first(self):
        data = self.assertSuccess(self.search("&fields=color, name&limit=1"))
        self.assertEqual(data["fields"], ["id", "color", "name"])
        self.assertEqual(
            data["records"],
            [{"id": self.partner.id, "color": 0, "name": "API Partner 0"}],
        )

    def test_unknown_fields_are_refused_with_a_hint(self):
        for path in ("/search/res.partner", f"/search/res.partner/{self.partner.id}"):
            response = self.get(f"{path}?fields=name,emial,xyzzy", self.employee)
            error = self.assertApiError(response, 400, "INVALID_FIELDS")
            self.assertIn("'emial' (did you mean 'email'?), 'xyzzy'", error["message"])

    def test_few_of_many_unknown_fields_get_a_hint(self):
        names = [f"name{number}" for number in range(2000)]
        for headers in ({}, {"Prefer": "handling=lenient"}):
            with patch(
                "odoo.addons.base_api.errors.hints.get_close_matches"
            ) as compare:
                compare.return_value = ["name"]
                response = self.post(
                    "/search/res.partner",
                    self.employee,
                    json={"fields": names, "limit": 1},
                    headers=headers,
                )
            if headers:
                self.assertEqual(self.assertSuccess(response)["fields"], ["id"])
                compare.assert_not_called()
            else:
                self.assertApiError(response, 400, "INVALID_FIELDS")
                self.assertEqual(compare.call_count, MAX_HINTS)

    def test_unknown_fields_are_dropped_when_the_caller_prefers_so(self):
        headers = {"Prefer": "handling=lenient"}
        response = self.search("&fields=name,emial", headers=headers)
        self.assertEqual(self.assertSuccess(response)["fields"], ["id", "name"])
        self.assertEqual(response.headers["Preference-Applied"], "handling=lenient")

    def test_unknown_filters_are_refused(self):
        response = self.get("/search/res.partner?nmae=x", self.employee)
        self.assertApiError(response, 400, "INVALID_FILTER")

    def test_archived_records_are_found_when_asked(self):
        self.partner.active = False
        self.assertEqual(self.assertSuccess(self.search())["count"], 2)
        self.assertEqual(self.assertSuccess(self.search("&active=false"))["count"], 1)

    def test_record_has_every_readable_field_but_binaries(self):
        path = f"/search/res.partner/{self.partner.id}"
        data = self.assertSuccess(self.get(path, self.employee))
        self.assertEqual(
            list(data),
            ["record", "model", "id", "fields_returned", "total_fields_available"],
        )
        self.assertEqual(data["fields_returned"], list(data["record"]))
        self.assertEqual(data["fields_returned"][0], "id")
        self.assertIn("color", data["record"])
        self.assertNotIn("image_1920", data["record"])
        self.assertGreater(data["total_fields_available"], len(data["record"]))

    def test_record_shows_archived_and_odoos_representation(self):
        self.partner.write({
            "active": False,
            "country_id": self.env.ref("base.be").id,
            "category_id": [Command.create({"name": "API"})],
        })  # fmt: skip
        path = f"/search/res.partner/{self.partner.id}"
        path += "?fields=active,country_id,category_id,email,write_date"
        record = self.assertSuccess(self.get(path, self.employee))["record"]
        self.assertRegex(
            record.pop("write_date"), r"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\Z"
        )
        self.assertEqual(
            record,
            {
                "id": self.partner.id,
                "active": False,
                "country_id": [self.env.ref("base.be").id, "Belgium"],
                "category_id": self.partner.category_id.ids,
                "email": False,
            },
        )

    def test_binary_is_base64_when_asked_for_by_name(self):
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            "awAAAABJRU5ErkJggg=="
        )
        self.partner.image_1920 = pixel
        path = f"/search/res.partner/{self.partner.id}?fields=image_1920"
        record = self.assertSuccess(self.get(path, self.employee))["record"]
        self.assertEqual(record["image_1920"], self.partner.image_1920.decode())

    def test_missing_and_invisible_records_are_not_found(self):
        company = self.env["res.company"].create({"name": "API Other company"})
        foreign = self.env["res.partner"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        for record_id in (foreign.id, 99999999, "x", "-1", "0", "1.0", "9" * 30, "%00"):
            with self.subTest(record_id=record_id):
                response = self.get(f"/search/res.partner/{record_id}", self.employee)
                self.assertApiError(response, 404, "RECORD_NOT_FOUND")

    def test_message_of_a_missing_record(self):
        response = self.get("/search/res.partner/99999999", self.employee)
        error = self.assertApiError(response, 404, "RECORD_NOT_FOUND")
        self.assertEqual(
            error["message"], "Record with ID 99999999 not found in res.partner"
        )

    def test_unknown_and_abstract_models_are_not_found(self):
        for model in ("invalid.model", "base", "ir.http", "_unknown", "'; --"):
            with self.subTest(model=model):
                for path in (f"/search/{model}", f"/search/{model}/1"):
                    error = self.assertApiError(
                        self.get(path, self.employee), 404, "MODEL_NOT_FOUND"
                    )
                    self.assertEqual(error["message"], f"Model '{model}' not found")

    def test_models_and_fields_out_of_reach_are_denied(self):
        self.patch(self.partners._fields["color"], "groups", "base.group_system")
        for path in (
            "/search/ir.config_parameter",
            "/search/ir.config_parameter/1",
            "/search/res.partner?fields=color",
            f"/search/res.partner/{self.partner.id}?fields=color",
        ):
            with self.subTest(path=path):
                self.assertApiError(self.get(path, self.employee), 403, "ACCESS_DENIED")
        path = f"/search/res.partner/{self.partner.id}"
        data = self.assertSuccess(self.get(path, self.employee))
        self.assertNotIn("color", data["record"])

    def test_record_is_read_without_what_odoo_refuses_to_compute(self):
        """One computed field out of reach must not hide all others."""

        message = "Not for you"

        def refuse(records):
            raise AccessError(message)

        field = self.partners._fields["email_formatted"]
        self.patch(field, "compute", refuse)
        path = f"/search/res.partner/{self.partner.id}"
        data = self.assertSuccess(self.get(path, self.employee))
        self.assertNotIn("email_formatted", data["fields_returned"])
        self.assertIn("name", data["fields_returned"])
        response = self.get(f"{path}?fields=email_formatted", self.employee)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_old_name_of_a_field_is_answered(self):
        path = f"/search/res.users/{self.employee.id}"
        data = self.assertSuccess(
            self.get(f"{path}?fields=login,groups_id", self.admin)
        )
        self.assertEqual(data["fields_returned"], ["id", "login", "groups_id"])
        self.assertEqual(data["record"]["groups_id"], self.employee.group_ids.ids)
        record = self.assertSuccess(self.get(path, self.admin))["record"]
        self.assertEqual(record["groups_id"], record["group_ids"])
