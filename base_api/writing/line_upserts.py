# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines that a client identifies by the values of fields, instead of their ids.

`{"upsert": {"match": ["sequence"], "records": [{...}], "delete_others": true}}` updates
the lines that exist and creates the others. Nothing is written that is there already,
so a body can be sent twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.fields import Command, Field
from odoo.models import BaseModel

from ..errors import InvalidFields, InvalidValue
from ..errors.details import (
    DUPLICATE,
    MAX_DETAILS,
    NOT_ALLOWED,
    UNKNOWN_FIELD,
    detail,
)
from ..errors.hints import hint
from ..upserting.field_match import FieldMatch
from ..upserting.unchanged import changed_values
from .scalars import RefusedValue

if TYPE_CHECKING:
    from ..errors.details import FieldReporter

_MEMBERS = ("match", "records", "delete_others")


def is_line_upsert(field: Field, value: Any) -> bool:
    """Tell whether a value of an x2many field depends on the lines that are in it."""
    return isinstance(value, dict) and "upsert" in value and bool(field.relational)


class LineUpsert:
    """The upsert of the lines in a field of one record.

    :param owned: the lines in the field; empty for a new record
    :param parse_values: a function `(model, values, pointer)` to the parsed values
    :param parse_object: the same, which reports errors instead of raising them
    """

    def __init__(
        self,
        field: Field,
        owned: BaseModel,
        parse_values: Callable,
        parse_object: Callable,
    ) -> None:
        self.field = field
        self.owned = owned
        self.parse_values = parse_values
        self.parse_object = parse_object

    def parse(self, value: Any, place: FieldReporter) -> list[Any]:
        """Return the commands for the member `upsert`; report errors to `place`.

        :raise AmbiguousKey: several lines have the same values
        :raise InvalidValue: two of the sent lines have the same values
        """
        count = len(place.details)
        _check_members(value, place)
        if len(place.details) > count:
            return []
        try:
            match = FieldMatch(
                self.owned.browse(), value["match"], self.parse_values, _refuse
            )
        except RefusedValue as exc:
            place.at("match").add(f"{place.field}: {exc}", exc.code)
            return []
        places = [place.at("records", row) for row in range(len(value["records"]))]
        keys = _split(match, value["records"], places)
        if len(place.details) > count:
            return []
        found = self._find(match, keys, [each.pointer for each in places])
        commands = []
        if value.get("delete_others"):
            commands += self._without_others(found)
        for key, item, each in zip(keys, value["records"], places, strict=True):
            commands += self._write(found.get(key), item, each.pointer)
        return commands

    def _find(
        self, match: FieldMatch, keys: list[Any], pointers: list[str]
    ) -> dict[Any, BaseModel]:
        """Return `{key: line}` of the lines that exist.

        Lines of a one2many belong to one record; those of a many2many are shared.
        """
        if self.field.type == "many2many":
            return match.find(keys, pointers)
        return match.only(match.grouped(self.owned), keys, pointers)

    def _write(self, line: BaseModel | None, item: Any, pointer: str) -> list[Any]:
        if line is None:
            values = self.parse_object(self.owned.browse(), item, pointer)
            return [Command.create(values)]
        values = changed_values(line, self.parse_object(line, item, pointer))
        commands = [] if line in self.owned else [Command.link(line.id)]
        return [*commands, Command.update(line.id, values)] if values else commands

    def _without_others(self, found: dict[Any, BaseModel]) -> list[Any]:
        others = self.owned - self.owned.browse().union(*found.values())
        is_shared = self.field.type == "many2many"
        remove = Command.unlink if is_shared else Command.delete
        return [remove(line_id) for line_id in others.ids]


def _split(
    match: FieldMatch, items: list[Any], places: list[FieldReporter]
) -> list[Any]:
    """Return the key of each item, and report those without one.

    :raise InvalidValue: two items have the same key
    """
    keys = []
    first: dict[Any, str] = {}
    for item, place in zip(items, places, strict=True):
        try:
            key, _item = match.split(item, place.pointer)
        except (InvalidFields, InvalidValue) as exc:
            room = MAX_DETAILS - len(place.details)
            place.details.extend((exc.details or [])[:room])
            continue
        if key in first:
            message = f"{place.field}: the same line as {first[key]}"
            entry = detail(place.field, message, DUPLICATE, place.pointer)
            raise InvalidValue(message, [entry])
        first[key] = place.pointer
        keys.append(key)
    return keys


def _check_members(value: Any, place: FieldReporter) -> None:
    if not isinstance(value, dict):
        place.report("an object with match and records")
        return
    for name in value:
        if name not in _MEMBERS:
            expected = f"one of {', '.join(_MEMBERS)}{hint(name, _MEMBERS)}"
            place.at(name).report(expected, NOT_ALLOWED)
    names = value.get("match")
    if not isinstance(names, list) or not names or not all(map(_is_text, names)):
        place.at("match").report("a list of fields")
    items = value.get("records")
    if not isinstance(items, list):
        place.at("records").report("a list of lines")
    else:
        for row, item in enumerate(items):
            if not isinstance(item, dict):
                place.at("records", row).report("an object with the values of a line")
    if not isinstance(value.get("delete_others", False), bool):
        place.at("delete_others").report("true or false")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _refuse(message: str, code: str = UNKNOWN_FIELD) -> RefusedValue:
    return RefusedValue(message, code)
