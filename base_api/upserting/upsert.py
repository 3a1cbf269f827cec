# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create or update records that a client identifies by a key of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..casting import to_names
from ..errors import InvalidParameter, InvalidValue
from ..errors.details import DUPLICATE, detail, join
from ..orm.transactions import held
from ..safety.dry_run_diff import watch, watch_created
from ..safety.max_affected import check_max_affected
from ..writing.create import create
from ..writing.translated_records import write
from ..writing.values import parse_values
from .external_id_match import EXTERNAL_ID, ExternalIdMatch
from .field_match import FieldMatch
from .normalized import drop_known_values, keep_normalized_values
from .unchanged import changed_values

CREATED, UPDATED, UNCHANGED = STATUSES = ("created", "updated", "unchanged")


@dataclass
class Outcome:
    """An object of the body, and its result.

    :param sent: the sent values of fields
    :param values: parsed; for an existing record, only those that change
    :param record: found, or created
    """

    key: tuple[Any, ...]
    pointer: str
    sent: dict
    values: dict
    record: Any
    status: str


def parse_key(model: BaseModel, text: str) -> FieldMatch | ExternalIdMatch:
    """Return the object that finds records by the parameter `key`.

    :param text: names of fields, separated by commas, or `external_id`
    :raise InvalidParameter: none, or a field that cannot identify records
    """
    names = to_names(text)
    if not names:
        raise InvalidParameter(
            f"key is missing: send the names of fields, or {EXTERNAL_ID}"
        )
    if names == [EXTERNAL_ID]:
        return ExternalIdMatch(model)
    return FieldMatch(model, names)


def upsert(
    model: BaseModel, key: FieldMatch | ExternalIdMatch, bodies: list[tuple[Any, str]]
) -> list[Outcome]:
    """Create the records with new keys, and update the others if they differ.

    Unchanged records are not written.

    :param key: an `ExternalIdMatch` or a `FieldMatch`
    :param bodies: objects and their pointers, see `as_items`
    :return: one `Outcome` for each body
    :raise MaxAffectedExceeded: before anything is written
    :raise InvalidValue: also if two objects have the same key
    """
    items = read_items(model, key, bodies, {})
    check_writes(model, items)
    write_items(model, key, items)
    return items


def check_writes(model: BaseModel, items: list[Outcome]) -> None:
    """Refuse to write more records than the request allows.

    :raise MaxAffectedExceeded: see `check_max_affected`
    """
    check_max_affected(model.env, sum(item.status != UNCHANGED for item in items))


def write_items(
    model: BaseModel, key: FieldMatch | ExternalIdMatch, items: list[Outcome]
) -> None:
    """Create and update the records, unless they are unchanged."""
    new = [item for item in items if item.status == CREATED]
    if new:
        _create(model, key, new)
    for item in items:
        if item.status == UPDATED:
            watch(item.record)
            write(item.record, item.values)
    keep_normalized_values(model, [item for item in items if item.status != UNCHANGED])


def read_items(
    model: BaseModel,
    key: FieldMatch | ExternalIdMatch,
    bodies: list[tuple[Any, str]],
    earlier: dict[Any, str],
) -> list[Outcome]:
    """Find the records of the objects, and what would change.

    :param earlier: the keys of objects that were read before, and their pointers; those
        of these objects are added
    :raise InvalidValue: also if two objects have the same key
    """
    pointers = [pointer for _body, pointer in bodies]
    parts = [key.split(*pair) for pair in bodies]
    keys = [part for part, _values in parts]
    _check_distinct(key, keys, pointers, earlier)
    found = key.find(keys, pointers)
    items = [
        _read_item(found.get(item_key, model), item_key, pointer, sent)
        for (item_key, sent), pointer in zip(parts, pointers, strict=True)
    ]
    if updated := [item for item in items if item.status == UPDATED]:
        drop_known_values(model, updated)
        for item in updated:
            item.status = UPDATED if item.values else UNCHANGED
    return items


def _read_item(
    record: BaseModel, key: tuple[Any, ...], pointer: str, sent: dict[str, Any]
) -> Outcome:
    values = parse_values(record, sent, pointer)
    status = CREATED
    if record:
        values = changed_values(record, values)
        status = UPDATED if values else UNCHANGED
    return Outcome(key, pointer, sent, values, record, status)


def _create(
    model: BaseModel, key: FieldMatch | ExternalIdMatch, items: list[Outcome]
) -> None:
    check_operation(model.env, "create", model._name)
    keys = [item.key for item in items]
    pointers = [item.pointer for item in items]
    key.check_new(keys, pointers)
    take = partial(model.env["api.upsert.key"]._take, key.texts(keys))
    take()
    with held(model.env.cr, take):
        # Copies, as the `create` of an app may change them.
        records = create(model, [dict(item.values) for item in items], pointers)
        watch_created(records)
        key.keep(keys, records)
    for item, record in zip(items, records, strict=True):
        item.record = record


def _check_distinct(
    key: FieldMatch | ExternalIdMatch,
    keys: list[Any],
    pointers: list[str],
    first: dict[Any, str],
) -> None:
    """Refuse a body with the same key twice."""
    details = []
    for item_key, pointer in zip(keys, pointers, strict=True):
        if first.setdefault(item_key, pointer) != pointer:
            message = f"The same key as {first[item_key]}"
            details += [
                detail(name, message, DUPLICATE, join(pointer, name))
                for name in key.names
            ]
    if details:
        raise InvalidValue(details[0]["message"], details)
