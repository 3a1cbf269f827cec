# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import tagged

from .declared import declared_rules
from .openapi_case import PARTNERS, OpenApiCase

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@tagged("post_install", "-at_install")
class TestOpenApi(OpenApiCase):
    def test_every_route_is_described(self):
        expected = {
            (method, re.sub(r"<(\w+)>", r"{\1}", path.removeprefix("/api/v2")))
            for path, routing in declared_rules()
            for method in routing["methods"]
            if routing["auth"] not in ("base_api_session", "base_api_refresh")
        }
        document = self.describe()
        self.assertEqual(set(self.operations(document)), expected)
        self.assertEqual(document["openapi"], "3.1.1")
        headers = {"session-token": self.new_session(self.admin)}
        document = self.get("/openapi.json", headers=headers).json()
        self.assertIn(("POST", "/auth/logout"), self.operations(document))

    def test_names_are_unique_and_references_lead_somewhere(self):
        document = self.describe(models=f"{PARTNERS},res.country")
        items = [item for path in document["paths"].values() for item in path.values()]
        names = [item["operationId"] for item in items]
        self.assertEqual(len(names), len(set(names)))
        for name in names:
            self.assertTrue(NAME.fullmatch(name), name)
        found = set(re.findall(r"#/components/(\w+)/(\w+)", str(document)))
        expected = {
            (kind, name)
            for kind, items in document["components"].items()
            for name in items
            if kind != "securitySchemes"
        }
        self.assertEqual(found, expected)
        tags = {tag["name"] for tag in document["tags"]}
        self.assertEqual(tags, {tag for item in items for tag in item["tags"]})

    def test_a_model_has_paths_and_schemas(self):
        document = self.describe(models=PARTNERS)
        self.assertIn(("GET", f"/search/{PARTNERS}"), self.operations(document))
        # Where fields do not matter, models are the values of a parameter.
        self.assertNotIn("/search/{model_name}", document["paths"])
        [parameter] = [
            item
            for item in document["components"]["parameters"].values()
            if item["name"] == "model_name"
        ]
        self.assertEqual(parameter["schema"]["enum"], [PARTNERS])
        record = document["components"]["schemas"]["ResPartnerRecord"]["properties"]
        values = document["components"]["schemas"]["ResPartnerValues"]["properties"]
        partners = self.env[PARTNERS]
        declared = partners.with_user(self.admin).fields_get()
        self.assertEqual(record.keys(), declared.keys())
        self.assertEqual(record["name"]["title"], declared["name"]["string"])
        self.assertTrue(record["create_date"]["readOnly"])
        self.assertNotIn("create_date", values)
        self.assertEqual(values["country_id"]["x-relation"], "res.country")
        kinds = [value for value, _label in declared["type"]["selection"]]
        [choice, null] = values["type"]["anyOf"]
        self.assertEqual(null, {"type": "null"})
        choice = choice["$ref"].rpartition("/")[2]
        schemas = document["components"]["schemas"]
        self.assertEqual(schemas[choice]["enum"], kinds)

    def test_a_route_for_one_model_replaces_the_generic_one(self):
        """As in the router: /create/res.users takes other members."""
        document = self.describe(models="res.users")
        [operation] = document["paths"]["/create/res.users"].values()
        generic = self.describe()["paths"]["/create/res.users"]["post"]
        self.assertEqual(operation["operationId"], generic["operationId"])

    def test_records_of_other_models(self):
        """Messages of a partner are not partners."""
        document = self.describe(models=PARTNERS)
        for path, item in document["paths"].items():
            if path.split("/")[1] in ("messages", "activities", "followers"):
                self.assertNotIn("ResPartner", str(item), path)

    def test_routes_for_keys_only(self):
        headers = {"session-token": self.new_session(self.admin)}
        paths = self.get("/openapi.json", headers=headers).json()["paths"]
        self.assertNotIn("/partners", paths)
        self.assertIn("/partners", self.describe()["paths"])

    def test_parts_of_paths_are_described(self):
        parameters = self.describe()["components"]["parameters"].values()
        for parameter in parameters:
            self.assertTrue(parameter.get("description"), parameter["name"])

    def test_labels_are_in_the_language_of_the_caller(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        field = self.env["ir.model.fields"]._get(PARTNERS, "name")
        field.with_context(lang="fr_FR").field_description = "Nom"
        document = self.describe(models=PARTNERS, headers={"Accept-Language": "fr-FR"})
        schemas = document["components"]["schemas"]
        self.assertEqual(
            schemas["ResPartnerRecord"]["properties"]["name"]["title"], "Nom"
        )

    def test_a_restricted_key_gets_what_it_may_use(self):
        key = self.new_key(self.admin, models={PARTNERS: ["read"]})
        document = self.describe(models=PARTNERS, key=key)
        paths = document["paths"]
        self.assertIn(f"/search/{PARTNERS}", paths)
        self.assertNotIn(f"/create/{PARTNERS}", paths)
        self.assertNotIn("/create/res.users", paths)
        self.assertNotIn(f"/call/{PARTNERS}/{{method_name}}", paths)
        headers = {"api-key": key}
        response = self.get("/openapi.json?models=res.country", headers=headers)
        self.assertApiError(response, 403, "KEY_RESTRICTED")
        read_only = self.new_key(self.admin, read_only=True)
        document = self.describe(key=read_only)
        self.assertEqual(
            {method for method, path in self.operations(document)}, {"GET", "POST"}
        )
        self.assertNotIn("/create/{model_name}", document["paths"])

    def test_rights_of_the_user(self):
        document = self.describe(self.employee, models="res.country")
        self.assertNotIn("/create/res.country", document["paths"])
        self.assertIn("/search/res.country", document["paths"])
        key = self.new_key(self.employee)
        headers = {"api-key": key}
        response = self.get("/openapi.json?models=ir.rule", headers=headers)
        self.assertApiError(response, 403, "ACCESS_DENIED")

    def test_routes_for_administrators(self):
        for user, is_described in ((self.admin, True), (self.employee, False)):
            operations = self.operations(self.describe(user))
            for operation in (
                ("GET", "/groups"),
                ("POST", "/users/{user_id}/reset-password"),
                ("POST", "/create/res.users"),
            ):
                self.assertEqual(operation in operations, is_described, operation)
            self.assertIn(("PUT", "/users/{user_id}"), operations)

    def test_wrong_models(self):
        headers = {"api-key": self.new_key(self.admin)}
        for models, status, code in (
            ("res.nope", 404, "MODEL_NOT_FOUND"),
            ("mail.thread", 404, "MODEL_NOT_FOUND"),
            (",".join(f"x{number}" for number in range(51)), 400, "INVALID_PARAMETER"),
        ):
            response = self.get(f"/openapi.json?models={models}", headers=headers)
            self.assertApiError(response, status, code)
        self.assertApiError(self.get("/openapi.json"), 401, "MISSING_API_KEY")

    def test_it_is_not_sent_twice(self):
        headers = {"api-key": self.new_key(self.admin)}
        path = f"/openapi.json?models={PARTNERS}"
        response = self.get(path, headers=headers)
        self.assertEqual(
            response.headers["Content-Type"].split(";")[0], "application/json"
        )
        headers["If-None-Match"] = response.headers["ETag"]
        self.assertEqual(self.get(path, headers=headers).status_code, 304)

    def test_required_parameters(self):
        document = self.describe()
        found = {
            item["name"]
            for item in document["components"]["parameters"].values()
            if item["in"] == "query" and item.get("required")
        }
        self.assertEqual(found, {"key"})
        headers = {"api-key": self.new_key(self.admin)}
        path, body = f"/upsert/{PARTNERS}", {"name": "A"}
        response = self.call("PUT", path, json=body, headers=headers)
        self.assertApiError(response, 400, "INVALID_PARAMETER")
