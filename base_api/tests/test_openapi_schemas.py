# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .openapi_case import PARTNERS, OpenApiCase


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
class TestOpenApiSchemas(OpenApiCase):
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
