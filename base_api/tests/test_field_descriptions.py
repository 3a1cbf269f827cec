# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import ApiCase
from .key_case import KeyCase
from .properties_case import DEFINITIONS, PropertiesCase

MODELS = ("res.partner", "res.users", "res.country", "ir.attachment", "res.company")


class DescriptionCase(ApiCase):
    def fields(self, model, user=None, **params):
        response = self.get(f"/fields/{model}", user or self.admin, params=params)
        rows = self.assertSuccess(response)["fields"]
        return {row["name"]: row for row in rows}


@tagged("post_install", "-at_install")
class TestFieldDescriptions(DescriptionCase):
    def test_what_values_look_like(self):
        partner = self.fields("res.partner")
        self.assertIn(["contact", "Contact"], partner["type"]["selection"])
        self.assertEqual(partner["partner_latitude"]["digits"], [10, 7])
        self.assertTrue(self.fields("res.country")["name"]["translate"])
        self.assertTrue(partner["barcode"]["company_dependent"])
        self.assertEqual(partner["active"]["default"], True)
        self.assertEqual(partner["type"]["default"], "contact")
        self.assertNotIn("default", partner["name"])
        self.assertNotIn("default", partner["display_name"])

    def test_defaults_are_those_of_the_caller(self):
        self.env["ir.default"].set(
            "res.partner", "city", "Ghent", user_id=self.admin.id
        )
        self.assertEqual(self.fields("res.partner")["city"]["default"], "Ghent")
        fields = self.fields("res.partner", self.employee)
        self.assertNotIn("default", fields["city"])

    def test_a_default_that_is_the_current_time_is_not_described(self):
        nextcall = self.fields("ir.cron")["nextcall"]
        self.assertTrue(nextcall["required"])
        self.assertNotIn("default", nextcall)
        # Odoo takes it nevertheless.
        self.assertFalse(nextcall["required_on_create"])

    def test_nothing_is_kept_of_what_defaults_write(self):
        countries = type(self.env["res.country"])
        default_get = countries.default_get

        def create_one(model, names):
            model.sudo().create({"name": "Default", "code": "QQ"})
            return default_get(model, names)

        self.patch(countries, "default_get", create_one)
        self.fields("res.country")
        self.assertFalse(self.env["res.country"].search([("code", "=", "QQ")]))

    def test_what_a_new_record_needs(self):
        for model, needed in (
            ("res.country", {"name", "code"}),
            ("res.partner.bank", {"acc_number", "partner_id"}),
            ("res.users", {"login"}),
        ):
            with self.subTest(model=model):
                fields = self.fields(model)
                found = {
                    name for name, row in fields.items() if row["required_on_create"]
                }
                self.assertEqual(found, needed)

    def test_what_can_be_written_is_what_is_accepted(self):
        for name, row in self.fields("res.partner").items():
            with self.subTest(name=name):
                body = {name: {"nope": 1}}
                response = self.post("/create/res.partner", self.admin, json=body)
                refused = "cannot be written" in response.text
                self.assertEqual(row["writable"], not refused, response.text)

    def test_what_can_be_done_is_what_is_accepted(self):
        for model in MODELS:
            for name, row in self.fields(model).items():
                for ability, query in (
                    ("sortable", f"/search/{model}?limit=1&order={name}"),
                    ("groupable", f"/aggregate/{model}?limit=1&groupby={name}"),
                ):
                    with self.subTest(model=model, name=name, ability=ability):
                        response = self.get(query, self.admin)
                        self.assertEqual(row[ability], response.ok, response.text)
                with self.subTest(model=model, name=name):
                    response = self.get(f"/search/{model}?{name}__x=1", self.admin)
                    self.assertApiError(response, 400, "INVALID_FILTER")
                    response = self.get(f"/search/{model}?{name}=~", self.admin)
                    message = "" if response.ok else response.json()["error"]["message"]
                    refused = "cannot be" in message
                    self.assertEqual(row["searchable"], not refused, message)

    def test_a_choice_of_fields(self):
        fields = self.fields("res.partner", fields="name,country_id")
        self.assertEqual(list(fields), ["name", "country_id"])
        fields = self.fields("res.users", fields="groups_id")
        self.assertEqual(list(fields), ["group_ids"])
        fields = self.fields("res.partner", writable="true")
        self.assertIn("name", fields)
        self.assertNotIn("create_date", fields)
        response = self.get("/fields/res.partner?fields=nane", self.admin)
        self.assertApiError(response, 400, "INVALID_FIELDS")
        response = self.get("/fields/res.partner?writable=1x", self.admin)
        self.assertApiError(response, 400, "INVALID_PARAMETER")

    def test_an_unchanged_answer_is_not_sent_again(self):
        response = self.get("/fields/res.country", self.admin)
        headers = {"If-None-Match": response.headers["ETag"]}
        response = self.get("/fields/res.country", self.admin, headers=headers)
        self.assertEqual(response.status_code, 304)

    def test_every_model_is_described(self):
        for model in self.env.registry:
            if self.env[model]._abstract:
                continue
            with self.subTest(model=model):
                response = self.get(f"/fields/{model}", self.admin)
                self.assertIn(response.status_code, (200, 403), response.text)


@tagged("post_install", "-at_install")
class TestDescribedProperties(PropertiesCase, DescriptionCase):
    def test_properties_are_described(self):
        row = self.fields("res.partner", self.employee)["properties"]
        parent = self.partner.properties_base_definition_id
        self.assertEqual(
            row["properties"]["parent_field"], "properties_base_definition_id"
        )
        definitions = row["properties"]["definitions"]
        self.assertEqual(list(definitions), [str(parent.id)])
        described = {item["name"]: item for item in definitions[str(parent.id)]}
        self.assertEqual(list(described), [item["name"] for item in DEFINITIONS])
        self.assertEqual(
            described["color"]["selection"], [["red", "Red"], ["1", "One"]]
        )
        params = {"properties_of": parent.id + 1}
        row = self.fields("res.partner", self.employee, **params)["properties"]
        self.assertEqual(row["properties"]["definitions"], {})


@tagged("post_install", "-at_install")
class TestDescriptionsForKeys(KeyCase):
    def test_a_key_learns_nothing_of_other_models(self):
        response = self.use({"res.partner": ["read"]}, "GET", "/fields/res.partner")
        rows = self.assertSuccess(response)["fields"]
        fields = {row["name"]: row for row in rows}
        self.assertEqual(fields["country_id"]["natural_keys"], [])
        self.assertFalse(fields["country_id"]["sortable"])
        response = self.use({"res.partner": ["read"]}, "GET", "/fields/res.country")
        self.assertApiError(response, 403, "KEY_RESTRICTED")
