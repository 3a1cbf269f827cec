# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Verify the hash chain of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .chain import SEALED, personal_digest, row_hash
from .removals import ERASURE, RETENTION, Removal, SealedRemoval, read_removals
from .table import CHAIN, PERSONAL, SEALS, TABLE

_FETCHED = 2000  # rows at once


@dataclass
class Verification:
    """The result of a verification.

    :ivar sealed: number of rows that were verified
    :ivar unprotected: number of rows that are not sealed yet
    :ivar erased: number of sealed rows without personal columns
    :ivar removed: number of rows that were removed because of their age
    :ivar removed_before: the date before which they were; None if none was
    :ivar removals: the records of what was removed and erased, the oldest first
    :ivar head: number and hash of the last seal
    :ivar fault: what is wrong with the first broken row, or ""
    """

    sealed: int = 0
    unprotected: int = 0
    erased: int = 0
    removed: int = 0
    removed_before: Any = None
    removals: list[Removal] = field(default_factory=list)
    head: tuple[int, str] = (0, "")
    fault: str = ""


class Verifier:
    """Follow the chain from its first to its last seal, in one transaction."""

    def __init__(self, cr: BaseCursor) -> None:
        self._cr = cr
        self._number = 0
        self._hash = ""
        # By the number of their seal, and of the first row that was removed.
        self._records: dict[int, SealedRemoval] = {}
        self._ranges: dict[int, Removal] = {}
        # The id of each user whose data was erased -> the number of the last record.
        self._erasures: dict[int | None, int] = {}
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
        if fault := self._read_removals():
            return fault
        for row in self._rows():
            if fault := self._follow_removals():
                return fault
            if fault := self._check(row):
                return f"row {row['id']} of {row['create_date']}: {fault}"
            self._number, self._hash = row["seal_number"], row["seal_hash"]
            self.result.sealed += 1
        if fault := self._follow_removals():
            return fault
        if (self._number, self._hash) != self.result.head:
            return f"seal {self._number + 1} is missing: rows were removed at the end"
        if self._records:
            return f"the record of a removal {min(self._records)} is not in the chain"
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
            if self._erasures.get(row["user_id"], 0) < row["seal_number"]:
                return "its personal data was erased, and no record says so"
        elif personal_digest(row["personal_salt"], row) != row["personal_hash"]:
            return "it was changed"
        expected = row_hash(self._hash, self._number + 1, row, row["personal_hash"])
        return None if expected == row["seal_hash"] else "it was changed"

    def _count_others(self) -> None:
        [(self.result.unprotected,)] = self._query(
            "SELECT count(*) FROM %s WHERE seal_number IS NULL", TABLE
        )

    def _read_removals(self) -> str | None:
        for record in read_removals(self._cr):
            if fault := _misfit(record):
                return f"the record of a removal {record.seal_number} {fault}"
            removal = record.removal
            self.result.removals.append(removal)
            self._records[record.seal_number] = record
            if removal.reason == ERASURE:
                self._erasures[removal.user_id] = record.seal_number
            elif removal.reason == RETENTION and removal.first_number is not None:
                self._ranges[removal.first_number] = removal
                self.result.removed += removal.row_count
                dates = (removal.before_date, self.result.removed_before)
                self.result.removed_before = max(filter(None, dates), default=None)
        return None

    def _follow_removals(self) -> str | None:
        """Go on over removed rows and records of removals; return what is wrong."""
        while True:
            number = self._number + 1
            if record := self._records.pop(number, None):
                if record.removal.seal(self._hash, number) != record.seal_hash:
                    return f"the record of a removal {number} was changed"
                self._number, self._hash = number, record.seal_hash
            elif removed := self._ranges.pop(number, None):
                # The rows of the range are gone: nothing else ties what is older.
                if removed.previous_hash != self._hash:
                    return f"what was sealed before the removed seal {number} changed"
                self._number = removed.last_number or number
                self._hash = removed.last_hash or ""
            else:
                return None

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


def _misfit(record: SealedRemoval) -> str | None:
    """Return what is wrong with the numbers of a record of removed seals, or None."""
    removal = record.removal
    if removal.reason != RETENTION or removal.first_number is None:
        return None
    first, last = removal.first_number, removal.last_number or 0
    # A record may be trusted about older seals only: it is tied to the last seal by
    # those between them.
    if not 0 < first <= last < record.seal_number:
        return "names seals that were not there"
    if removal.row_count != last - first + 1:
        return "names another number of rows than of seals"
    return None


def verify(cr: BaseCursor) -> Verification:
    """Verify the chain, in the snapshot of a transaction."""
    verifier = Verifier(cr)
    result = verifier.run()
    cr.execute("CLOSE ALL")
    return result
