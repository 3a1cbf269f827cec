# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Formats of exported files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from ..json_text import json_default
from .nesting import TRUNCATED


@dataclass(frozen=True)
class Columns:
    """The columns of the rows.

    :param fields: `{dotted name: its last field}`
    :param lists: dotted names of the nested lists, which may have been cut
    """

    fields: dict
    lists: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Format:
    """A file format.

    :param encode: a function from `Columns` and an iterable of lists of rows to an
        iterable of bytes
    """

    content_type: str
    encode: Any


def _encode_ndjson(columns: Columns, batches: Iterator) -> Iterator[bytes]:
    """Yield a line of JSON for each row (https://github.com/ndjson/ndjson-spec)."""
    for rows in batches:
        yield "".join(f"{_to_json(row)}\n" for row in rows).encode()


def _encode_csv(
    columns: Columns, batches: Iterator | list[list[dict]]
) -> Iterator[bytes]:
    """Yield CSV (RFC 4180) with a header.

    Texts are not changed, even if a spreadsheet could take them for a formula. With
    nested lists, the last column says which ones were truncated.
    """
    yield _to_csv([[*columns.fields, *([TRUNCATED] if columns.lists else ())]])
    for rows in batches:
        yield _to_csv(_to_line(columns, row) for row in rows)


def _to_line(columns: Columns, row: dict[str, Any]) -> list[Any]:
    cells = [
        _to_cell(field, reduce(_follow, path.split("."), row))
        for path, field in columns.fields.items()
    ]
    if columns.lists:
        cut = _find_cut(columns.lists, row)
        cells.append(_to_json(cut) if cut else None)
    return cells


def _find_cut(lists: tuple[Any, ...], row: dict[str, Any]) -> dict[str, Any]:
    """Return `{dotted name of a truncated list: number of records}`.

    For lists inside lists it is a list, with null for complete ones.
    """
    counts = {}
    for path in lists:
        *parents, name = path.split(".")
        counts[path] = reduce(_follow, [*parents, TRUNCATED, name], row)
    return {path: count for path, count in counts.items() if _has_number(count)}


def _has_number(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_number, value))
    return value is not None


FORMATS = {
    "ndjson": Format("application/x-ndjson", _encode_ndjson),
    "csv": Format("text/csv; charset=utf-8", _encode_csv),
}


def _to_csv(lines: list[list[str]] | Iterator) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


def _follow(value: Any, name: str) -> Any:
    """Return the member of an object, or of each object in a list."""
    if isinstance(value, list):
        return [_follow(item, name) for item in value]
    return value.get(name) if isinstance(value, dict) else None


def _to_cell(field: Any, value: Any) -> str | float | None:
    """Return the cell of a value: the name of a record, or ids separated by commas."""
    if value is None or value is False or value is True:
        return _to_json(value) if field and field.type == "boolean" else None
    if isinstance(value, date):
        return json_default(value)
    if isinstance(value, bytes):  # base64
        return value.decode()
    if isinstance(value, dict) and "display_name" in value:
        return value["display_name"]
    if isinstance(value, list | tuple):
        if field and field.type == "many2one" and value and type(value[0]) is int:
            return value[1]
        if all(type(item) is int for item in value):
            return ",".join(map(str, value))
    return _to_json(value) if isinstance(value, list | dict) else value


# json.dumps would make one for each row.
_to_json = json.JSONEncoder(ensure_ascii=False, default=json_default).encode
