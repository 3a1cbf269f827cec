# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One2many and many2many fields of a body, as `odoo.fields.Command` lists.

There are three forms: a list of all ids; Odoo's commands; and intents, `{"create":
[{}], "update": [{"id": 5}], "delete": [6], "add": [7], "remove": [8]}`, `{"set": [1,
2]}` or `{"upsert": {...}}` (`line_upserts`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.fields import Command, Field
from odoo.models import BaseModel

from .. import casting
from ..auth.api_key import can_use
from ..errors.details import MAX_DETAILS, NOT_ALLOWED, REQUIRED
from ..errors.hints import hint
from ..referencing.reference import is_reference
from ..referencing.resolving import resolve_reference
from .line_rights import check_line_rights, own_ids
from .line_upserts import LineUpsert

if TYPE_CHECKING:
    from ..errors.details import FieldReporter


MAX_LEVELS = 10  # nesting of lines; the ORM's recursion ends at about 40
MAX_POINTER_PARTS = 3 * MAX_LEVELS  # each level adds /position/2/field

# Intents in the order of execution.
INTENTS = ("set", "delete", "remove", "update", "create", "upsert", "add")
# What an intent cannot be combined with, as one would undo the other.
_EXCLUDED = {
    "set": ("add", "remove", "delete", "upsert"),
    "upsert": ("set", "update", "remove", "delete"),
}
# The records of these must be in the field.
OWN_INTENTS = ("delete", "remove", "update")


def parse_lines(
    records: BaseModel,
    field: Field,
    value: Any,
    place: FieldReporter,
    parse_values: Callable,
    parse_object: Callable,
) -> list[Any]:
    """Return `value` as a list of commands; report errors to `place`.

    :param records: the owners of the lines; empty for new records
    :param parse_values: a function `(lines, values, pointer)` to the parsed values of a
        line; `lines` is empty for a new one
    :param parse_object: the same, which reports errors instead of raising them
    :raise KeyRestricted: the API key does not allow it on the model of the lines
    """
    lines = _Lines(records, field, parse_values, parse_object)
    if place.pointer.count("/") > MAX_POINTER_PARTS:
        place.report(f"at most {MAX_LEVELS} levels of lines")
        return []
    commands = lines.parse(value, place)
    check_line_rights(records, field, commands)
    return commands


class _Lines:
    """The lines in one field of one object of a body."""

    def __init__(
        self,
        records: BaseModel,
        field: Field,
        parse_values: Callable,
        parse_object: Callable,
    ) -> None:
        self.records = records
        self.field = field
        self.comodel = records.env[field.comodel_name]
        self.parse_values = parse_values
        self.parse_object = parse_object

    def parse(self, value: Any, place: FieldReporter) -> list[Any]:
        if value is None or value is False:
            return [Command.clear()]
        if isinstance(value, dict):
            return self._parse_intents(value, place)
        if not isinstance(value, list):
            place.report("a list of ids, of Odoo's commands, or an object of intents")
            return []
        if all(self._is_id(item) for item in value):
            return [Command.set(self._parse_ids(value, place))]
        commands = (
            self._parse_command(command, place.at(position))
            for position, command in enumerate(value)
        )
        return [command for command in commands if command]

    def _parse_command(
        self, command: Any, place: FieldReporter
    ) -> tuple[Any, ...] | None:
        """Check one of `odoo.fields.Command`: `[code, id, values or ids]`."""
        if isinstance(command, dict):
            place.report(
                'a list of ids, or the lines in {"create": [{...}]} or Odoo\'s '
                "commands such as [0, 0, {...}]"
            )
            return None
        if not _is_command(command):
            place.report(
                "a list of ids, of references such as "
                '{"external_id": "base.be"}, or of Odoo\'s commands'
            )
            return None
        code, second, third = (int(command[0]), *command[1:], 0, 0)[:3]
        if code == Command.CLEAR:
            return Command.clear()
        if code == Command.SET:
            return Command.set(self._parse_ids(third, place.at(2)))
        if code == Command.CREATE:
            return self._parse_create(third, place.at(2))
        record_id = self._parse_id(second, place.at(1))
        if record_id and code == Command.UPDATE:
            return self._parse_update(record_id, third, place.at(2))
        return (code, record_id, 0) if record_id else None

    def _parse_create(self, values: Any, place: FieldReporter) -> tuple[Any, int, Any]:
        values = self._parse_values(self.comodel, values, place)
        return Command.create(values)

    def _parse_update(
        self, record_id: int, values: dict[str, Any], place: FieldReporter
    ) -> tuple[Any, int, Any]:
        values = self._parse_values(self.comodel.browse(record_id), values, place)
        return Command.update(record_id, values)

    def _parse_values(
        self, lines: BaseModel, values: Any, place: FieldReporter
    ) -> dict[str, Any]:
        if not isinstance(values, dict):
            place.report("an object with the values of the line")
            return {}
        return self.parse_object(lines, values, place.pointer)

    def _parse_intents(
        self, intents: dict[str, Any], place: FieldReporter
    ) -> list[Any]:
        """Return the commands of an object of intents.

        `set` replaces the content, so it can be combined with `create` and `update`
        only; `upsert` with `create` and `add`. Unlike in Odoo's commands, a line to
        update, remove or delete must be in the field: a wrong id must not change a line
        of another record.
        """
        commands = {}
        for intent, items in intents.items():
            if len(place.details) >= MAX_DETAILS:
                break
            if intent not in INTENTS:
                expected = f"one of {', '.join(INTENTS)}{hint(intent, INTENTS)}"
                place.at(intent).report(expected, NOT_ALLOWED)
            elif other := self._excluding(intent, intents):
                place.at(intent).report(f"no {intent} beside {other}", NOT_ALLOWED)
            elif intent == "upsert":
                commands[intent] = self._parse_upsert(items, place.at(intent))
            elif not isinstance(items, list):
                place.at(intent).report("a list")
            else:
                commands[intent] = self._parse_intent(intent, items, place.at(intent))
        self._check_own(commands, place)
        return [command for name in INTENTS for command in commands.get(name, ())]

    def _excluding(self, intent: str, intents: dict[str, Any]) -> str | None:
        """Return another intent that this one cannot be combined with, or None."""
        for other, excluded in _EXCLUDED.items():
            if other in intents and intent in excluded:
                return other
        return None

    def _parse_upsert(self, value: Any, place: FieldReporter) -> list[Any]:
        owned = self.comodel.browse(own_ids(self.records, self.field))
        parsers = self.parse_values, self.parse_object
        upsert = LineUpsert(self.records, self.field, owned, *parsers)
        return upsert.parse(value, place)

    def _parse_intent(
        self, intent: str, items: list[Any], place: FieldReporter
    ) -> list[Any]:
        if intent == "set":
            return [Command.set(self._parse_ids(items, place))]
        if intent == "create":
            return [
                self._parse_create(item, place.at(position))
                for position, item in enumerate(items)
            ]
        if intent == "update":
            commands = (
                self._parse_update_item(item, place.at(position))
                for position, item in enumerate(items)
            )
            return [command for command in commands if command]
        make = {"delete": Command.delete, "remove": Command.unlink, "add": Command.link}
        return [make[intent](record_id) for record_id in self._parse_ids(items, place)]

    def _parse_update_item(
        self, item: dict[str, Any] | int, place: FieldReporter
    ) -> tuple[Any, int, Any] | None:
        if not isinstance(item, dict):
            place.report("an object with the id of a line and its new values")
            return None
        if "id" not in item:
            place.at("id").report("the id of the line", REQUIRED)
            return None
        values = dict(item)
        record_id = self._parse_id(values.pop("id"), place.at("id"))
        return self._parse_update(record_id, values, place) if record_id else None

    def _check_own(self, commands: dict[str, Any], place: FieldReporter) -> None:
        """Report ids that are not in the field, or are sent twice."""
        named = [
            (intent, position, record_id)
            for intent in OWN_INTENTS
            for position, (_code, record_id, _values) in enumerate(
                commands.get(intent, ())
            )
        ]
        if not named or place.details:
            return
        own = set(own_ids(self.records, self.field))
        for intent, position, record_id in named:
            parts = (intent, position, "id")[: 3 if intent == "update" else 2]
            if record_id not in own and self._must_be_own(intent):
                place.at(*parts).report("the id of a record in it", NOT_ALLOWED)
        ids = [record_id for _intent, _position, record_id in named]
        if len(set(ids)) < len(ids):
            place.report("each id once in update, remove and delete", NOT_ALLOWED)

    def _is_id(self, value: Any) -> bool:
        """Tell whether a value stands for an id, in a list of ids."""
        if isinstance(value, dict):
            return self.field.type == "many2many" and is_reference(value)
        return isinstance(value, int | float)

    def _parse_id(self, value: Any, place: FieldReporter) -> int | None:
        """Return an id, or report it and return None."""
        if is_reference(value):
            return resolve_reference(self.comodel, value, place, self.parse_values)
        try:
            return casting.to_id(value)
        except ValueError as exc:
            place.report(exc)
            return None

    def _parse_ids(self, values: Any, place: FieldReporter) -> list[Any]:
        if not isinstance(values, list):
            place.report("a list of ids")
            return []
        return [
            self._parse_id(value, place.at(position))
            for position, value in enumerate(values)
        ]

    def _must_be_own(self, intent: str) -> bool:
        """Tell whether to report a record that is not in the field.

        Not if it would only reveal the content of the field to an API key: removing a
        record that is not in a many2many does nothing.
        """
        if (intent, self.field.type) != ("remove", "many2many"):
            return True
        return can_use(self.records.env, "read", self.records._name)


def _is_command(command: Any) -> bool:
    return (
        isinstance(command, list)
        and 1 <= len(command) <= 3
        and type(command[0]) in (int, float)
        and command[0] in list(Command)
    )
