# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write and create records with translations, also of their lines.

The ORM writes a `Translated` as the text of one language. Then the other languages are
stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from odoo.fields import Command
from odoo.models import BaseModel

from ..errors import InvalidValue
from ..safety.dry_run_diff import watch_texts
from .translated import Translated


def write(records: BaseModel, values: dict[str, Any]) -> None:
    """Write the values of `parse_values` like `records.write`."""
    if not _holds_any(values):
        records.write(dict(values))
        return
    names = [name for name, value in values.items() if isinstance(value, Translated)]
    if names:
        watch_texts(records, names)
    before = {key: ids for record in records for key, ids in _lines(record, values)}
    if plain := _plain(values):
        records.write(plain)
    for record in records:
        _store(record, values, before)


def create_translated(
    values_list: list[dict[str, Any]], create: Callable[[list[Any]], BaseModel]
) -> BaseModel:
    """Return the records of values of `parse_values`.

    :param create: the `create` of the model
    """
    # Copies, as the `create` of an addon may change them.
    records = create([_plain(values) for values in values_list])
    for record, values in zip(records, values_list, strict=True):
        if _holds_any(values):
            _store(record, values, {})
    return records


def _holds_any(values: Any) -> bool:
    """Tell whether values, or those of lines, have translations."""
    if not isinstance(values, dict):
        return False
    return any(
        isinstance(value, Translated)
        or (isinstance(value, list) and any(_holds_any(item) for item in _of(value)))
        for value in values.values()
    )


def _of(commands: list[Any]) -> Iterable[Any]:
    """Return the values of lines in a list of commands, or of anything else."""
    return (item[2] for item in commands if isinstance(item, tuple) and len(item) == 3)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that the ORM writes: without texts that do not change."""
    plain = {}
    for name, value in values.items():
        if isinstance(value, list) and any(map(_holds_any, _of(value))):
            value = [
                (*rest, _plain(line) if isinstance(line, dict) else line)
                for *rest, line in value
            ]
        if not isinstance(value, Translated) or value.is_written:
            plain[name] = value
    return plain


def _lines(record: BaseModel, values: dict[str, Any]) -> Iterable[tuple[Any, Any]]:
    """Yield `((model, id, field), ids)` of fields that get lines with translations."""
    for name, value in values.items():
        if not isinstance(value, list) or not any(map(_holds_any, _of(value))):
            continue
        yield (record._name, record.id, name), _line_ids(record, name)
        lines = record.env[record._fields[name].comodel_name]
        for code, line_id, line_values in value:
            if code == Command.UPDATE:
                yield from _lines(lines.browse(line_id), line_values)


def _line_ids(record: BaseModel, name: str) -> set[int]:
    # sudo: only to find the lines that the caller creates.
    return set(record.sudo().with_context(active_test=False)[name].ids)


def _store(
    record: BaseModel, values: dict[str, Any], before: dict[Any, set[int]]
) -> None:
    """Store the translations in the values of a record, and in those of its lines."""
    for name, value in values.items():
        if isinstance(value, Translated):
            value.store(record, name)
        elif isinstance(value, list) and any(map(_holds_any, _of(value))):
            _store_lines(record, name, value, before)


def _store_lines(
    record: BaseModel, name: str, commands: list[Any], before: dict[Any, set[int]]
) -> None:
    lines = record.env[record._fields[name].comodel_name]
    for code, line_id, values in commands:
        if code == Command.UPDATE:
            _store(lines.browse(line_id), values, before)
    known = set(before.get((record._name, record.id, name), ()))
    for code, line_id, ids in commands:
        known |= {line_id} if code == Command.LINK else set()
        known |= set(ids) if code == Command.SET else set()
    new = lines.browse(sorted(_line_ids(record, name) - known))
    created = [values for code, _id, values in commands if code == Command.CREATE]
    for line, values in _pair(new, created):
        _store(line, values, before)


def _pair(new: BaseModel, created: list[Any]) -> Iterable[tuple[BaseModel, Any]]:
    """Yield the new lines with their values, in the order of their ids.

    :raise InvalidValue: an addon created other lines, too, and changed the texts
    """
    if len(new) == len(created):
        yield from zip(new, created, strict=True)
        return
    rest = list(new)
    for values in filter(_holds_any, created):
        found = next((line for line in rest if _has_texts(line, values)), None)
        if found is None:
            raise InvalidValue(
                "An addon has changed new lines, so they cannot be translated: send "
                "the translations in a second request"
            )
        del rest[: rest.index(found) + 1]
        yield found, values


def _has_texts(line: BaseModel, values: dict[str, Any]) -> bool:
    texts = {key: item for key, item in values.items() if isinstance(item, Translated)}
    return all(line[name] == str(text) for name, text in texts.items())
