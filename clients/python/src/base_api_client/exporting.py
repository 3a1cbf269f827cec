# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exports of any size, which go on where a connection broke."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from .errors import ExportIncomplete
from .export_formats import Format, Row
from .messages import Request
from .operations.queries import Query
from .retrying import Retries
from .typing import Progress, ReadArguments

T = TypeVar("T")


class Export(Generic[T]):
    """The state of an export, without input and output.

    :param strict: strict types, also for a client that prefers those of Odoo

    Every 1,000th row has a cursor. Rows are handed out when their cursor is known, so
    that none is lost or doubled if the export goes on with it.
    """

    def __init__(
        self,
        query: Query,
        format: Format[T],
        limit: int | None,
        options: ReadArguments,
        progress: Progress | None,
        retries: Retries,
        strict: bool = False,
    ) -> None:
        self.done = 0
        self._has_header = False
        self.is_complete = False
        self._query = query
        self._format = format
        self._limit = limit
        self._options = options
        self._progress = progress
        self._retries = retries
        self._headers = {"prefer": "types=strict"} if strict else {}
        self._cursor: str | None = None
        self._total: int | None = None
        self._failures = 0
        self._begin_answer()

    def _begin_answer(self) -> None:
        self._rest = b""
        self._pending: list[Row[T]] = []

    def request(self) -> Request:
        """Return the request for the records that are missing."""
        limit = None if self._limit is None else self._limit - self.done
        more: dict[str, Any] = {
            "format": self._format.name,
            "limit": limit,
            "cursors": True,
        }
        more |= {"cursor": self._cursor, **self._options}
        return self._query.export(more, self._headers)

    def begin(self, headers: Mapping[str, str]) -> None:
        """Take over the headers of an answer."""
        self._begin_answer()
        self._format.begin()
        count = headers.get("total-count")
        self._total = None if count is None else self.done + int(count)

    def feed(self, chunk: bytes) -> Iterator[list[T]]:
        """Yield the rows that are certain after a part of the answer."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        row = b""
        for line in lines:
            row += line
            if not self._format.is_complete(row):
                row += b"\n"
                continue
            read = self._format.read(row.removesuffix(b"\r"))
            row = b""
            if self._has_header and not read.is_record:
                continue
            self._pending.append(read)
            if read.cursor:
                self._cursor, self._failures = read.cursor, 0
                yield self._hand_out()
                self.is_complete = self.done == self._limit
        self._rest = row + self._rest

    def end(self) -> Iterator[list[T]]:
        """Yield the last rows.

        :raises ExportIncomplete: there are fewer than the server announced
        """
        found = self.done + sum(row.is_record for row in self._pending)
        if self._total is not None and found < self._total:
            raise ExportIncomplete(f"{found} of {self._total} records arrived")
        self.is_complete = True
        yield self._hand_out()

    def recover(self, error: Exception) -> float:
        """Return the time to wait until the export is continued.

        :raises ExportIncomplete: it failed too often
        """
        self._failures += 1
        wait = self._retries.wait_after_failure(self._failures)
        if wait is None:
            raise ExportIncomplete(f"The export ended early: {error}") from error
        return wait

    def _hand_out(self) -> list[T]:
        rows, self._pending = self._pending, []
        self.done += sum(row.is_record for row in rows)
        self._has_header = True
        if self._progress:
            self._progress(self.done, self._total)
        return [row.value for row in rows]
