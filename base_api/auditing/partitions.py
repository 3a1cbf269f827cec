# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The partitions of the audit trail, one for each month (UTC).

Rows of a month without a partition are in the default partition until it is created.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .table import REMOVED, TABLE

MONTHS_AHEAD = 3
MONTH = relativedelta(months=1)
_PREFIX = "api_audit_entry_"


def create_partitions(cr: BaseCursor, today: date) -> None:
    """Create the partitions of the current month and of the next ones."""
    existing = partition_months(cr)
    for ahead in range(MONTHS_AHEAD + 1):
        month = today.replace(day=1) + ahead * MONTH
        if month not in existing:
            _create_partition(cr, month)


def partition_months(cr: BaseCursor) -> list[date]:
    """Return the first days of the months that have a partition, in order."""
    cr.execute(
        SQL(
            """SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
                WHERE inhparent = 'api_audit_entry'::regclass"""
        )
    )
    suffixes = [name.removeprefix(_PREFIX) for (name,) in cr.fetchall()]
    return sorted(
        datetime.strptime(suffix, "%Y_%m").date()
        for suffix in suffixes
        if suffix != "default"
    )


def drop_partitions(cr: BaseCursor, oldest: datetime) -> int:
    """Drop the partitions that hold only rows older than `oldest`.

    What was sealed in them is noted, so that the chain can still be verified.

    :return: how many were dropped
    """
    expired = [
        month
        for month in partition_months(cr)
        if datetime.combine(month + MONTH, datetime.min.time()) <= oldest
    ]
    for month in expired:
        # Writers wait behind this one: give up if a long transaction is in the way.
        cr.execute("SET LOCAL lock_timeout = '2s'")
        cr.execute(SQL("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", TABLE))
        _note_removed(cr, month)
        cr.execute(SQL("DROP TABLE %s", _partition(month)))
        cr.execute("SET LOCAL lock_timeout = DEFAULT")
    return len(expired)


def _partition(month: date) -> SQL:
    return SQL.identifier(f"{_PREFIX}{month:%Y_%m}")


def _create_partition(cr: BaseCursor, month: date) -> None:
    """Create a partition, and move the rows of its month out of the default one.

    A table is created and attached: unlike `CREATE TABLE ... PARTITION OF`, that does
    not wait for the transactions that are writing rows.
    """
    cr.execute(
        SQL(
            """CREATE TABLE %(partition)s (LIKE %(table)s INCLUDING DEFAULTS);
               WITH moved AS (
                   DELETE FROM api_audit_entry_default
                    WHERE create_date >= %(first)s AND create_date < %(next)s
                RETURNING *)
               INSERT INTO %(partition)s SELECT * FROM moved;
               ALTER TABLE %(table)s ATTACH PARTITION %(partition)s
                 FOR VALUES FROM (%(first)s) TO (%(next)s)""",
            partition=_partition(month),
            table=TABLE,
            first=month,
            next=month + MONTH,
        )
    )


def _note_removed(cr: BaseCursor, month: date) -> None:
    """Note the ranges of sealed rows in a partition, with the hash that ends each."""
    cr.execute(
        SQL(
            """INSERT INTO %s (first_number, last_number, last_hash, before_date)
               SELECT min(seal_number), max(seal_number),
                      (array_agg(seal_hash ORDER BY seal_number DESC))[1], %s
                 FROM (SELECT seal_number, seal_hash,
                              seal_number - row_number() OVER (ORDER BY seal_number)
                                  AS gap
                         FROM %s WHERE seal_number IS NOT NULL) AS sealed
             GROUP BY gap""",
            REMOVED,
            month + MONTH,
            _partition(month),
        )
    )


def expiry(now: datetime, days: int) -> datetime | None:
    """Return the date before which rows are removed, or None for never."""
    return now - timedelta(days=days) if days else None
