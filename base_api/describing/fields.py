# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fields of a model as JSON Schemas: what is answered, and what can be sent."""

from __future__ import annotations

import re
from typing import Any

from ..operations.schemas import (
    BOOLEAN,
    ID,
    INTEGER,
    OPEN_OBJECT,
    PAIR,
    REFERENCE,
    SENT_MOMENT,
    TEXT,
    array,
    obj,
    or_false,
    or_null,
)
from ..protocol.parameters import Schema
from .names import reference, type_name

_NUMBER = {"type": "number"}
_DATE = {"type": "string", "format": "date"}
_LOCAL_MOMENT = {
    "type": "string",
    "description": "UTC, as YYYY-MM-DD HH:MM:SS",
    "examples": ["2026-03-01 10:30:00"],
}
_MOMENT = {"type": "string", "format": "date-time"}
_BASE64 = {"type": "string", "contentEncoding": "base64"}
# With dotted names in `fields`, records are objects.
_NESTED = {
    "type": "object",
    "description": "Fields of a related record, by dotted names in fields",
    "properties": {"id": ID},
    "required": ["id"],
}
_LINK = {"anyOf": [PAIR, _NESTED]}
_STRICT_LINK = _NESTED | {"properties": {"id": ID, "display_name": or_null(TEXT)}}
# Intents and Odoo's commands, see docs/reference/writing.md.
_LINES = {
    "anyOf": [array({}), {"type": "object"}],
    "description": "Ids, or an object of intents such as create, update and remove",
}
# A type of its own: openapi-python-client would make it twice under one name.
_TRANSLATIONS = obj({"translations": OPEN_OBJECT})
_TRANSLATED = {
    "anyOf": [TEXT, reference("schemas", "TranslatedValue"), {"type": "null"}]
}
_PROPERTIES = {"anyOf": [OPEN_OBJECT, array({}), {"type": "null"}]}
_TO_ONE = {"anyOf": [ID, REFERENCE, {"type": "null"}]}
# Type of a field -> schema of its values, which are never empty in answers.
NEVER_EMPTY: dict[str, Schema] = {
    "boolean": BOOLEAN,
    "integer": INTEGER,
    "float": _NUMBER,
    "monetary": _NUMBER,
}
# Type of a field -> name and schema of its values in answers, if they are not empty.
_MAYBE_EMPTY: dict[str, tuple[str, Schema]] = {
    "char": ("Text", TEXT),
    "text": ("Text", TEXT),
    "html": ("Text", TEXT),
    "reference": ("Text", TEXT),
    "binary": ("Base64", _BASE64),
    "date": ("Date", _DATE),
    "datetime": ("Datetime", _LOCAL_MOMENT),
    "many2one": ("Many2one", _LINK),
    "many2one_reference": ("Id", ID),
}
_STRICT: dict[str, tuple[str, Schema]] = _MAYBE_EMPTY | {
    "datetime": ("Datetime", _MOMENT),
    "many2one": ("Many2one", _STRICT_LINK),
}
# The same for values to write. Empty ones are null.
_SENT: dict[str, tuple[str, Schema]] = {
    "char": ("TextOrNull", or_null(TEXT)),
    "text": ("TextOrNull", or_null(TEXT)),
    "html": ("TextOrNull", or_null(TEXT)),
    "reference": ("TextOrNull", or_null(TEXT)),
    "binary": ("Base64OrNull", or_null(_BASE64)),
    "date": ("DateOrNull", or_null(_DATE)),
    "datetime": ("DatetimeInput", or_null(SENT_MOMENT)),
    "one2many": ("LinesInput", _LINES),
    "many2many": ("LinesInput", _LINES),
    "many2one": ("Many2oneInput", _TO_ONE),
    "many2one_reference": ("Many2oneInput", _TO_ONE),
    "properties": ("PropertiesInput", _PROPERTIES),
}
_LINKS = ("Links", array({"anyOf": [ID, _NESTED]}))
# With the parameter `translations`.
_TEXT_OR_TRANSLATIONS = {"anyOf": [TEXT, _TRANSLATIONS]}
_ANY: Schema = {}  # json, properties and types of other addons
# JSON types of the values of a selection.
_TYPES: dict[type, str] = {str: "string", int: "integer", bool: "boolean"}


def json_type(kind: str) -> str | None:
    """Return the JSON type of the values of a field that are not empty.

    :param kind: the type of the field
    :return: None if there is no single one
    """
    schema = NEVER_EMPTY.get(kind) or _MAYBE_EMPTY.get(kind, ("", _ANY))[1]
    return schema.get("type")


class FieldSchemas:
    """The schemas of fields, and the types that they share.

    :param strict_types: how answers represent values
    """

    def __init__(self, strict_types: bool) -> None:
        self.strict_types = strict_types
        # By name; fields refer to them.
        self.types: dict[str, Schema] = {}
        self._selections: dict[tuple[Any, ...], str] = {}

    def answered(self, row: dict[str, Any], model_prefix: str) -> Schema:
        """Return the schema of the value of a field in an answer.

        :param row: the field, from `declare_fields`
        :param model_prefix: the name of its model, for the types of the field
        """
        schema = self._answered(row, model_prefix) | _annotations(row)
        return schema if row["writable"] else schema | {"readOnly": True}

    def sent(self, row: dict[str, Any], model_prefix: str) -> Schema:
        """Return the schema of a value to write, see `answered`."""
        relation = {"x-relation": row["relation"]} if row["relation"] else {}
        return self._sent(row, model_prefix) | relation

    def _answered(self, row: dict[str, Any], model_prefix: str) -> Schema:
        kind = row["type"]
        if kind in NEVER_EMPTY:
            return NEVER_EMPTY[kind]
        if kind in ("one2many", "many2many"):
            return self._refer(*_LINKS)
        if kind == "selection":
            return self._or_empty(self._selection(row, model_prefix))
        if kind not in _MAYBE_EMPTY:
            return _ANY
        name, schema = (_STRICT if self.strict_types else _MAYBE_EMPTY)[kind]
        if row["translate"] and schema == TEXT:
            name, schema = "Translated", _TEXT_OR_TRANSLATIONS
        suffix = "OrNull" if self.strict_types else "OrFalse"
        return self._refer(f"{name}{suffix}", self._or_empty(schema))

    def _sent(self, row: dict[str, Any], model_prefix: str) -> Schema:
        kind = row["type"]
        if kind == "boolean":
            return BOOLEAN
        if kind == "selection":
            return or_null(self._selection(row, model_prefix))
        if row["translate"] and kind in ("char", "text", "html"):
            self.types["TranslatedValue"] = _TRANSLATIONS
            return self._refer("TranslatedInput", _TRANSLATED)
        if kind in NEVER_EMPTY:
            return or_null(NEVER_EMPTY[kind])
        return self._refer(*_SENT[kind]) if kind in _SENT else _ANY

    def _or_empty(self, schema: Schema) -> Schema:
        choices = schema.get("anyOf", [schema])
        [_schema, empty] = (or_null if self.strict_types else or_false)(schema)["anyOf"]
        return {"anyOf": [*choices, empty]}

    def _selection(self, row: dict[str, Any], model_prefix: str) -> Schema:
        """Return the schema of a selection; any text if its values are not described.

        Fields with the same choices share a type: a list of time zones is long.
        """
        choices = tuple(tuple(choice) for choice in row["selection"] or ())
        if not choices:
            return TEXT
        name = self._selections.get(choices)
        if not name:
            name = type_name(row["name"], self.types, model_prefix)
            self._selections[choices] = name
            self.types[name] = _enumeration(choices)
        return reference("schemas", name)

    def _refer(self, name: str, schema: Schema) -> Schema:
        self.types[name] = schema
        return reference("schemas", name)


def _enumeration(choices: tuple[tuple[Any, str], ...]) -> Schema:
    """Return the schema of one of some values, with those labels that tell more."""
    values = [value for value, _label in choices]
    labels = [f"{value}: {label}" for value, label in choices if str(value) != label]
    schema: Schema = {"enum": values}
    types = {type(value) for value in values}
    if len(types) == 1 and types <= _TYPES.keys():
        schema = {"type": _TYPES[types.pop()]} | schema
    if names := _variable_names(values):
        schema["x-enum-varnames"] = names
    return schema | ({"description": ", ".join(labels)} if labels else {})


def _variable_names(values: list[Any]) -> list[str]:
    """Return names of constants for values that differ only in other characters.

    Generators fail for such values, as the time zones GMT0 and GMT+0 are.
    """
    plain = [re.sub(r"\W|_", "", str(value)).upper() for value in values]
    if len(set(plain)) == len(plain):
        return []
    return [
        f"{name}_{position}" if name[:1].isalpha() else f"VALUE_{position}"
        for position, name in enumerate(plain)
    ]


def _annotations(row: dict[str, Any]) -> Schema:
    found: Schema = {"title": row["description"]}
    if row["help"]:
        found["description"] = row["help"]
    if row["relation"]:
        found["x-relation"] = row["relation"]
    if row["digits"]:
        found["x-digits"] = list(row["digits"])
    return found
