# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reusable parts of a description: schemas, parameters and responses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ..operations import schemas
from ..operations.description import error_schema
from ..operations.schemas import obj
from ..protocol.parameters import Schema
from .fields import FieldSchemas
from .names import reference, type_name
from .portable import portable

ERROR = "Error"
# In templates: the prefix of the schemas of a model.
MODEL = "__Model__"
_MODEL_REFERENCE = re.compile(f"{MODEL}(\\w+)")
# Names of components -> the schemas in the declarations that they stand for.
_NAMED = {
    "Record": schemas.RECORD,
    "Values": schemas.VALUES,
    "NewValues": schemas.NEW_VALUES,
    "Context": schemas.CONTEXT,
    "ModelName": schemas.MODEL,
    "Pair": schemas.PAIR,
    "Reference": schemas.REFERENCE,
    "Ids": schemas.IDS,
    "Change": schemas.DRY_RUN_CHANGE,
    "Changes": schemas.DRY_RUN_CHANGES,
    "Detail": schemas.DETAIL,
    "Step": schemas.STEP,
    "RecordUpdate": schemas.RECORD_UPDATE,
    "ItemError": schemas.ERROR,
}
_OF_MODELS = ("Record", "Values", "NewValues")


class Components:
    """The components of one description.

    Operations on models are described once, as a template, from which those of each
    model are made.

    :param strict_types: how answers represent values
    """

    def __init__(self, strict_types: bool) -> None:
        self.schemas: dict[str, Schema] = {}
        self.parameters: dict[str, Any] = {}
        self.responses: dict[str, Any] = {}
        self._fields = FieldSchemas(strict_types)
        self._prefixes: dict[str, str] = {}
        self._templates: dict[str, Schema] = {}
        self._codes: set[str] = set()

    def refer(self, name: str, schema: Schema, of_model: bool = False) -> Schema:
        """Return a reference to the schema of an answer, which becomes a component.

        Its objects are open, as later versions may add members.

        :param of_model: whether it is part of the template of an operation
        """
        return self._add(name, schema, of_model, _opened)

    def refer_to_body(self, name: str, schema: Schema, of_model: bool) -> Schema:
        """Return a reference to the schema of a body, see `refer`."""
        return self._add(name, schema, of_model)

    def _add(
        self,
        name: str,
        schema: Schema,
        of_model: bool,
        convert: Callable[[Schema], Schema] = dict,
    ) -> Schema:
        """Add a component, if there is none of this name; return a reference to it."""
        is_template = of_model and holds_records(schema)
        known = self._templates if is_template else self.schemas
        if name not in known:
            known[name] = convert(self.inline(schema, of_model))
        return reference("schemas", f"{MODEL}{name}" if is_template else name)

    def inline(self, schema: Schema, of_model: bool = False) -> Schema:
        """Return a schema in the form for generators, with references."""

        def replace(part: Schema) -> Schema | None:
            for name, known in _NAMED.items():
                if part is not schema and part == known:
                    if of_model and name in _OF_MODELS:
                        return reference("schemas", f"{MODEL}{name}")
                    return self.refer(name, part)
            return None

        return portable(schema, replace)

    def for_model(self, template: dict[str, Any], model_name: str) -> dict[str, Any]:
        """Return the operation of a model, made from its template."""
        prefix = self._prefixes[model_name]
        text = json.dumps(template)
        for name in set(_MODEL_REFERENCE.findall(text)):
            if name in self._templates and f"{prefix}{name}" not in self.schemas:
                schema = self.for_model(self._templates[name], model_name)
                self.schemas[f"{prefix}{name}"] = schema
        return json.loads(text.replace(MODEL, prefix))

    def parameter(self, described: dict[str, Any]) -> dict[str, Any]:
        """Return a reference to a parameter, one for all that are the same."""
        return _share(self.parameters, described["name"], described, "parameters")

    def response(self, status: int | str, described: dict[str, Any]) -> dict[str, Any]:
        """Return a reference to the response with an error, see `parameter`."""
        return _share(self.responses, f"Error_{status}_", described, "responses")

    def error(self, codes: set[str]) -> Schema:
        """Return a reference to the schema of errors, which then has these codes, too.

        There is one for all: generators would make a type for each set of codes.
        """
        if not codes <= self._codes:
            self._codes |= codes
            self.schemas[ERROR] = self.inline(error_schema(self._codes))
        return reference("schemas", ERROR)

    def add_model(
        self,
        model_name: str,
        label: str,
        rows: list[dict[str, Any]],
        required: list[str],
    ) -> None:
        """Add the schemas of a model: those of `_OF_MODELS`, named after it.

        :param rows: its fields, from `declare_fields`
        :param required: the names of the fields that new records need
        """
        prefix = type_name(model_name, self._prefixes.values())
        self._prefixes[model_name] = prefix
        fields = self._fields
        answered = {row["name"]: fields.answered(row, prefix) for row in rows}
        writable = [row for row in rows if row["writable"]]
        sent = {row["name"]: fields.sent(row, prefix) for row in writable}
        record = {"type": "object", "description": label, "properties": answered}
        more = {"properties": sent, "description": label, "minProperties": 1}
        values = obj() | more  # a field may be called `required`
        new_values: Schema = {"allOf": [reference("schemas", f"{prefix}Values")]}
        if required := [name for name in required if name in sent]:
            new_values["required"] = required
        self.schemas[f"{prefix}Record"] = self.inline(record)
        self.schemas[f"{prefix}Values"] = self.inline(values)
        self.schemas[f"{prefix}NewValues"] = new_values

    def add_field_types(self) -> None:
        """Add what the fields of all models refer to."""
        for name, schema in self._fields.types.items():
            self.schemas[name] = self.inline(schema)


def holds_records(schema: Any) -> bool:
    """Tell whether records of the model in the path are part of a schema."""
    if any(schema == _NAMED[name] for name in _OF_MODELS):
        return True
    parts = schema.values() if isinstance(schema, dict) else schema
    return isinstance(schema, dict | list) and any(map(holds_records, parts))


def _opened(schema: Any) -> Any:
    """Return a schema whose objects may have other members."""
    if isinstance(schema, list):
        return [_opened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _opened(value)
        for name, value in schema.items()
        if (name, value) != ("additionalProperties", False)
    }


def _share(
    known: dict[str, Any], name: str, described: dict[str, Any], kind: str
) -> dict[str, Any]:
    """Return a reference to a component, which is added if there is none like it."""
    name = "".join(char if char.isalnum() else "_" for char in name)
    number = 1
    while known.setdefault(f"{name}{number}", described) != described:
        number += 1
    return reference(kind, f"{name}{number}")
