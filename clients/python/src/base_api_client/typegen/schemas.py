# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Models and fields in an OpenAPI document of the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        prefix = _find_prefix(document, name)
        record, values = schemas[f"{prefix}Record"], schemas[f"{prefix}Values"]
    except KeyError:
        raise ValueError(f"The description of the API lacks the model {name}") from None
    sent = values["properties"]
    fields = [
        _read_field(field, schema, sent.get(field), schemas)
        for field, schema in sorted(record["properties"].items())
    ]
    return ModelSchema(name, _one_line(record.get("description", "")), tuple(fields))


def _find_prefix(document: Mapping[str, Any], name: str) -> str:
    """Return what the names of the schemas of a model begin with."""
    operation = document["paths"][f"/search/{name}/{{record_id}}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answer: str = schema["$ref"].rpartition("/")[2]
    return answer.removesuffix("RecordAnswer")


def _read_field(
    name: str, schema: Schema, sent: Schema | None, schemas: Mapping[str, Schema]
) -> FieldSchema:
    choices = list(_alternatives(schema, schemas))
    values = [choice for choice in choices if choice not in _EMPTY]
    relation = schema.get("x-relation")
    sendable = [] if sent is None else list(_alternatives(sent, schemas))
    return FieldSchema(
        name,
        _one_line(schema.get("title", "")),
        _read_kind(values[0], relation),
        len(values) < len(choices),
        sent is not None,
        relation,
        tuple(values[0].get("enum", ())),
        any("translations" in choice.get("properties", ()) for choice in sendable),
    )


def _alternatives(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Schema]:
    """Yield the schemas that a value may have, without references and unions."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        for choice in schema["anyOf"]:
            yield from _alternatives(choice, schemas)
        return
    kinds = schema.get("type")
    if not isinstance(kinds, list):
        yield schema
        return
    for kind in kinds:
        yield {"type": "null"} if kind == "null" else _of_type(schema, kind)


def _of_type(schema: Schema, kind: str) -> Schema:
    found = {**schema, "type": kind}
    if "enum" in schema:
        found["enum"] = [value for value in schema["enum"] if value is not None]
    return found


def _read_kind(value: Schema, relation: str | None) -> Kind:
    kind = value.get("type")
    if kind in _SCALARS:
        return _SCALARS[kind]
    if relation and kind in ("array", "object"):
        is_pair = kind == "object" or "prefixItems" in value
        return "one" if is_pair else "many"
    if kind != "string":
        return "text" if "enum" in value else "any"
    if "contentEncoding" in value:
        return "binary"
    if value.get("description", "").startswith(_ODOO_MOMENT):
        return "moment"
    return _FORMATS.get(value.get("format", ""), "text")


def _one_line(text: str) -> str:
    return " ".join(text.split())
