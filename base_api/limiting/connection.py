# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A connection of the limiter, which never waits for longer than its patience.

It is asynchronous (psycopg2), so that a PostgreSQL that does not answer cannot delay
requests. Such connections commit each statement. It does not belong to Odoo's pool.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import psycopg2

from odoo.sql_db import connection_info_for

from ..orm.polling import wait_for
from .statements import CHARGE, TAKE, slot_statements

PATIENCE = 0.05  # seconds
# PostgreSQL ends a connection that was idle for so long, so that the database can be
# dropped; not while it holds a slot.
IDLE_SECONDS = 60
_IDLE_TIMEOUT = "idle_session_timeout"  # since PostgreSQL 14
_SESSION = """
    SET default_transaction_isolation = 'read committed';
    SET default_transaction_read_only = off;
    SET synchronous_commit = off;
    SET plan_cache_mode = force_generic_plan;
    SET statement_timeout = {milliseconds}"""


class NoAnswer(Exception):
    """The database has not answered in time."""


class Connection:
    """A connection to the primary database with the statements of the limiter prepared.

    :param patience: seconds to wait for an answer
    :raise NoAnswer: it does not answer in time
    :raise psycopg2.Error: it cannot connect, or the table is missing
    """

    def __init__(self, database: str, patience: float) -> None:
        self._patience = patience
        _name, options = connection_info_for(database)
        deadline = time.monotonic() + patience
        with ExitStack() as unless_ready:
            self._connection = psycopg2.connect(**options, async_=True)
            unless_ready.callback(self.close)
            self._wait(deadline)
            self._cursor = self._connection.cursor()
            self.execute(self._prepare())
            unless_ready.pop_all()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run a statement; return its rows, if it has any.

        :raise NoAnswer: it does not answer in time; the connection is not usable then
        :raise psycopg2.Error: it failed, or the connection was lost
        """
        deadline = time.monotonic() + self._patience
        self._cursor.execute(statement, values or None)
        self._wait(deadline)
        return self._cursor.fetchall() if self._cursor.description else []

    @property
    def _milliseconds(self) -> int:
        return round(1000 * self._patience)

    def close(self) -> None:
        self._connection.close()

    def _prepare(self) -> str:
        session = _SESSION.format(milliseconds=self._milliseconds)
        if self._connection.server_version < 140000:
            slots = slot_statements("NULL", "NULL")
            return ";".join((session, TAKE, CHARGE, slots))
        set_timeout = f"set_config('{_IDLE_TIMEOUT}', {{}}, FALSE)"
        slots = slot_statements(
            set_timeout.format("'0'"),
            set_timeout.format(f"CASE WHEN $3 THEN '{IDLE_SECONDS}s' ELSE '0' END"),
        )
        idle = f"SET {_IDLE_TIMEOUT} = '{IDLE_SECONDS}s'"
        return ";".join((session, idle, TAKE, CHARGE, slots))

    def _wait(self, deadline: float) -> None:
        if not wait_for(self._connection, deadline):
            raise NoAnswer(f"no answer in {self._milliseconds} ms")
