# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from jsonschema import Draft202012Validator

from odoo.tests import tagged

from .declared import declared_rules
from .key_case import KeyCase

PARTNERS = "res.partner"
ENVELOPE = ["success", "data", "message"]
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def requests(partner_id, field_names):
    """Return tuples of a method, a path, its template and the other options."""
    all_fields = {"params": {"fields": ",".join(field_names)}}
    one, template = f"{PARTNERS}/{partner_id}", f"{PARTNERS}/{{record_id}}"
    values = {"name": "A", "ref": "A"}
    return (
        ("GET", f"/search/{PARTNERS}", f"/search/{PARTNERS}", all_fields),
        ("GET", f"/search/{one}", f"/search/{template}", all_fields),
        ("GET", f"/count/{PARTNERS}", "/count/{model_name}", {}),
        ("GET", f"/fields/{PARTNERS}", "/fields/{model_name}", {}),
        ("POST", f"/create/{PARTNERS}", f"/create/{PARTNERS}", {"json": values}),
        ("POST", f"/create/{PARTNERS}", f"/create/{PARTNERS}", {"json": [values] * 2}),
        ("PUT", f"/upsert/{PARTNERS}?key=ref", f"/upsert/{PARTNERS}", {"json": values}),
        ("PUT", f"/update/{one}", f"/update/{template}", {"json": {"comment": "A"}}),
    )


@tagged("post_install", "-at_install")
class TestOpenApi(KeyCase):
    def describe(self, user=None, models="", key=None, headers=None):
        headers = {
            "api-key": key or self.new_key(user or self.admin),
            **(headers or {}),
        }
        response = self.get(f"/openapi.json?models={models}", headers=headers)
        self.assertEqual(response.status_code, 200, response.text[:500])
        return response.json()

    def new_typed_key(self, strict_types):
        key = self.new_key(self.admin)
        self.env["res.users.apikeys"].search([], limit=1, order="id desc").write(
            {"strict_types": strict_types}
        )
        return key

    def operations(self, document):
        return [
            (method.upper(), path)
            for path, item in document["paths"].items()
            for method in item
        ]

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

    def test_answers_match_it(self):
        """What is answered is valid by the schemas of the model."""
        partner = self.env[PARTNERS].search([], limit=1)
        for strict in (False, True):
            key = self.new_typed_key(strict)
            document = self.describe(models=PARTNERS, key=key)
            fields = document["components"]["schemas"]["ResPartnerRecord"]["properties"]
            names = [name for name in fields if not name.startswith("image")]
            for method, path, template, options in requests(partner.id, names):
                with self.subTest(strict=strict, method=method, path=path):
                    options["headers"] = {"api-key": key, "Prefer": "dry-run"}
                    self.validate(document, method, path, template, **options)

    def validate(self, document, method, path, template, **options):
        """Compare an answer with the description of its status."""
        response = self.call(method, path, **options)
        self.assertLess(response.status_code, 300, response.text)
        operation = document["paths"][template][method.lower()]
        described = operation["responses"][str(response.status_code)]
        schema = described["content"]["application/json"]["schema"]
        for choice in schema.get("anyOf", [schema]):
            # Records are open objects: an envelope would be valid as one.
            name = choice["$ref"].rpartition("/")[2]
            described = document["components"]["schemas"][name]
            self.assertEqual(list(described["properties"]), ENVELOPE)
        whole = {**schema, "components": document["components"]}
        Draft202012Validator(whole).validate(response.json())

    def test_dotted_names_and_translations(self):
        """With these parameters, relations are objects and texts have languages."""
        country = self.env.ref("base.us")
        params = {
            "fields": "name,currency_id.name,state_ids.code",
            "translations": "all",
        }
        for strict in (False, True):
            key = self.new_typed_key(strict)
            document = self.describe(models="res.country", key=key)
            for path, template in (
                ("/search/res.country?limit=3&id__gt=3", "/search/res.country"),
                (
                    f"/search/res.country/{country.id}",
                    "/search/res.country/{record_id}",
                ),
            ):
                headers = {"api-key": key}
                with self.subTest(path=path, strict=strict):
                    self.validate(
                        document, "GET", path, template, params=params, headers=headers
                    )

    def test_moments_have_no_offset(self):
        """Those of users and keys: the format date-time would need one."""
        key = self.new_key(self.admin)
        document = self.describe(key=key)
        self.assertNotIn("date-time", str(document))
        path = f"/users/{self.admin.id}/api-keys"
        template, headers = "/users/{user_id}/api-keys", {"api-key": key}
        self.validate(document, "GET", path, template, headers=headers)

    def test_it_describes_itself(self):
        operation = self.describe()["paths"]["/openapi.json"]["get"]
        content = operation["responses"]["200"]["content"]
        self.assertEqual(content["application/json"]["schema"]["type"], "object")

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

    def test_files(self):
        """Generators choose bytes, text or an object by the schema of a file."""
        paths = self.describe()["paths"]
        found = {
            (path.split("/")[1], media_type): content["schema"]
            for path in paths
            for response in paths[path].get("get", {}).get("responses", {}).values()
            for media_type, content in response.get("content", {}).items()
            if path.startswith(("/binary", "/export", "/report", "/openapi"))
        }
        binary = {"type": "string", "format": "binary"}
        self.assertEqual(found["binary", "*/*"], binary)
        self.assertEqual(found["report", "application/pdf"], binary)
        self.assertEqual(found["export", "text/csv"], {"type": "string"})
        anything = {"type": "object", "additionalProperties": True}
        self.assertEqual(found["openapi.json", "application/json"], anything)

    def test_one_media_type_for_lists(self):
        """A client of openapi-python-client cannot send a list in one of several."""
        paths = self.describe()["paths"]

        def media_types(path, method):
            return set(paths[path][method]["requestBody"]["content"])

        both = {"application/json", "multipart/form-data"}
        self.assertEqual(
            media_types("/create/{model_name}", "post"), {"application/json"}
        )
        self.assertEqual(media_types("/update/{model_name}/{record_id}", "put"), both)
        self.assertEqual(media_types("/attachments", "post"), both)

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

    def test_what_new_records_need(self):
        schemas = self.describe(models="res.country,res.partner.bank")["components"][
            "schemas"
        ]
        country, bank = (
            schemas["ResCountryNewValues"],
            schemas["ResPartnerBankNewValues"],
        )
        values = {"$ref": "#/components/schemas/ResCountryValues"}
        self.assertEqual(country["allOf"], [values])
        self.assertEqual(set(country["required"]), {"name", "code"})
        self.assertEqual(set(bank["required"]), {"acc_number", "partner_id"})
        countries = self.env["ir.default"]
        countries.set("res.country", "code", "XX")
        schemas = self.describe(models="res.country")["components"]["schemas"]
        self.assertEqual(schemas["ResCountryNewValues"]["required"], ["name"])

    def test_constants_have_names_of_their_own(self):
        """Time zones such as GMT0 and GMT+0 would have the same."""
        schemas = self.describe(models=PARTNERS)["components"]["schemas"]
        zones = schemas["ResPartnerTz"]
        self.assertIn("GMT+0", zones["enum"])
        self.assertEqual(len(zones["x-enum-varnames"]), len(zones["enum"]))
        self.assertEqual(len(set(zones["x-enum-varnames"])), len(zones["enum"]))
        self.assertNotIn("x-enum-varnames", schemas["ResPartnerType"])

    def test_open_objects_have_members(self):
        """Otherwise openapi-typescript takes them for empty ones."""
        schemas = self.describe(models=PARTNERS)["components"]["schemas"]
        for name in ("Reference", "Context", "Record"):
            self.assertIs(schemas[name]["additionalProperties"], True, name)
        lines = schemas["LinesInput"]["anyOf"]
        self.assertIn({"type": "object", "additionalProperties": True}, lines)

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
