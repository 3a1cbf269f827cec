# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The items of a request for many records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import ETags

from odoo.api import Environment
from odoo.models import BaseModel

from ..casting import to_id
from ..errors import (
    InvalidFields,
    InvalidParameter,
    InvalidValue,
    NoData,
    PayloadTooLarge,
)
from ..errors.details import DUPLICATE, REQUIRED, WRONG_TYPE, detail
from ..errors.hints import hint
from ..lookup import named_ids, parse_id
from ..protocol.bodies import MAX_RECORDS
from ..protocol.etags import to_condition
from ..protocol.parameters import Parameter
from ..referencing.ids import replace_in_list, replace_references


@dataclass(frozen=True)
class Item:
    """A record, and its new values.

    :param id: None for a record to create
    :param place: pointer to it in the body (RFC 6901); None for the query string
    :param pointer: pointer to `values` in the body
    :param if_match: the ETags of `If-Match`
    """

    id: int | None
    place: str | None = None
    pointer: str = ""
    values: dict = field(default_factory=dict)
    if_match: ETags | None = None

    def detail(self, message: str, code: str) -> dict[str, Any]:
        """Return an entry of `details` about this item."""
        return detail("id", message, code, self.place)


def parse_updates(
    model: BaseModel, body: dict[str, Any] | list[dict[str, Any]], pointer: str = ""
) -> list[Item]:
    """Return the items of `{"ids": [...], "values": {...}}` or `[{"id", ...}]`.

    An object in a list has its values next to `id` and the optional `if_match`.

    :param pointer: of a list in the body
    :raise InvalidValue: an invalid id or ETag, or the same id twice
    :raise PayloadTooLarge: more than `MAX_RECORDS`
    """
    if isinstance(body, list):
        items = _parse_list(model, body, pointer)
        for position, item in enumerate(items):
            if not item.values:
                raise NoData(f"Item {position} of the list has no values")
        return items
    _check_members(body, ("ids", "values"))
    values = body.get("values")
    if not isinstance(values, dict):
        raise _invalid("values", "/values", "expected an object", values)
    if not values:
        raise NoData("values is empty: send at least one")
    return _parse_ids(model, body.get("ids"), "/values", values)


def parse_deletes(
    model: BaseModel,
    body: dict[str, Any] | list[dict[str, Any]],
    ids: list[int | str] | tuple[Any, ...],
) -> list[Item]:
    """Return the items of `{"ids": [...]}`, or of `[{"id", "if_match"}]`.

    :param ids: from the query string, instead of a body
    :raise ApiError: see `parse_updates`
    """
    if ids and body:
        raise InvalidParameter("Send ids in the query string or in the body, not both")
    if ids:
        return _check_unique([Item(record_id) for record_id in named_ids(model, ids)])
    if not body:
        raise NoData("Send the ids of the records to delete")
    if isinstance(body, dict):
        _check_members(body, ("ids",))
        return _parse_ids(model, body.get("ids"))
    for item in body:
        _check_members(item, ("id", "if_match"))
    return _parse_list(model, body)


def _parse_query_ids(text: str, env: Environment) -> list[int | str]:
    ids = [parse_id(part.strip()) for part in text.split(",")]
    _check_number(ids)
    if len(set(ids)) < len(ids):
        raise ValueError("every id once")
    return ids


IDS = Parameter(
    "ids",
    _parse_query_ids,
    (),
    "Ids or @external.ids, separated by commas, instead of a body",
    {"type": "string", "pattern": "^ *([0-9]+|@[^,]+) *(, *([0-9]+|@[^,]+) *)*$"},
    example="7,8",
)


def _parse_ids(
    model: BaseModel,
    ids: list[Any] | int | None,
    pointer: str = "",
    values: dict[str, Any] | None = None,
) -> list[Item]:
    if not isinstance(ids, list) or not ids:
        raise _invalid("ids", "/ids", "expected a list of ids", ids)
    _check_number(ids)
    items = []
    for position, value in enumerate(replace_in_list(model, "ids", ids)):
        place = f"/ids/{position}"
        record_id = _parse(to_id, "ids", value, place)
        items.append(Item(record_id, place, pointer, values or {}))
    return _check_unique(items)


def _parse_list(
    model: BaseModel, body: list[dict[str, Any]], start: str = ""
) -> list[Item]:
    items = []
    places = [f"{start}/{position}/id" for position in range(len(body))]
    ids = replace_references(model, "id", [item.get("id") for item in body], places)
    for position, (values, sent_id) in enumerate(zip(body, ids, strict=True)):
        pointer = f"{start}/{position}"
        record_id = _parse(to_id, "id", sent_id, f"{pointer}/id")
        condition = None
        if "if_match" in values:
            place = f"{pointer}/if_match"
            condition = _parse(to_condition, "if_match", values["if_match"], place)
        rest = {name: values[name] for name in values if name not in ("id", "if_match")}
        items.append(Item(record_id, f"{pointer}/id", pointer, rest, condition))
    return _check_unique(items)


def _check_members(body: dict[str, Any], allowed: tuple[Any, ...]) -> None:
    for name in body:
        if name not in allowed:
            raise InvalidFields(
                f"Unknown '{name[:80]}'{hint(name, allowed)}, expected "
                + " and ".join(allowed)
            )


def _check_number(ids: list[Any]) -> None:
    if len(ids) > MAX_RECORDS:
        raise PayloadTooLarge(f"At most {MAX_RECORDS} records in one request")


def _check_unique(items: list[Item]) -> list[Item]:
    """Refuse the same record twice, as the result would be ambiguous."""
    counts = Counter(item.id for item in items)
    details = [
        item.detail(f"ID {item.id} is there {counts[item.id]} times", DUPLICATE)
        for item in items
        if counts[item.id] > 1
    ]
    if details:
        raise InvalidValue(details[0]["message"], details=details)
    return items


def _parse(cast: Callable, name: str, value: Any, pointer: str) -> ETags | int:
    try:
        return cast(value)
    except ValueError as exc:
        raise _invalid(name, pointer, f"expected {exc}", value) from exc


def _invalid(name: str, pointer: str, message: str, value: Any) -> InvalidValue:
    message = f"{name}: {message}"
    code = REQUIRED if value is None else WRONG_TYPE
    return InvalidValue(message, details=[detail(name, message, code, pointer)])
