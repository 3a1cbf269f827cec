# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the records that an error is about in the sent body.

The body is searched only when an error is handled. It can be any JSON. Only the
registry is needed, as the database may not answer by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from odoo.fields import Command, Field

from ..aliases import current_name
from ..field_types import X2MANY
from .details import join
from .mistakes import SentValue

# A body with a context: what is beside it -> its form.
CONTEXT, RECORDS, VALUES, IDS_AND_VALUES = "context", "records", "values", "ids, values"
_FORMS = {
    frozenset((CONTEXT, VALUES)): VALUES,
    frozenset((CONTEXT, RECORDS)): RECORDS,
    frozenset((CONTEXT, "ids", VALUES)): IDS_AND_VALUES,
}


@dataclass(frozen=True)
class SentObject:
    """An object of a body with the values of one record, or of several.

    :param pointer: where it is (RFC 6901)
    :param model: the class of its model in the registry
    :param values: field name, current or old, to JSON value
    :param is_new: whether it creates a record
    """

    pointer: str
    model: Any
    values: dict
    is_new: bool

    def sent_name(self, field_name: str) -> str | None:
        """Return the name under which a field was sent, or None."""
        for name in self.values:
            if current_name(self.model._name, name) == field_name:
                return name
        return None

    def sent_column(self, table: str, column: str) -> str | None:
        """Return the name under which the field of a column was sent, or None."""
        field = self.field_of(table, column)
        return field and self.sent_name(field.name)

    def field_of(self, table: str, column: str) -> Field | None:
        """Return the field that a column stores, also of a parent model, or None."""
        field = self.model._fields.get(column)
        if field is not None:
            origin = self.model.pool[field.base_field.model_name]
            return field if origin._table == table else None
        for field in self.model._fields.values():
            if field.type == "many2many" and field.store and field.relation == table:
                if field.column2 == column:
                    return field
        return None


@dataclass(frozen=True)
class SentBody:
    """A sent body; `objects` yields its objects, the outermost first.

    :param model_name: of its outermost objects; None if they are not records
    :param is_new: whether these create records
    :param pointer: its place, if it is only a part of the body
    """

    registry: Any
    model_name: str | None
    body: Any
    is_new: bool
    pointer: str = ""

    def objects(self) -> Iterator[SentObject]:
        if self.model_name not in self.registry:
            return
        model = self.registry[self.model_name]
        body, pointer = self._inner()
        if isinstance(body, list):
            for position, item in enumerate(body):
                place = join(pointer, position)
                yield from _walk(model, item, place, self._is_new(item))
        else:
            is_new = self._is_new(self.body) and not _has_ids_and_values(self.body)
            yield from _walk(model, body, pointer, is_new)

    def records(self) -> list[dict[str, Any]]:
        """Return the outermost objects, if they are records."""
        body, _pointer = self._inner()
        rows = body if isinstance(body, list) else [body]
        return [row for row in rows if isinstance(row, dict)]

    def _inner(self) -> tuple[Any, str]:
        """Return the values in the body, and their place."""
        form = wrapped_form(self.body)
        if form == RECORDS:
            return self.body[RECORDS], join(self.pointer, RECORDS)
        if form == VALUES or _has_ids_and_values(self.body):
            return self.body[VALUES], join(self.pointer, VALUES)
        return self.body, self.pointer

    def values(self) -> Iterator[SentValue]:
        """Yield the values of all fields, or of all members if there are no records."""
        is_of_records = False
        for item in self.objects():
            is_of_records = True
            for name, value in item.values.items():
                yield SentValue(name, join(item.pointer, name), value)
        if not is_of_records and isinstance(self.body, dict):
            for name, value in self.body.items():
                yield SentValue(name, join(self.pointer, name), value)

    def find(self, table: str, wanted: dict[str, Any]) -> list[tuple[Any, Any]]:
        """Return pairs `(object, names of fields)` of what was sent for some columns.

        :param wanted: `{column: the text of its value, or None for any}`
        """
        found = []
        for item in self.objects():
            names = {}
            for column, text in wanted.items():
                if name := item.sent_column(table, column):
                    names[name] = text is None or text in texts(item.values[name])
            if names and all(names.values()):
                found.append((item, list(names)))
        return found

    def _is_new(self, item: Any) -> bool:
        return self.is_new and not (isinstance(item, dict) and "id" in item)


NOTHING_SENT = SentBody({}, None, None, False)


def texts(value: Any) -> set[str]:
    """Return the texts that PostgreSQL may print for a value and everything in it."""
    if isinstance(value, bool):
        return {"t" if value else "f"}
    if isinstance(value, list):
        return set().union(*map(texts, value))
    if isinstance(value, dict):
        return set().union(*map(texts, value.values()))
    return {str(value)}


def wrapped_form(body: Any) -> str | None:
    """Return the form of a body with a context beside the values, or None.

    It has no other members, and the context is an object: some models have a field of
    that name, which holds text.
    """
    if not isinstance(body, dict) or not isinstance(body.get(CONTEXT), dict):
        return None
    return _FORMS.get(frozenset(body))


def _has_ids_and_values(body: dict[str, Any] | str | None) -> bool:
    return isinstance(body, dict) and "ids" in body and "values" in body


def _walk(model: Any, values: Any, pointer: str, is_new: bool) -> Iterator[SentObject]:
    if not isinstance(values, dict):
        return
    yield SentObject(pointer, model, values, is_new)
    for name, value in values.items():
        field = model._fields.get(current_name(model._name, name))
        if field is not None and field.type in X2MANY:
            comodel = model.pool[field.comodel_name]
            for parts, line, is_new_line in _lines(value):
                place = join(pointer, name, *parts)
                yield from _walk(comodel, line, place, is_new_line)


def _lines(value: Any) -> Iterator[tuple]:
    """Yield `(path, values, whether it is new)` of each line of an x2many field."""
    if isinstance(value, list):
        for position, command in enumerate(value):
            if isinstance(command, list) and len(command) == 3:
                yield (position, 2), command[2], command[0] == Command.CREATE
    elif isinstance(value, dict):
        for intent in ("create", "update"):
            items = value.get(intent)
            for position, item in enumerate(items if isinstance(items, list) else ()):
                yield (intent, position), item, intent == "create"
        upsert = value.get("upsert")
        items = upsert.get("records") if isinstance(upsert, dict) else None
        for position, item in enumerate(items if isinstance(items, list) else ()):
            yield ("upsert", "records", position), item, True
