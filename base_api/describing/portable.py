# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas in the form that generators of clients understand.

All forms are equal by JSON Schema (draft 2020-12). Generators lose the null of a union,
and the type of a constant, in some of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..protocol.parameters import Schema

NULL = {"type": "null"}
_TYPES = {bool: "boolean", int: "integer", str: "string"}
# Members whose values are no schemas, but may look like some.
_PLAIN = ("const", "default", "enum", "examples", "required", "type")


def portable(schema: Schema, replace: Callable[[Schema], Schema | None]) -> Schema:
    """Return a schema in the form for generators.

    :param replace: returns what stands for a schema, such as a reference to a
        component; None to keep it
    """
    replaced = replace(schema)
    if replaced is not None:
        return replaced
    result = {
        name: _convert_member(name, value, replace) for name, value in schema.items()
    }
    if "const" in result and "type" not in result:
        result = {"type": _TYPES[type(result["const"])]} | result
    return _with_null(result)


def _convert_member(
    name: str, value: Any, replace: Callable[[Schema], Schema | None]
) -> Any:
    if name in _PLAIN:
        return value
    if name == "properties":
        # Its members are names of fields, whatever they are called.
        return {key: portable(item, replace) for key, item in value.items()}
    return _convert(value, replace)


def _convert(value: Any, replace: Callable[[Schema], Schema | None]) -> Any:
    if isinstance(value, list):
        return [_convert(item, replace) for item in value]
    if not isinstance(value, dict):
        return value
    return portable(value, replace)


def _with_null(schema: Schema) -> Schema:
    """Return `anyOf` a simple schema and null as a type of two names."""
    choices = schema.get("anyOf", ())
    if len(choices) != 2 or choices[1] != NULL:
        return schema
    [wanted, _null] = choices
    if not isinstance(wanted.get("type"), str) or wanted["type"] == "null":
        return schema
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    result = wanted | rest | {"type": [wanted["type"], "null"]}
    if "enum" in result:
        result["enum"] = [*result["enum"], None]
    return result
