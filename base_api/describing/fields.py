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
_TEXTS = ("char", "text", "html")
# Intents and Odoo's commands, see docs/reference/writing.md.
_LINES = {
    "anyOf": [array({}), {"type": "object"}],
    "description": "Ids, or an object of intents such as create, update and remove",
}


def answered_schema(row: dict[str, Any], strict_types: bool) -> Schema:
    """Return the schema of the value of a field in an answer.

    :param row: the field, from `declare_fields`
    :param strict_types: how answers represent values
    """
    schema = _answered(row, strict_types)
    return schema | _annotations(row) | ({} if row["writable"] else {"readOnly": True})


def _answered(row: dict[str, Any], strict_types: bool) -> Schema:
    kind, or_empty = row["type"], or_null if strict_types else or_false
    if kind == "boolean":
        return BOOLEAN
    if kind == "integer":
        return INTEGER
    if kind in ("float", "monetary"):
        return _NUMBER
    if kind in ("one2many", "many2many"):
        return array(ID)
    if kind == "many2one":
        return or_empty(_OBJECT_OF_RECORD if strict_types else PAIR)
    if kind == "selection":
        return or_empty(_selection(row))
    if kind in _TEXTS:
        return or_empty(TEXT)
    if kind == "binary":
        return or_empty(_BASE64)
    if kind == "date":
        return or_empty(_DATE)
    if kind == "datetime":
        return or_empty(_MOMENT if strict_types else _LOCAL_MOMENT)
    if kind == "many2one_reference":
        return or_empty(INTEGER)
    if kind == "reference":
        return or_empty(TEXT)
    return {}  # json, properties and types of other addons


def sent_schema(row: dict[str, Any]) -> Schema:
    """Return the schema of a value to write, see `answered_schema`."""
    relation = {"x-relation": row["relation"]} if row["relation"] else {}
    return _sent(row) | {"title": row["description"]} | relation


def _sent(row: dict[str, Any]) -> Schema:
    kind = row["type"]
    if kind == "boolean":
        return BOOLEAN
    if kind == "integer":
        return or_null(INTEGER)
    if kind in ("float", "monetary"):
        return or_null(_NUMBER)
    if kind in ("one2many", "many2many"):
        return _LINES
    if kind in ("many2one", "many2one_reference"):
        return {"anyOf": [ID, REFERENCE, {"type": "null"}]}
    if kind == "selection":
        return or_null(_selection(row))
    if kind in _TEXTS and row["translate"]:
        return {"anyOf": [TEXT, _TRANSLATIONS, {"type": "null"}]}
    if kind in _TEXTS:
        return or_null(TEXT)
    if kind == "binary":
        return or_null(_BASE64)
    if kind == "date":
        return or_null(_DATE)
    if kind == "datetime":
        return or_null(TEXT | {"description": "ISO 8601, in UTC or with an offset"})
    if kind == "json":
        return {}
    if kind == "properties":
        return {"anyOf": [OPEN_OBJECT, array({}), {"type": "null"}]}
    return or_null(TEXT)


_TRANSLATIONS = obj({"translations": OPEN_OBJECT})


def _selection(row: dict[str, Any]) -> Schema:
    """Return the values of a selection; text where the caller is told none."""
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
