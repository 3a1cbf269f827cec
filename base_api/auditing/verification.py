# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Verify the hash chain of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .chain import SEALED, personal_digest, row_hash
from .table import CHAIN, PERSONAL, REMOVED, SEALS, TABLE

_FETCHED = 2000  # rows at once


@dataclass
class Verification:
    """The result of a verification.

    :ivar sealed: number of rows that were verified
    :ivar unprotected: number of rows that are not sealed yet
    :ivar erased: number of sealed rows without personal columns
    :ivar removed: number of rows that were removed because of their age
    :ivar removed_before: the date before which they were; None if none was
    :ivar head: number and hash of the last seal
    :ivar fault: what is wrong with the first broken row, or ""
    """

    sealed: int = 0
    unprotected: int = 0
    erased: int = 0
    removed: int = 0
    removed_before: Any = None
    head: tuple[int, str] = (0, "")
    fault: str = ""


class Verifier:
    """Follow the chain from its first to its last seal, in one transaction."""

    def __init__(self, cr: BaseCursor) -> None:
        self._cr = cr
        self._number = 0
        self._hash = ""
        self._removed: dict[int, tuple[int, str]] = {}
        self.result = Verification()

    def run(self) -> Verification:
        self.result.fault = self._find_fault() or ""
        return self.result

    def _find_fault(self) -> str | None:
        chain = self._query("SELECT first_hash, head_number, head_hash FROM %s", CHAIN)
        if len(chain) != 1:
            return "the chain has no beginning"
        [(self._hash, *head)] = chain
        self.result.head = tuple(head)
        self._count_others()
        for row in self._rows():
            self._skip_removed()
            if fault := self._check(row):
                return f"row {row['id']} of {row['create_date']}: {fault}"
            self._number, self._hash = row["seal_number"], row["seal_hash"]
            self.result.sealed += 1
        self._skip_removed()
        if (self._number, self._hash) != self.result.head:
            return f"seal {self._number + 1} is missing: rows were removed at the end"
        return None

    def _check(self, row: dict[str, Any]) -> str | None:
        """Return what is wrong with the next row, or None."""
        if row["seal_number"] > self._number + 1:
            return f"seal {self._number + 1} before it is missing"
        if row["seal_number"] <= self._number:
            return f"there are two rows with the seal {row['seal_number']}"
        if row["personal_salt"] is None:
            self.result.erased += 1
            if any(row[name] is not None for name in PERSONAL):
                return "it was erased, and has personal data"
        elif personal_digest(row["personal_salt"], row) != row["personal_hash"]:
            return "it was changed"
        expected = row_hash(self._hash, self._number + 1, row, row["personal_hash"])
        return None if expected == row["seal_hash"] else "it was changed"

    def _count_others(self) -> None:
        [(self.result.unprotected,)] = self._query(
            "SELECT count(*) FROM %s WHERE seal_number IS NULL", TABLE
        )
        query = "SELECT first_number, last_number, last_hash, before_date FROM %s"
        for first, last, last_hash, date in self._query(query, REMOVED):
            self._removed[first] = last, last_hash
            self.result.removed += last - first + 1
            self.result.removed_before = max(date, self.result.removed_before or date)

    def _skip_removed(self) -> None:
        """Skip the rows that were removed because of their age."""
        while known := self._removed.get(self._number + 1):
            self._number, self._hash = known

    def _rows(self) -> Iterator[dict[str, Any]]:
        names = (*SEALED, *PERSONAL, *SEALS)
        self._cr.execute(
            SQL(
                """DECLARE audit_rows NO SCROLL CURSOR FOR
                    SELECT %s FROM %s WHERE seal_number IS NOT NULL
                  ORDER BY seal_number, id""",
                SQL(", ").join(map(SQL.identifier, names)),
                TABLE,
            )
        )
        while True:
            self._cr.execute(SQL("FETCH %s FROM audit_rows", _FETCHED))
            rows = self._cr.dictfetchall()
            if not rows:
                break
            yield from rows

    def _query(self, query: str, table: SQL) -> list[tuple[Any, ...]]:
        self._cr.execute(SQL(query, table))
        return self._cr.fetchall()


def verify(cr: BaseCursor) -> Verification:
    """Verify the chain, in the snapshot of a transaction."""
    verifier = Verifier(cr)
    result = verifier.run()
    cr.execute("CLOSE ALL")
    return result
