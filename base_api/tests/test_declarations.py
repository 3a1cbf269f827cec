# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from jsonschema import Draft202012Validator

from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.base_api import operations
from odoo.addons.base_api.errors import ApiError
from odoo.addons.base_api.limiting.rows import DESCRIPTIONS, LISTS
from odoo.addons.base_api.operations import description, schemas
from odoo.addons.base_api.operations.endpoints import routing_map
from odoo.addons.base_api.operations.route import operation_of
from odoo.addons.base_api.protocol.cors import preflight_headers
from odoo.addons.base_api.protocol.headers import REQUEST_HEADERS, for_browsers

from .declared import declared_rules

VARIABLE = re.compile(r"<(\w+)>")


class TestDeclarations(BaseCase):
    """Every route says all that a description of it needs."""

    def test_complete(self):
        rules = list(declared_rules())
        self.assertGreater(len(rules), 30)
        for path, routing in rules:
            with self.subTest(path=path, methods=routing["methods"]):
                self.assertTrue(routing["answers"])
                self.assertTrue(path.startswith("/api/v2/"))
                names = set(VARIABLE.findall(path))
                statuses = {int(item.status) for item in routing["answers"]}
                self.assertLessEqual(statuses, {200, 201})
                for error in description.error_classes(routing, names):
                    self.assertTrue(issubclass(error, ApiError))

    def test_parameters(self):
        for path, routing in declared_rules():
            for parameter in routing["parameters"]:
                with self.subTest(path=path, parameter=parameter.name):
                    self.assertTrue(parameter.description)
                    schema = parameter.json_schema()
                    Draft202012Validator.check_schema(schema)
                    self.assertIn("type", schema)

    def test_bodies(self):
        for path, routing in declared_rules():
            if body := routing["body"]:
                with self.subTest(path=path):
                    schema = body.json_schema()
                    Draft202012Validator.check_schema(schema)
                    self.assertNotEqual(routing["methods"], ["GET"])

    def test_lists_of_records_are_counted(self):
        """Rate limits on rows know the member of each answer that is a list."""
        known = {*LISTS, *DESCRIPTIONS}
        found = set()
        for path, routing in declared_rules():
            for answer in routing["answers"]:
                lists = set(list_members(getattr(answer, "data", {})))
                found |= lists
                with self.subTest(path=path, answer=answer.name):
                    self.assertFalse(lists - known)
        self.assertFalse(known - found)

    def test_names_of_answers(self):
        """Answers with the same name are the same, as it names a schema."""
        modules = [
            import_module(f"{operations.__name__}.{module.name}")
            for module in iter_modules(operations.__path__)
            if module.name.endswith("schemas")
        ]
        answers = [
            item
            for module in modules
            for item in vars(module).values()
            if isinstance(item, schemas.JsonAnswer | schemas.FileAnswer)
        ]
        self.assertGreater(len(answers), 40)
        by_name = {item.name: item for item in answers}
        for item in answers:
            same = replace(by_name[item.name], status=item.status)
            self.assertEqual(item, same)
        used = {
            id(item) for _, routing in declared_rules() for item in routing["answers"]
        }
        unused = [item.name for item in answers if id(item) not in used]
        self.assertFalse(unused)

    def test_read_only_by_all_methods(self):
        for path, routing in declared_rules():
            if set(routing["methods"]) - {"GET"} and routing["readonly"]:
                with self.subTest(path=path):
                    self.assertEqual(routing["operation"], "read")

    def test_operation_by_all_methods(self):
        self.assertEqual(operation_of(("PUT", "PATCH")), "update")
        with self.assertRaises(ValueError):
            operation_of(("GET", "DELETE"))

    def test_headers_of_pages(self):
        allowed = preflight_headers(["GET"])["Access-Control-Allow-Headers"]
        self.assertEqual(allowed, for_browsers(REQUEST_HEADERS))
        self.assertIn("Idempotency-Key", allowed)


@tagged("post_install", "-at_install")
class TestRegisteredRoutes(TransactionCase):
    def test_same_as_declared(self):
        """Odoo serves the routes that the tests compare answers with, and no others."""
        served = {
            (rule.rule, method)
            for rule in routing_map(self.env).iter_rules()
            if description.is_ours(rule.endpoint.routing)
            for method in rule.endpoint.routing["methods"]
        }
        declared = {
            (path, method)
            for path, routing in declared_rules()
            for method in routing["methods"]
        }
        self.assertEqual(served, declared)


def list_members(schema):
    """Yield the members of an object that are lists of objects, or of their ids."""
    for alternative in (schema, *schema.get("anyOf", ())):
        for name, member in alternative.get("properties", {}).items():
            kind = member.get("items", {}).get("type")
            if kind == "object" or member == schemas.IDS:
                yield name
