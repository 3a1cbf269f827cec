# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import tagged

from ..describing import document, kept
from .key_case import KeyCase

PARTNERS, COUNTRIES = "res.partner", "res.country"
CATEGORIES = "res.partner.category"


@tagged("post_install", "-at_install")
class TestKeptDescriptions(KeyCase):
    """A description is made once, and again after whatever it depends on changed."""

    def describe(self, key, models=PARTNERS, language="en-US"):
        headers = {"api-key": key, "Accept-Language": language}
        response = self.get(f"/openapi.json?models={models}", headers=headers)
        self.assertEqual(response.status_code, 200, response.text[:500])
        return response

    def schema(self, response, name="ResPartnerRecord"):
        return response.json()["components"]["schemas"][name]["properties"]

    def test_it_is_made_once(self):
        key = self.new_key(self.admin)
        make = document.make_document
        with patch.object(document, "make_document", side_effect=make) as made:
            first, second = self.describe(key), self.describe(key)
            self.assertEqual(made.call_count, 1)
            self.assertEqual(first.headers["ETag"], second.headers["ETag"])
            self.describe(key, COUNTRIES)
            self.assertEqual(made.call_count, 2)

    def test_changed_groups_of_the_user(self):
        key = self.new_key(self.employee)
        path = f"/create/{CATEGORIES}"
        self.assertNotIn(path, self.describe(key, CATEGORIES).json()["paths"])
        managers = self.env.ref("base.group_partner_manager")
        self.employee.group_ids += managers
        self.assertIn(path, self.describe(key, CATEGORIES).json()["paths"])
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", CATEGORIES), ("perm_create", "=", True)]
        )
        rights.perm_create = False
        self.assertNotIn(path, self.describe(key, CATEGORIES).json()["paths"])

    def test_changed_groups_of_a_group(self):
        key = self.new_key(self.employee)
        path = f"/create/{CATEGORIES}"
        self.assertNotIn(path, self.describe(key, CATEGORIES).json()["paths"])
        employees = self.env.ref("base.group_user")
        employees.implied_ids += self.env.ref("base.group_partner_manager")
        self.assertIn(path, self.describe(key, CATEGORIES).json()["paths"])

    def test_changed_keys(self):
        key = self.new_key(self.admin)
        path = f"/create/{PARTNERS}"
        self.assertIn(path, self.describe(key).json()["paths"])
        record = self.env["res.users.apikeys"].search([], limit=1, order="id desc")
        record.restrictions = {"models": {PARTNERS: ["read"]}}
        self.assertNotIn(path, self.describe(key).json()["paths"])
        before = self.schema(self.describe(key))["create_date"]
        record.strict_types = True
        self.assertNotEqual(self.schema(self.describe(key))["create_date"], before)

    def test_changed_fields(self):
        key = self.new_key(self.admin)
        self.assertNotIn("x_colour", self.schema(self.describe(key)))
        self.env["ir.model.fields"].create(
            {
                "name": "x_colour",
                "model_id": self.env["ir.model"]._get_id(PARTNERS),
                "ttype": "char",
                "field_description": "Colour",
            }
        )
        self.assertIn("x_colour", self.schema(self.describe(key)))

    def test_changed_labels_and_languages(self):
        key = self.new_key(self.admin)
        self.assertEqual(self.schema(self.describe(key))["name"]["title"], "Name")
        self.env["res.lang"]._activate_lang("fr_FR")
        field = self.env["ir.model.fields"]._get(PARTNERS, "name")
        field.with_context(lang="fr_FR").field_description = "Nom"
        french = self.describe(key, language="fr-FR")
        self.assertEqual(self.schema(french)["name"]["title"], "Nom")
        self.assertEqual(self.schema(self.describe(key))["name"]["title"], "Name")

    def test_choices_that_code_computes(self):
        """Here by the installed languages, which may change without notice."""
        key = self.new_key(self.admin)
        choices = [("en_US", "English"), ("tlh", "Klingon")]
        self.describe(key)
        languages = type(self.env["res.lang"])
        with patch.object(languages, "get_installed", return_value=choices):
            schemas = self.describe(key).json()["components"]["schemas"]
            self.assertNotIn("tlh", schemas["ResPartnerLang"]["enum"])
            with patch.object(kept, "MAX_AGE", 0):  # a minute later
                schemas = self.describe(key).json()["components"]["schemas"]
            self.assertIn("tlh", schemas["ResPartnerLang"]["enum"])

    def test_without_signing_in(self):
        self.assertApiError(self.get("/openapi.json"), 401, "MISSING_API_KEY")
        self.env["ir.config_parameter"].set_param("base_api.public_description", "True")
        response = self.get("/openapi.json")
        self.assertEqual(response.status_code, 200)
        paths = response.json()["paths"]
        for path in ("/search/{model_name}", "/auth/login", "/groups", "/partners"):
            self.assertIn(path, paths)
        response = self.get(f"/openapi.json?models={PARTNERS}")
        self.assertApiError(response, 401, "MISSING_API_KEY")
        response = self.get("/openapi.json", headers={"api-key": "wrong"})
        self.assertApiError(response, 401, "INVALID_API_KEY")
        headers = {"If-None-Match": self.get("/openapi.json").headers["ETag"]}
        self.assertEqual(self.get("/openapi.json", headers=headers).status_code, 304)


@tagged("post_install", "-at_install")
class TestTypes(KeyCase):
    def describe(self, key, models=PARTNERS):
        headers = {"api-key": key}
        response = self.get(f"/types.d.ts?models={models}", headers=headers)
        self.assertEqual(response.status_code, 200, response.text[:500])
        self.assertEqual(response.headers["Content-Type"].split(";")[0], "text/plain")
        return response.text

    def test_types_of_fields(self):
        text = self.describe(self.new_key(self.admin), f"{PARTNERS},{COUNTRIES}")
        for line in (
            "export interface ResPartner {",
            "  name: string | false;",
            '  country_id: Many2one<"res.country"> | false;',
            '  child_ids: Ids<"res.partner">;',
            "  readonly create_date: string | false;",
            '  country_id?: Reference<"res.country"> | null;',
            '  Required<Pick<ResCountryValues, "name" | "code">>;',
            '  "res.partner": { record: ResPartner; values: ResPartnerValues; '
            "newValues: ResPartnerNewValues };",
        ):
            self.assertIn(f"{line}\n", text)
        self.assertRegex(text, r'  type: "contact" \| "invoice"')

    def test_strict_types(self):
        key = self.new_key(self.admin)
        record = self.env["res.users.apikeys"].search([], limit=1, order="id desc")
        record.strict_types = True
        text = self.describe(key)
        self.assertIn("  name: string | null;\n", text)
        self.assertIn("display_name: string | null;", text)

    def test_a_label_does_not_end_a_comment(self):
        field = self.env["ir.model.fields"]._get(PARTNERS, "name")
        field.field_description = "Name */ export type Bad = 1; /*\nx"
        text = self.describe(self.new_key(self.admin))
        self.assertIn("/** Name * / export type Bad = 1; /* x */", text)

    def test_rights(self):
        headers = {"api-key": self.new_key(self.admin, models={PARTNERS: ["read"]})}
        response = self.get(f"/types.d.ts?models={COUNTRIES}", headers=headers)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        self.assertApiError(self.get("/types.d.ts"), 401, "MISSING_API_KEY")
