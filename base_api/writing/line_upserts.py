# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines that a client identifies by values or external ids, instead of their ids.

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
from ..errors.write import ExternalIdTaken
from ..external_ids import EXTERNAL_ID
from ..upserting.external_id_match import ExternalIdMatch
from ..upserting.field_match import FieldMatch
from ..upserting.unchanged import changed_values
from .line_names import line_names
from .scalars import RefusedValue

if TYPE_CHECKING:
    from ..errors.details import FieldReporter

Match = ExternalIdMatch | FieldMatch
_MEMBERS = ("match", "records", "delete_others")


def is_line_upsert(field: Field, value: Any) -> bool:
    """Tell whether a value of an x2many field depends on the lines that are in it."""
    return isinstance(value, dict) and "upsert" in value and bool(field.relational)


class LineUpsert:
    """The upsert of the lines in a field of one record.

    :param records: the record; empty for a new one
    :param owned: the lines in the field
    :param parse_values: a function `(model, values, pointer)` to the parsed values
    :param parse_object: the same, which reports errors instead of raising them
    """

    def __init__(
        self,
        records: BaseModel,
        field: Field,
        owned: BaseModel,
        parse_values: Callable,
        parse_object: Callable,
    ) -> None:
        self.records = records
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
        match = self._match(value["match"], place)
        if match is None:
            return []
        places = [place.at("records", row) for row in range(len(value["records"]))]
        pairs = _split(match, value["records"], places)
        if len(place.details) > count:
            return []
        try:
            found = self._find(match, [key for key, _values in pairs], places)
        except ExternalIdTaken as exc:
            place.details.extend(exc.details or [])
            return []
        commands = []
        if value.get("delete_others"):
            commands += self._without_others(found)
        new = []
        for (key, values), each in zip(pairs, places, strict=True):
            commands += self._write(found.get(key), values, each.pointer)
            if key not in found:
                new.append((key, commands[-1][2], each.pointer))
        if new and isinstance(match, ExternalIdMatch):
            self._note_names(match, new)
        return commands

    def _match(self, names: list[str], place: FieldReporter) -> Match | None:
        model = self.owned.browse()
        if names == [EXTERNAL_ID]:
            return ExternalIdMatch(model)
        try:
            return FieldMatch(model, names, self.parse_values, _refuse)
        except RefusedValue as exc:
            place.at("match").add(f"{place.field}: {exc}", exc.code)
            return None

    def _find(
        self, match: Match, keys: list[Any], places: list[FieldReporter]
    ) -> dict[Any, BaseModel]:
        """Return `{key: line}` of the lines that exist.

        Lines of a one2many belong to one record; those of a many2many are shared.
        """
        pointers = [place.pointer for place in places]
        is_shared = self.field.type == "many2many"
        if isinstance(match, FieldMatch) and not is_shared:
            return match.only(match.grouped(self.owned), keys, pointers)
        found = match.find(keys, pointers)
        for key, place in zip(keys, places, strict=True):
            if not is_shared and key in found and found[key] not in self.owned:
                message = f"{place.field}: it is a line of another record"
                place.at(EXTERNAL_ID).add(message, NOT_ALLOWED)
        return found

    def _write(
        self, line: BaseModel | None, sent: dict[str, Any], pointer: str
    ) -> list[Any]:
        if line is None:
            values = self.parse_object(self.owned.browse(), sent, pointer)
            return [Command.create(values)]
        values = changed_values(line, self.parse_object(line, sent, pointer))
        commands = [] if line in self.owned else [Command.link(line.id)]
        return [*commands, Command.update(line.id, values)] if values else commands

    def _note_names(
        self, match: ExternalIdMatch, new: list[tuple[Any, dict[str, Any], str]]
    ) -> None:
        """Note the external ids of lines that will be created.

        :param new: the external id, the values and the pointer of each
        """
        names = [name for name, _values, _pointer in new]
        match.check_new(names, [pointer for _name, _values, pointer in new])
        self.owned.env["api.upsert.key"]._take(match.texts(names))
        known = line_names(self.owned.env.cr)
        known.names += [(values, name) for name, values, _pointer in new]
        owner = (self.records._name, self.records[:1].id, self.field.name)
        known.before[owner] = set(self.owned.ids)

    def _without_others(self, found: dict[Any, BaseModel]) -> list[Any]:
        others = self.owned - self.owned.browse().union(*found.values())
        is_shared = self.field.type == "many2many"
        remove = Command.unlink if is_shared else Command.delete
        return [remove(line_id) for line_id in others.ids]


def _split(
    match: Match, items: list[Any], places: list[FieldReporter]
) -> list[tuple[Any, dict[str, Any]]]:
    """Return the key and the values of each item, and report those without a key.

    :raise InvalidValue: two items have the same key
    """
    pairs = []
    first: dict[Any, str] = {}
    for item, place in zip(items, places, strict=True):
        try:
            key, values = match.split(item, place.pointer)
        except (InvalidFields, InvalidValue) as exc:
            room = MAX_DETAILS - len(place.details)
            place.details.extend((exc.details or [])[:room])
            continue
        if key in first:
            message = f"{place.field}: the same line as {first[key]}"
            entry = detail(place.field, message, DUPLICATE, place.pointer)
            raise InvalidValue(message, [entry])
        first[key] = place.pointer
        pairs.append((key, values))
    return pairs


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
