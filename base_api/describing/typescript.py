# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""TypeScript types of answers and of the records of models, for one caller."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from odoo.api import Environment

from ..auth.api_key import current_key
from ..reading.field_descriptions import declare_fields
from ..writing.create import names_without_default
from .fields import NEVER_EMPTY, json_type
from .names import type_name

_HEAD = """\
// Types of this API, for the user and the key that asked for them.

/** A successful answer. */
export interface Success<Data> {
  success: true;
  data: Data;
  message: string;
}

/** An error. */
export interface Failure {
  success: false;
  error: {
    message: string;
    code: string;
    details?: { field?: string; pointer?: string; message: string; code: string }[];
    request_id?: string;
  };
}

/** The answer to GET /search/{model}. */
export type Page<Item> = Success<{
  records: Item[];
  count: number;
  model: string;
  fields: string[];
  total_count: number | null;
  total_count_exact?: boolean;
  next_cursor?: string;
}>;

/** A record by its id, its external id, or the values of fields. */
export type Reference<Model extends string> = number | { [field: string]: unknown };

/** The ids of records, or an object of intents such as create, update and remove. */
export type Lines<Model extends string> = unknown[] | { [intent: string]: unknown };

/** Ids of records. */
export type Ids<Model extends string> = number[];
"""
_MANY2ONE = """
/** A record of another model: its id and its name. */
export type Many2one<Model extends string> = [id: number, name: string];
"""
_STRICT_MANY2ONE = """
/** A record of another model. */
export type Many2one<Model extends string> = {
  id: number;
  display_name: string | null;
};
"""
# Types of JSON -> those of TypeScript.
_TYPES = {
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "string": "string",
}
_ANY = "unknown"  # json, properties and types of other addons


def types_text(env: Environment, model_names: list[str]) -> str:
    """Return a TypeScript declaration file.

    :param model_names: models that the caller may read
    """
    key = current_key(env)
    is_strict = bool(key and key.strict_types)
    parts = [_HEAD, _STRICT_MANY2ONE if is_strict else _MANY2ONE]
    names: dict[str, str] = {}
    for model_name in model_names:
        names[model_name] = type_name(model_name, names.values())
        parts += _declare_model(env, model_name, names[model_name], is_strict)
    parts.append(_declare_models(names))
    return "".join(parts)


def _declare_model(
    env: Environment, model_name: str, name: str, is_strict: bool
) -> Iterator[str]:
    model = env[model_name]
    rows = declare_fields(model, [])
    empty = "null" if is_strict else "false"
    yield f"\n{_comment(f'{model._description} ({model_name})')}"
    yield f"export interface {name} {{\n"
    for row in rows:
        mark = "" if row["writable"] else "readonly "
        yield _member(row, f"{mark}{row['name']}", _answered(row, empty))
    yield f"}}\n\n{_comment(f'What to write to {model_name}')}"
    yield f"export interface {name}Values {{\n"
    writable = [row for row in rows if row["writable"]]
    for row in writable:
        yield _member(row, f"{row['name']}?", _sent(row))
    yield f"}}\n\n{_comment(f'What to send for a new {model_name}')}"
    known = {row["name"] for row in writable}
    needed = [item for item in names_without_default(model) if item in known]
    yield f"export type {name}NewValues = {name}Values"
    if needed:
        union = " | ".join(map(_literal, needed))
        yield f" &\n  Required<Pick<{name}Values, {union}>>"
    yield ";\n"


def _declare_models(names: dict[str, str]) -> str:
    """Return the types of models by the name of the model."""
    lines = [
        f"  {_literal(model_name)}: "
        f"{{ record: {name}; values: {name}Values; newValues: {name}NewValues }};\n"
        for model_name, name in names.items()
    ]
    return f"\n{_comment('By the name of the model')}export interface Models {{\n" + (
        "".join(lines) + "}\n"
    )


def _member(row: dict[str, Any], name: str, kind: str) -> str:
    return f"{_comment(row['description'], '  ')}  {name}: {kind};\n"


def _answered(row: dict[str, Any], empty: str) -> str:
    kind, relation = row["type"], _literal(row["relation"] or "")
    if kind in ("one2many", "many2many"):
        return f"Ids<{relation}>"
    if kind == "many2one":
        return f"Many2one<{relation}> | {empty}"
    if kind == "selection":
        return f"{_choices(row)} | {empty}"
    value = _TYPES.get(json_type(kind) or "")
    if not value:
        return _ANY
    return value if kind in NEVER_EMPTY else f"{value} | {empty}"


def _sent(row: dict[str, Any]) -> str:
    kind, relation = row["type"], _literal(row["relation"] or "")
    if kind in ("one2many", "many2many"):
        return f"Lines<{relation}>"
    if kind in ("many2one", "many2one_reference"):
        return f"Reference<{relation}> | null"
    if kind == "selection":
        return f"{_choices(row)} | null"
    if kind == "boolean":
        return "boolean"
    value = _TYPES.get(json_type(kind) or "")
    if value and row["translate"]:
        return f"{value} | {{ translations: {{ [language: string]: {value} }} }} | null"
    return f"{value} | null" if value else _ANY


def _choices(row: dict[str, Any]) -> str:
    """Return a union of the values of a selection; any text if none are described."""
    return " | ".join(_literal(value) for value, _label in row["selection"] or ()) or (
        "string"
    )


def _literal(value: Any) -> str:
    """Return a value as a literal of JavaScript, which those of JSON are."""
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str, indent: str = "") -> str:
    """Return a comment of one line, which no text can end."""
    words = " ".join(text.replace("*/", "* /").split())
    return f"{indent}/** {words} */\n"
