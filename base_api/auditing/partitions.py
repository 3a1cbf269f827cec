# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The partitions of the audit trail, one for each month (UTC).

Rows of a month without a partition are in the default partition until it is created.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from psycopg2.errors import LockNotAvailable

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .chain import lock_chain
from .removals import removed_ranges, seal_removals
from .table import TABLE

MONTHS_AHEAD = 3
MONTH = relativedelta(months=1)
_PREFIX = "api_audit_entry_"
_logger = logging.getLogger(__name__)


def create_partitions(cr: BaseCursor, today: date) -> None:
    """Create the partitions of the current month and of the next ones.

    Also of each month whose rows wait in the default partition, such as those of a time
    in which none was created: only partitions of a month can be dropped.
    """
    first = today.replace(day=1)
    coming = {first + ahead * MONTH for ahead in range(MONTHS_AHEAD + 1)}
    for month in sorted((coming | _waiting_months(cr)) - set(partition_months(cr))):
        _try(_create_partition, cr, month)


def _waiting_months(cr: BaseCursor) -> set[date]:
    cr.execute(
        """SELECT DISTINCT date_trunc('month', create_date)::date
             FROM api_audit_entry_default"""
    )
    return {month for (month,) in cr.fetchall()}


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

    A sealed record says what was in them. Nothing happens while another transaction
    seals or erases.

    :return: how many were dropped
    """
    if not lock_chain(cr):
        return 0
    expired = [
        month for month in partition_months(cr) if _midnight(month + MONTH) <= oldest
    ]
    return sum(_try(_drop_partition, cr, month) for month in expired)


def _try(change: Callable, cr: BaseCursor, month: date) -> bool:
    """Change a partition, unless a transaction that uses the trail is in the way.

    Others wait behind a statement that waits for a lock, so it gives up soon. What the
    transaction did before is kept.

    :return: whether it was changed
    """
    try:
        with cr.savepoint(flush=False):
            cr.execute("SET LOCAL lock_timeout = '2s'")
            is_changed = change(cr, month)
            cr.execute("SET LOCAL lock_timeout = DEFAULT")
    except LockNotAvailable:
        _logger.info("The audit trail of %s is in use, and is left as it is", month)
        return False
    return is_changed


def _partition(month: date) -> SQL:
    return SQL.identifier(f"{_PREFIX}{month:%Y_%m}")


def _create_partition(cr: BaseCursor, month: date) -> bool:
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
        ),
        log_exceptions=False,
    )
    return True


def _drop_partition(cr: BaseCursor, month: date) -> bool:
    lock = SQL("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE", TABLE)
    cr.execute(lock, log_exceptions=False)
    partition, end = _partition(month), _midnight(month + MONTH)
    cr.execute(
        SQL("SELECT EXISTS (SELECT FROM %s WHERE seal_number IS NULL)", partition)
    )
    if cr.fetchone()[0]:
        return False  # there would be no trace of these rows
    seal_removals(cr, removed_ranges(cr, partition, end))
    cr.execute(SQL("DROP TABLE %s", partition))
    return True


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def expiry(now: datetime, days: int) -> datetime | None:
    """Return the date before which rows are removed, or None for never."""
    return now - timedelta(days=days) if days else None
