# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rewrite JSON Schemas to the forms that client generators understand.

The result accepts the same values (JSON Schema draft 2020-12). In other forms,
generators lose the null of a union or the type of a constant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..protocol.parameters import Schema

NULL = {"type": "null"}
_TYPES = {bool: "boolean", int: "integer", str: "string"}
# Keywords whose values are not schemas, although they may look like one.
_PLAIN = ("const", "default", "enum", "examples", "required", "type")


def portable(schema: Schema, replace: Callable[[Schema], Schema | None]) -> Schema:
    """Return a schema in the form for generators.

    :param replace: a function from a schema to its replacement, such as a reference to
        a component; it returns None to keep the schema
    """
    replaced = replace(schema)
    if replaced is not None:
        return replaced
    result = {
        name: _convert_member(name, value, replace) for name, value in schema.items()
    }
    if "const" in result and "type" not in result:
        result = {"type": _TYPES[type(result["const"])]} | result
    if result.get("type") == "object" and "properties" not in result:
        # Otherwise generators make it an object without members.
        result = {"additionalProperties": True} | result
    return _with_null(result)


def _convert_member(
    name: str, value: Any, replace: Callable[[Schema], Schema | None]
) -> Any:
    if name in _PLAIN:
        return value
    if name == "properties":
        # The names of its members may be keywords, as with a field called `type`.
        return {key: portable(item, replace) for key, item in value.items()}
    return _convert(value, replace)


def _convert(value: Any, replace: Callable[[Schema], Schema | None]) -> Any:
    if isinstance(value, list):
        return [_convert(item, replace) for item in value]
    if not isinstance(value, dict):
        return value
    return portable(value, replace)


def _with_null(schema: Schema) -> Schema:
    """Return `anyOf` a simple schema and null as one schema with two types."""
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
