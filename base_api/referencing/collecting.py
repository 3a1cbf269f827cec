# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Collect the references in values, without checking the values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..aliases import current_name
from ..field_types import X2MANY
from .reference import is_reference, parse_reference

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from .reference import Reference


def collect_references(
    model: BaseModel,
    values: Any,
    found: list[tuple[int, str, Reference]],
    depth: int = 0,
) -> None:
    """Add the references in the values of one record to a list.

    :param values: as they were sent
    :param found: of `(depth, model name, reference)`; a reference in another one is
        deeper
    """
    if not isinstance(values, dict):
        return
    for name, value in values.items():
        if not isinstance(value, dict | list):
            continue
        field = model._fields.get(current_name(model._name, name))
        if field is None or not field.relational:
            continue
        comodel = model.env[field.comodel_name]
        if field.type in X2MANY:
            for reference in _in_list(value):
                _collect_one(comodel, reference, found, depth)
            for line in _lines(value):
                collect_references(comodel, line, found, depth)
        else:
            _collect_one(comodel, value, found, depth)


def _collect_one(
    model: BaseModel,
    value: Any,
    found: list[tuple[int, str, Reference]],
    depth: int,
) -> None:
    if not is_reference(value):
        return
    try:
        reference = parse_reference(value)
    except ValueError:
        return  # reported when the values are parsed
    found.append((depth, model._name, reference))
    collect_references(model, value, found, depth + 1)


def _in_list(value: dict[str, Any] | list[Any]) -> Iterator[Any]:
    """Yield what stands for ids in the value of an x2many field (`writing.lines`)."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list):  # a command
                yield from item[1:2]
                ids = item[2] if len(item) > 2 else ()
                yield from ids if isinstance(ids, list) else ()
            else:
                yield item
        return
    for intent, items in value.items():
        for item in items if isinstance(items, list) else ():
            if intent == "update":
                yield item.get("id") if isinstance(item, dict) else None
            elif intent != "create":
                yield item


def _lines(value: dict[str, Any] | list[Any]) -> Iterator[Any]:
    """Yield the values of the lines in the value of an x2many field."""
    if isinstance(value, list):
        yield from (item[2] for item in value if isinstance(item, list) and item[2:])
        return
    for intent in ("create", "update"):
        items = value.get(intent)
        yield from items if isinstance(items, list) else ()
    upsert = value.get("upsert")
    items = upsert.get("records") if isinstance(upsert, dict) else None
    yield from items if isinstance(items, list) else ()
