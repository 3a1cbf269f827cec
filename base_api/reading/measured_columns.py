# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the values of records, and count their size in the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.fields import Field
from odoo.models import BaseModel

from ..field_types import LARGE_TYPES
from ..orm.answer_size import answer_size
from ..orm.time_limits import check_time
from .columns import read_columns
from .json_bytes import NUMBER, column_bytes

if TYPE_CHECKING:
    from ..orm.answer_size import AnswerSize


# Number of records whose large fields are read at once; more only if the answer may
# still grow.
LARGE_AT_ONCE = 20


def without_files(model: BaseModel, field_names: list[str], count: int) -> list[str]:
    """Return the fields to fetch with a search: without large ones of many records.

    :param count: how many records there may be
    """
    if count <= LARGE_AT_ONCE:
        return field_names
    return [name for name in field_names if model._fields[name].type != "binary"]


def read_measured(
    records: BaseModel, field_names: list[str], times: dict[int, Any] | None = None
) -> dict[str, Any]:
    """Return the columns of records like `read_columns`.

    :param times: `{id: how often the record is in the answer}`, None for once
    :raise AnswerTooLarge: the answer exceeds its bound
    :raise Timeout: the time of the request is over
    """
    size = answer_size(records.env.cr)
    if not size:
        return read_columns(records, field_names)
    check_time(records.env.cr)
    small = [name for name in field_names if not _is_large(records._fields[name])]
    if len(records) <= LARGE_AT_ONCE or len(small) == len(field_names):
        return _read(records, field_names, times, size)
    # Into the cache, for all of the parts together.
    read_columns(records, small)
    columns: dict[Any, Any] = {name: [] for name in field_names}
    for start in range(0, len(records), LARGE_AT_ONCE):
        part = records.browse(records._ids[start : start + LARGE_AT_ONCE])
        part.fetch(field_names)
        for name, values in _read(part, field_names, times, size).items():
            columns[name] += values
    return columns


def _is_large(field: Field) -> bool:
    return field.type in LARGE_TYPES


def _read(
    records: BaseModel,
    field_names: list[str],
    times: dict[int, Any] | None,
    size: AnswerSize,
) -> dict[str, Any]:
    columns = read_columns(records, field_names)
    weights = [times[record_id] for record_id in columns["id"]] if times else None
    count = sum(weights) if weights else len(records)
    size.add(count * (NUMBER * len(field_names) + sum(map(len, field_names))))
    for name in field_names:
        size.add(column_bytes(records._fields[name], columns[name], weights))
    return columns
