# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counts in the memory of a process, which a thread adds to those in the database.

Counting never waits for the database. What was counted is stored within 10 seconds,
and when the process ends; a process that is killed loses it. Rows without counts, which
are only inserted, are stored in the same way.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import psycopg2

from odoo.service.server import CommonServer
from odoo.tools import config

from ..orm.connections import separate_cursor

_logger = logging.getLogger(__name__)

INTERVAL = 10  # seconds between two writes
MANY_ROWS = 1_000  # that are written at once
MAX_ROWS = 10_000  # in memory; the oldest are dropped
GIVE_UP_AFTER = 3600  # seconds; the database may have been dropped

# Raised by an outage, or by a database that is read-only for a while.
_TEMPORARY = (psycopg2.OperationalError, psycopg2.InternalError)


class CountTable:
    """A table of counts.

    :param name: for log lines
    :param statement: adds rows. It takes one array per column: first the columns of the
        key, then those that are summed, and last the one whose maximum is kept
    """

    def __init__(self, name: str, statement: str) -> None:
        self.name = name
        self.statement = statement


class Row(NamedTuple):
    """What identifies a row of a table in a database.

    :param key: the values of the columns of the key
    """

    database: str
    table: CountTable
    key: tuple[Any, ...]


class CountStore:
    """The counts of this process that are not in the database yet.

    A forked process starts without any, as its parent stores its own.
    """

    _thread: threading.Thread | None
    _rows: dict[Row, list[Any]]  # the oldest first
    _failing: dict[str, float]  # database -> since when, by `time.monotonic`

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget all rows and the thread, in a process that was forked."""
        self._lock = threading.Lock()
        self._storing = threading.Lock()
        self._is_due = threading.Event()
        self._thread = None
        self._rows = {}
        self._failing = {}
        # Odoo's tests store nothing by themselves.
        self._has_warned = bool(config["test_enable"])

    def add(self, row: Row, values: list[Any]) -> None:
        """Add values to a row: sums, and a maximum at the end; or none."""
        with self._lock:
            _merge(self._rows, row, values)
            self._drop_oldest()
            if len(self._rows) >= MANY_ROWS and not self._failing:
                self._is_due.set()
            if self._thread is None or not self._thread.is_alive():
                self._start()

    def store(self, open_cursor: Callable[[str], Any] = separate_cursor) -> None:
        """Write all rows to their databases, or keep them for the next time.

        :param open_cursor: takes the name of a database
        """
        with self._storing:
            with self._lock:
                taken, self._rows = self._rows, {}
            for database in dict.fromkeys(row.database for row in taken):
                rows = {row: taken[row] for row in taken if row.database == database}
                self._store_in(database, rows, open_cursor)

    def _start(self) -> None:
        if config["test_enable"]:
            # All cursors of a test share a transaction, which is rolled back.
            return
        self._thread = threading.Thread(
            target=self._run, name="base_api.count_store", daemon=True
        )
        self._thread.start()

    def _run(self) -> None:
        """Store the rows from time to time, until there are none."""
        while self._goes_on():
            self._is_due.wait(INTERVAL)
            self._is_due.clear()
            self.store()

    def _goes_on(self) -> bool:
        """Tell whether rows wait; if not, the next one starts another thread."""
        with self._lock:
            if not self._rows:
                self._thread = None
            return bool(self._rows)

    def _store_in(
        self, database: str, rows: dict[Row, list[Any]], open_cursor: Callable
    ) -> None:
        try:
            with open_cursor(database) as cr:
                for table in dict.fromkeys(row.table for row in rows):
                    items = [item for item in rows.items() if item[0].table is table]
                    lines = [(*row.key, *values) for row, values in items]
                    columns = map(list, zip(*lines, strict=True))
                    cr.execute(table.statement, list(columns))
        except _TEMPORARY as exc:
            self._keep(database, rows, exc)
        except psycopg2.Error as exc:
            # Such as a table that is gone, with the addon.
            _logger.info("Counts of %s were not stored: %s", database, exc)
            self._failing.pop(database, None)
        else:
            self._failing.pop(database, None)
            self._has_warned = bool(config["test_enable"])

    def _keep(self, database: str, rows: dict[Row, list[Any]], exc: Exception) -> None:
        since = self._failing.setdefault(database, time.monotonic())
        if time.monotonic() - since > GIVE_UP_AFTER:
            _logger.warning("Counts of %s are lost: %s", database, exc)
            del self._failing[database]
            return
        with self._lock:
            for row, values in self._rows.items():
                _merge(rows, row, values)
            self._rows = rows
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        while len(self._rows) > MAX_ROWS:
            row = next(iter(self._rows))
            del self._rows[row]
            if not self._has_warned:
                _logger.warning("Counts of %s are lost: too many wait", row.database)
                self._has_warned = True


def _merge(rows: dict[Row, list[Any]], row: Row, values: list[Any]) -> None:
    known = rows.get(row)
    if known is None:
        rows[row] = values
        return
    if not values:  # the same row without counts
        return
    for index, value in enumerate(values[:-1]):
        known[index] += value
    known[-1] = max(known[-1], values[-1])


def _store_at_exit() -> None:
    if not config["test_enable"]:
        STORE.store()


STORE = CountStore()
os.register_at_fork(after_in_child=STORE.reset)
# A reload of the server replaces the process, without its exit.
CommonServer.on_stop(_store_at_exit)
atexit.register(_store_at_exit)
