# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fields of a model as JSON Schemas: what is answered, and what can be sent."""

from __future__ import annotations

from typing import Any

from ..operations.schemas import (
    BOOLEAN,
    ID,
    INTEGER,
    OPEN_OBJECT,
    PAIR,
    REFERENCE,
    TEXT,
    array,
    obj,
    or_false,
    or_null,
)
from ..protocol.parameters import Schema

_NUMBER = {"type": "number"}
_DATE = {"type": "string", "format": "date"}
_LOCAL_MOMENT = {
    "type": "string",
    "description": "UTC, as YYYY-MM-DD HH:MM:SS",
    "examples": ["2026-03-01 10:30:00"],
}
_MOMENT = {"type": "string", "format": "date-time"}
_BASE64 = {"type": "string", "contentEncoding": "base64"}
_OBJECT_OF_RECORD = obj({"id": ID, "display_name": or_null(TEXT)})
# Intents and Odoo's commands, see docs/reference/writing.md.
_LINES = {
    "anyOf": [array({}), {"type": "object"}],
    "description": "Ids, or an object of intents such as create, update and remove",
}
_TO_ONE = {"anyOf": [ID, REFERENCE, {"type": "null"}]}
_TRANSLATIONS = obj({"translations": OPEN_OBJECT})
# Type of a field -> schema of its values, which are never empty in answers.
_NEVER_EMPTY: dict[str, Schema] = {
    "boolean": BOOLEAN,
    "integer": INTEGER,
    "float": _NUMBER,
    "monetary": _NUMBER,
    "one2many": array(ID),
    "many2many": array(ID),
}
# The same for values that may be empty.
_MAYBE_EMPTY: dict[str, Schema] = {
    "char": TEXT,
    "text": TEXT,
    "html": TEXT,
    "reference": TEXT,
    "binary": _BASE64,
    "date": _DATE,
    "many2one_reference": INTEGER,
}
# The same for values to write, where they have another form.
_SENT: dict[str, Schema] = {
    "boolean": BOOLEAN,
    "one2many": _LINES,
    "many2many": _LINES,
    "many2one": _TO_ONE,
    "many2one_reference": _TO_ONE,
    "datetime": or_null(TEXT | {"description": "ISO 8601, in UTC or with an offset"}),
    "properties": {"anyOf": [OPEN_OBJECT, array({}), {"type": "null"}]},
}
_ANY: Schema = {}  # json, properties and types of other addons


def answered_schema(row: dict[str, Any], strict_types: bool) -> Schema:
    """Return the schema of the value of a field in an answer.

    :param row: the field, from `declare_fields`
    :param strict_types: how answers represent values
    """
    schema = _answered(row, strict_types)
    return schema | _annotations(row) | ({} if row["writable"] else {"readOnly": True})


def _answered(row: dict[str, Any], strict_types: bool) -> Schema:
    kind = row["type"]
    if kind in _NEVER_EMPTY:
        return _NEVER_EMPTY[kind]
    value: Schema | None = _MAYBE_EMPTY.get(kind)
    if kind == "many2one":
        value = _OBJECT_OF_RECORD if strict_types else PAIR
    elif kind == "datetime":
        value = _MOMENT if strict_types else _LOCAL_MOMENT
    elif kind == "selection":
        value = _selection(row)
    if value is None:
        return _ANY
    return or_null(value) if strict_types else or_false(value)


def sent_schema(row: dict[str, Any]) -> Schema:
    """Return the schema of a value to write, see `answered_schema`."""
    relation = {"x-relation": row["relation"]} if row["relation"] else {}
    return _sent(row) | {"title": row["description"]} | relation


def _sent(row: dict[str, Any]) -> Schema:
    kind = row["type"]
    if kind in _SENT:
        return _SENT[kind]
    value = _NEVER_EMPTY.get(kind) or _MAYBE_EMPTY.get(kind)
    if kind == "selection":
        value = _selection(row)
    if value is None:
        return _ANY
    if row["translate"]:
        return {"anyOf": [value, _TRANSLATIONS, {"type": "null"}]}
    return or_null(value)


def _selection(row: dict[str, Any]) -> Schema:
    """Return the schema of a selection; any text if its values are not described."""
    values = [value for value, _label in row["selection"] or ()]
    labels = ", ".join(f"{value}: {label}" for value, label in row["selection"] or ())
    if not values:
        return TEXT
    if not all(isinstance(value, str) for value in values):
        return {"enum": values, "description": labels}
    return {"type": "string", "enum": values, "description": labels}


def _annotations(row: dict[str, Any]) -> Schema:
    found: Schema = {"title": row["description"]}
    if row["help"]:
        found["description"] = row["help"]
    if row["relation"]:
        found["x-relation"] = row["relation"]
    if row["digits"]:
        found["x-digits"] = list(row["digits"])
    return found
