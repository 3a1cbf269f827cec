# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sealed records of what was removed from the audit trail.

A record is a link of the hash chain like a row, with the next number and a seal. So a
record cannot be added to the past: the last seal, kept elsewhere, shows whether it
existed then. `verification` refuses rows that are missing, or that have no personal
data, without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timezone
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL
from odoo.tools.sql import table_exists

from .chain import lock_chain, read_head, sha256, store_head
from .table import (
    CHAIN,
    CREATE_REMOVALS,
    OLD_REMOVALS_NAME,
    REMOVALS,
    REMOVALS_NAME,
    TABLE,
)

# Part of each hash, see `chain`.
_FORM = "base_api.audit.removal.1"
RETENTION, ERASURE = "retention", "erasure"


@dataclass
class Removal:
    """What was removed, and why.

    :param reason: `RETENTION` or `ERASURE`
    :param create_date: when, in naive UTC
    :param row_count: of rows that were removed, or whose personal data was erased
    :param first_number: of the seals that were removed, which have no gap
    :param previous_hash: the hash before `first_number`: it ties what is older
    :param last_hash: the seal with the number `last_number`
    :param before_date: the rows were older
    :param user_id: whose personal data was erased
    """

    reason: str
    create_date: datetime
    row_count: int
    first_number: int | None = None
    last_number: int | None = None
    previous_hash: str | None = None
    last_hash: str | None = None
    before_date: datetime | None = None
    user_id: int | None = None

    def seal(self, head: str, number: int) -> str:
        """Return the seal of the record.

        :param head: the seal before it
        :param number: its position in the chain
        """
        return sha256([_FORM, head, number, *astuple(self)])


_OLD_REMOVALS = SQL.identifier(OLD_REMOVALS_NAME)
NAMES = [field.name for field in fields(Removal)]


@dataclass
class SealedRemoval:
    """A record as it is stored."""

    seal_number: int
    seal_hash: str
    removal: Removal


def seal_removals(cr: BaseCursor, removals: Sequence[Removal]) -> None:
    """Append records to the chain, which the caller has locked."""
    if not removals:
        return
    number, head = read_head(cr)
    rows = []
    for removal in removals:
        number += 1
        head = removal.seal(head, number)
        rows.append((number, head, *astuple(removal)))
    cr.execute(
        SQL(
            "INSERT INTO %s (seal_number, seal_hash, %s) VALUES %s",
            REMOVALS,
            SQL(", ").join(map(SQL.identifier, NAMES)),
            SQL(", ").join(SQL("%s", row) for row in rows),
        )
    )
    store_head(cr, number, head)


def read_removals(cr: BaseCursor) -> list[SealedRemoval]:
    """Return all records, in the order of the chain."""
    cr.execute(
        SQL(
            "SELECT seal_number, seal_hash, %s FROM %s ORDER BY seal_number",
            SQL(", ").join(map(SQL.identifier, NAMES)),
            REMOVALS,
        )
    )
    rows: list[tuple[Any, ...]] = cr.fetchall()
    return [SealedRemoval(row[0], row[1], Removal(*row[2:])) for row in rows]


def removed_ranges(
    cr: BaseCursor, partition: SQL, before_date: datetime
) -> list[Removal]:
    """Return the records of removing a partition, one for each range of seals in it."""
    cr.execute(
        SQL(
            """SELECT count(*), min(seal_number), max(seal_number),
                      (array_agg(seal_hash ORDER BY seal_number DESC))[1]
                 FROM (SELECT seal_number, seal_hash,
                              seal_number - row_number() OVER (ORDER BY seal_number)
                                  AS gap
                         FROM %s WHERE seal_number IS NOT NULL) AS sealed
             GROUP BY gap ORDER BY gap""",
            partition,
        )
    )
    return [_removed_range(cr, REMOVALS, (*row, before_date)) for row in cr.fetchall()]


def _removed_range(cr: BaseCursor, removals: SQL, row: tuple[Any, ...]) -> Removal:
    """Return the record for a range of seals; the seal before it must still exist.

    :param removals: the table that knows what was removed before
    :param row: the number of rows, the first and the last seal, the hash of the last
        one, and the date that all rows are older than
    """
    count, first, last, last_hash, before_date = row
    hashes = (_find_hash(cr, first - 1, removals), last_hash)
    return Removal(RETENTION, utc_now(), count, first, last, *hashes, before_date)


def _find_hash(cr: BaseCursor, number: int, removals: SQL) -> str | None:
    """Return the seal with a number, or None where the chain is broken."""
    cr.execute(
        SQL(
            """SELECT seal_hash FROM %(table)s WHERE seal_number = %(number)s
         UNION ALL SELECT seal_hash FROM %(records)s WHERE seal_number = %(number)s
         UNION ALL SELECT last_hash FROM %(removals)s WHERE last_number = %(number)s
         UNION ALL SELECT first_hash FROM %(chain)s WHERE %(number)s = 0
             LIMIT 1""",
            table=TABLE,
            records=REMOVALS,
            removals=removals,
            chain=CHAIN,
            number=number,
        )
    )
    found = cr.fetchone()
    return found and found[0]


def create_removals(cr: BaseCursor) -> None:
    """Create the table, and seal what earlier versions noted without a seal."""
    if table_exists(cr, REMOVALS_NAME):
        return
    cr.execute(CREATE_REMOVALS)
    # The old table stays: servers with the former version read and write it.
    if table_exists(cr, OLD_REMOVALS_NAME):
        lock_chain(cr)  # so that no other server seals rows meanwhile
        seal_removals(cr, _old_removals(cr))


def _old_removals(cr: BaseCursor) -> list[Removal]:
    cr.execute(
        SQL(
            """SELECT last_number - first_number + 1, first_number, last_number,
                      last_hash, before_date
                 FROM %s ORDER BY first_number""",
            _OLD_REMOVALS,
        )
    )
    removed = [_removed_range(cr, _OLD_REMOVALS, row) for row in cr.fetchall()]
    cr.execute(
        SQL(
            """SELECT count(*), user_id FROM %s
                WHERE seal_number IS NOT NULL AND personal_salt IS NULL
             GROUP BY user_id ORDER BY user_id""",
            TABLE,
        )
    )
    erased = [
        Removal(ERASURE, utc_now(), count, user_id=user_id)
        for count, user_id in cr.fetchall()
    ]
    return removed + erased


def utc_now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None)
