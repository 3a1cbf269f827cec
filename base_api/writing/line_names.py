# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Give external ids to lines that are created together with their record.

The ORM creates lines from commands, and does not return them. So they are found
afterwards: they are the new lines of the field, in the order of the commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from odoo.fields import Command, Field
from odoo.models import BaseModel
from odoo.sql_db import BaseCursor

from ..errors import InvalidValue
from ..errors.details import NOT_ALLOWED, detail
from ..external_ids import EXTERNAL_ID, Name
from ..field_types import X2MANY
from ..orm.scope import bound_scope
from ..upserting.external_id_match import ExternalIdMatch
from ..upserting.unchanged import changed_values
from .line_rights import own_ids


@dataclass
class LineNames:
    """The external ids of lines that the operation is about to create.

    :param names: pairs of the values of a line, the very object in the command, and its
        external id
    :param before: `{(model, id, field): ids of the lines that existed}`
    """

    names: list[tuple[dict[str, Any], Name]] = field(default_factory=list)
    before: dict[tuple[str, int, str], set[int]] = field(default_factory=dict)

    def find(self, values: dict[str, Any]) -> Name | None:
        return next((name for known, name in self.names if known is values), None)


def line_names(cr: BaseCursor) -> LineNames:
    """Return those of the request of a cursor; empty ones without a request."""
    scope = bound_scope(cr)
    if scope is None:
        return LineNames()
    scope.line_names = scope.line_names or LineNames()
    return scope.line_names


def keep_line_names(records: BaseModel, values_list: list[dict[str, Any]]) -> None:
    """Give the lines of written records their external ids.

    :param values_list: the values that were written, for each record
    :raise InvalidValue: an app created other lines
    """
    scope = bound_scope(records.env.cr)
    if scope is None or scope.line_names is None:
        return
    for record, values in zip(records, values_list, strict=True):
        for line, line_values in _created_lines(record, values, scope.line_names):
            if name := scope.line_names.find(line_values):
                ExternalIdMatch(line.browse()).keep([name], line)


def _created_lines(
    record: BaseModel, values: dict[str, Any], known: LineNames
) -> Iterator[tuple[BaseModel, dict[str, Any]]]:
    """Yield the new lines of a record and their values, at any depth."""
    for name, commands in values.items():
        field = record._fields[name]
        if field.type not in X2MANY or not isinstance(commands, list):
            continue
        pairs = [
            (record.env[field.comodel_name].browse(command[1]), command[2])
            for command in commands
            if command[0] == Command.UPDATE
        ]
        new = [command[2] for command in commands if command[0] == Command.CREATE]
        for line, line_values in _pair(record, field, new, known) if new else ():
            yield line, line_values
            pairs.append((line, line_values))
        for line, line_values in pairs:
            yield from _created_lines(line, line_values, known)


def _pair(
    record: BaseModel, field: Field, new: list[dict[str, Any]], known: LineNames
) -> list[tuple[BaseModel, dict[str, Any]]]:
    """Return the lines that were created from some values, with these values."""
    before = known.before.get((record._name, record.id, field.name), set())
    ids = sorted(set(own_ids(record, field)) - before)
    lines = list(record.env[field.comodel_name].browse(ids))
    if len(lines) == len(new):
        return list(zip(lines, new, strict=True))
    # An app has added lines, or left some out.
    pairs = []
    for values in new:
        plain = {key: value for key, value in values.items() if not _is_list(value)}
        line = next((line for line in lines if not changed_values(line, plain)), None)
        if line is not None:
            lines.remove(line)
            pairs.append((line, values))
        elif known.find(values):
            message = f"{field.name}: an app has changed a line that was created"
            entry = detail(EXTERNAL_ID, message, NOT_ALLOWED)
            raise InvalidValue(message, [entry])
    return pairs


def _is_list(value: Any) -> bool:
    return isinstance(value, list)
