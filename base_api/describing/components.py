# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reusable parts of a description: schemas, parameters and responses."""

from __future__ import annotations

from typing import Any

from ..operations import schemas
from ..operations.description import error_schema
from ..operations.schemas import obj
from ..protocol.parameters import Schema
from .fields import answered_schema, sent_schema
from .portable import portable

ERROR = "Error"
# Names of components -> the schemas in the declarations that they stand for.
_NAMED = {
    "Record": schemas.RECORD,
    "Values": schemas.VALUES,
    "Reference": schemas.REFERENCE,
    "Change": schemas.DRY_RUN_CHANGE,
    "Detail": schemas.DETAIL,
    "Step": schemas.STEP,
    "ItemError": schemas.ERROR,
}
_OF_MODELS = ("Record", "Values")


class Components:
    """The components of one description.

    :param strict_types: how answers represent values
    """

    def __init__(self, strict_types: bool) -> None:
        self.strict_types = strict_types
        self.schemas: dict[str, Schema] = {}
        self._model_names: dict[str, str] = {}
        self._codes: set[str] = set()
        self.parameters: dict[str, Any] = {}
        self.responses: dict[str, Any] = {}

    def refer(self, name: str, schema: Schema, model_name: str | None = None) -> Schema:
        """Return a reference to a schema, which becomes a component.

        :param model_name: the model of the records in the schema; None for any
        """
        if model_name and _holds_records(schema):
            name = self._model_names[model_name] + name
        if name not in self.schemas:
            self.schemas[name] = self.inline(schema, model_name)
        return _reference("schemas", name)

    def inline(self, schema: Schema, model_name: str | None = None) -> Schema:
        """Return a schema in the form for generators, with references."""

        def replace(part: Schema) -> Schema | None:
            for name, known in _NAMED.items():
                if part == known and part is not schema:
                    return self._refer_to_named(name, part, model_name)
            return None

        return portable(schema, replace)

    def _refer_to_named(
        self, name: str, schema: Schema, model_name: str | None
    ) -> Schema:
        if model_name and name in _OF_MODELS:
            return _reference("schemas", self._model_names[model_name] + name)
        return self.refer(name, schema)

    def parameter(self, described: dict[str, Any]) -> dict[str, Any]:
        """Return a reference to a parameter, one for all that are the same."""
        return _share(self.parameters, described["name"], described, "parameters")

    def response(self, status: int, described: dict[str, Any]) -> dict[str, Any]:
        """Return a reference to the response with an error, see `parameter`."""
        return _share(self.responses, f"Error{status}", described, "responses")

    def error(self, codes: set[str]) -> Schema:
        """Return a reference to the schema of errors, which then has these codes, too.

        There is one for all: generators would make a type for each set of codes.
        """
        if not codes <= self._codes:
            self._codes |= codes
            self.schemas[ERROR] = self.inline(error_schema(self._codes))
        return _reference("schemas", ERROR)

    def add_model(
        self, model_name: str, label: str, rows: list[dict[str, Any]]
    ) -> None:
        """Add the schemas of a model: `Record` and `Values` with its name in front.

        :param rows: its fields, from `declare_fields`
        """
        prefix = self._find_prefix(model_name)
        self._model_names[model_name] = prefix
        answered = {
            row["name"]: answered_schema(row, self.strict_types) for row in rows
        }
        sent = {row["name"]: sent_schema(row) for row in rows if row["writable"]}
        record = {"type": "object", "description": label, "properties": answered}
        more = {"properties": sent, "description": label, "minProperties": 1}
        values = obj() | more  # a field may be called `required`
        self.schemas[f"{prefix}Record"] = self.inline(record)
        self.schemas[f"{prefix}Values"] = self.inline(values)

    def _find_prefix(self, model_name: str) -> str:
        """Return the name of a model in CamelCase, which no other model has."""
        words = model_name.replace("_", ".").split(".")
        prefix = "".join(word.capitalize() for word in words)
        while prefix in self._model_names.values():
            prefix += "_"
        return prefix


def _holds_records(schema: Any) -> bool:
    """Tell whether records of the model in the path are part of a schema."""
    if any(schema == _NAMED[name] for name in _OF_MODELS):
        return True
    parts = schema.values() if isinstance(schema, dict) else schema
    return isinstance(schema, dict | list) and any(map(_holds_records, parts))


def _share(
    known: dict[str, Any], name: str, described: dict[str, Any], kind: str
) -> dict[str, Any]:
    """Return a reference to a component, which is added if there is none like it."""
    name = "".join(char if char.isalnum() else "_" for char in name)
    number = 1
    while known.setdefault(f"{name}{number}", described) != described:
        number += 1
    return _reference(kind, f"{name}{number}")


def _reference(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
