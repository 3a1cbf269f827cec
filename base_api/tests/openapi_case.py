# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from jsonschema import Draft202012Validator

from .key_case import KeyCase

PARTNERS = "res.partner"
ENVELOPE = ["success", "data", "message"]


class OpenApiCase(KeyCase):
    """The document of a caller, with comparisons of answers."""

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
