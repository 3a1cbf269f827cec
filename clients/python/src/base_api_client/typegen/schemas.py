# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Models and fields in an OpenAPI document of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Schema = Mapping[str, Any]
Kind = Literal[
    "any", "binary", "bool", "date", "int", "many", "moment", "number", "one", "text"
]
_EMPTY: tuple[Schema, ...] = ({"type": "null"}, {"type": "boolean", "const": False})
_SCALARS: dict[str, Kind] = {
    "boolean": "bool",
    "integer": "int",
    "number": "number",
}
_FORMATS: dict[str, Kind] = {"date": "date", "date-time": "moment"}
# How the document describes datetimes in the representation of Odoo.
_ODOO_MOMENT = "UTC, as "


@dataclass(frozen=True)
class FieldSchema:
    """A field.

    :param can_be_empty: whether None can be its value
    :param choices: the values of a selection
    :param is_translated: whether its texts can be written in several languages
    """

    name: str
    label: str
    kind: Kind
    can_be_empty: bool
    is_writable: bool
    relation: str | None = None
    choices: tuple[Any, ...] = ()
    is_translated: bool = False


@dataclass(frozen=True)
class ModelSchema:
    """A model, with its fields by their names."""

    name: str
    label: str
    fields: tuple[FieldSchema, ...]


def read_models(document: Mapping[str, Any], names: Sequence[str]) -> list[ModelSchema]:
    """Return the models that a document describes.

    :raises ValueError: it does not describe one of them
    """
    return [_read_model(document, name) for name in names]


def _read_model(document: Mapping[str, Any], name: str) -> ModelSchema:
    schemas = document["components"]["schemas"]
    try:
        [answer] = _answers(document, name)
        prefix = answer.rpartition("/")[2].removesuffix("RecordAnswer")
        record, values = schemas[f"{prefix}Record"], schemas[f"{prefix}Values"]
    except (KeyError, ValueError):
        raise ValueError(f"The description of the API lacks the model {name}") from None
    sent = values["properties"]
    fields = [
        _read_field(field, schema, sent.get(field))
        for field, schema in sorted(record["properties"].items())
    ]
    return ModelSchema(name, _one_line(record.get("description", "")), tuple(fields))


def _answers(document: Mapping[str, Any], name: str) -> list[str]:
    """Return the reference to the answer with one record of a model."""
    operation = document["paths"][f"/search/{name}/{{record_id}}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return [schema["$ref"]]


def _read_field(name: str, schema: Schema, sent: Schema | None) -> FieldSchema:
    value, can_be_empty = _without_empty(schema)
    relation = schema.get("x-relation")
    return FieldSchema(
        name,
        _one_line(schema.get("title", "")),
        _read_kind(value, relation),
        can_be_empty,
        sent is not None,
        relation,
        tuple(item for item in value.get("enum", ()) if item is not None),
        sent is not None and _is_translated(sent),
    )


def _without_empty(schema: Schema) -> tuple[Schema, bool]:
    """Return the schema of values that are not empty, and whether others are."""
    if "anyOf" in schema:
        values = [item for item in schema["anyOf"] if item not in _EMPTY]
        return values[0], len(values) < len(schema["anyOf"])
    kinds = schema.get("type")
    if not isinstance(kinds, list):
        return schema, False
    [kind] = [kind for kind in kinds if kind != "null"]
    return {**schema, "type": kind}, "null" in kinds


def _read_kind(value: Schema, relation: str | None) -> Kind:
    kind = value.get("type")
    if kind in _SCALARS:
        return _SCALARS[kind]
    if relation and kind in ("array", "object"):
        is_pair = kind == "object" or "prefixItems" in value
        return "one" if is_pair else "many"
    if kind != "string":
        return "any"
    if "contentEncoding" in value:
        return "binary"
    if value.get("description", "").startswith(_ODOO_MOMENT):
        return "moment"
    return _FORMATS.get(value.get("format", ""), "text")


def _is_translated(sent: Schema) -> bool:
    choices = sent.get("anyOf", ())
    return any("translations" in item.get("properties", ()) for item in choices)


def _one_line(text: str) -> str:
    return " ".join(text.split())
