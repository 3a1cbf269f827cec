# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exported rows, line by line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T", covariant=True)
CURSOR = "next_cursor"
# A cell of CSV with its quotes. The module csv refuses those above 128 kB.
_CELL = re.compile(rb'(?:^|,)("[^"]*(?:""[^"]*)*"|[^,]*)')


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A row of an export.

    :param cursor: where the export can be continued after the row
    :param is_record: false for the header of CSV
    """

    value: T
    cursor: str | None = None
    is_record: bool = True


class Format(Protocol[T]):
    """What the rows of an export are read as."""

    name: str

    def begin(self) -> None:
        """Prepare for the first line of an answer."""

    def is_complete(self, line: bytes) -> bool:
        """Whether a row ends with the line."""

    def read(self, line: bytes) -> Row[T]:
        """Return the row in a line."""


class RecordFormat:
    """Records as dicts."""

    name = "ndjson"

    def begin(self) -> None:
        pass

    def is_complete(self, line: bytes) -> bool:
        return True

    def read(self, line: bytes) -> Row[Any]:
        record = json.loads(line)
        return Row(record, record.pop(CURSOR, None))


class NdjsonFormat(RecordFormat):
    """Lines of JSON as they are, without cursors."""

    def read(self, line: bytes) -> Row[bytes]:
        if b'"next_cursor"' not in line:
            return Row(line + b"\n")
        row = super().read(line)
        text = json.dumps(row.value, ensure_ascii=False)
        return Row(text.encode() + b"\n", row.cursor)


class CsvFormat:
    """Lines of CSV (RFC 4180) without the column of cursors."""

    name = "csv"

    def __init__(self) -> None:
        self._column: int | None = None

    def begin(self) -> None:
        self._column = None

    def is_complete(self, line: bytes) -> bool:
        return line.count(b'"') % 2 == 0  # else it ends inside of a text

    def read(self, line: bytes) -> Row[bytes]:
        cells = _CELL.findall(line)
        if self._column is None:
            self._column = cells.index(CURSOR.encode())
            del cells[self._column]
            return Row(_join(cells), is_record=False)
        cursor = cells.pop(self._column).decode()
        return Row(_join(cells), cursor or None)


def _join(cells: list[bytes]) -> bytes:
    return b",".join(cells) + b"\r\n"


def line_format(name: str) -> Format[bytes]:
    """Return a format of files by its name.

    :raises ValueError: there is none
    """
    if name == "csv":
        return CsvFormat()
    if name == "ndjson":
        return NdjsonFormat()
    raise ValueError(f"The formats are csv, ndjson and parquet, not {name!r}")
