# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time limits of reads: of each SQL statement, and of the whole request.

The `execute` method of the cursor (`odoo.sql_db.Cursor`) is replaced. The first
statement of each transaction also sets PostgreSQL's `statement_timeout`, without a
separate round trip. Python code cannot be interrupted: the time of the request is
checked before each statement, and where `check_time` is called.
"""

import time
from typing import Any

from psycopg2 import sql

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from ..errors import Timeout

_ATTRIBUTE = "_base_api_time_limits"
MAX_TIMEOUT = 2**31 - 1  # milliseconds, of PostgreSQL
_UNLIMITED = "DEFAULT"  # what the database or its user is configured to have


def limit_time(
    cr: BaseCursor,
    statement_seconds: int,
    request_seconds: int,
    is_reading: bool = True,
) -> None:
    """Limit the time for which a cursor may read; 0 seconds for no limit.

    :param is_reading: whether the limits apply at once, see `set_reading`
    """
    limits = vars(cr).get(_ATTRIBUTE)
    if not limits:  # on a repeated request the time continues
        limits = _TimeLimits(cr, statement_seconds, request_seconds)
        setattr(cr, _ATTRIBUTE, limits)
        cr.execute = limits.execute
    limits.set_reading(is_reading)


def set_reading(cr: BaseCursor, is_reading: bool) -> None:
    """Set whether the cursor is reading from now on, which is limited.

    Other time does not count.
    """
    if limits := vars(cr).get(_ATTRIBUTE):
        limits.set_reading(is_reading)


def check_time(cr: BaseCursor) -> None:
    """Stop the request if its time is over.

    :raise Timeout: it is
    """
    if limits := vars(cr).get(_ATTRIBUTE):
        limits.check()


class _TimeLimits:
    """The limits of one cursor."""

    def __init__(
        self, cr: BaseCursor, statement_seconds: int, request_seconds: int
    ) -> None:
        self._execute = cr.execute
        self._ends = (cr.postcommit, cr.postrollback)
        self._most = request_seconds
        self._timeout = _UNLIMITED
        if statement_seconds:
            milliseconds = min(1000 * statement_seconds, MAX_TIMEOUT)
            self._timeout = str(milliseconds)
        self._sent = _UNLIMITED  # the timeout that the transaction has
        self._spent = 0.0  # seconds
        self._started: float | None = (
            None  # when what is running began, if it is a read
        )

    def set_reading(self, is_reading: bool) -> None:
        now = time.monotonic()
        if self._started is not None:
            self._spent += now - self._started
        self._started = now if is_reading else None

    def check(self) -> None:
        if self._most and self._started is not None:
            if self._spent + time.monotonic() - self._started > self._most:
                raise Timeout(
                    f"Reading this takes longer than {self._most} seconds, the time "
                    f"that a request may take (request_timeout): {Timeout.remedy}"
                )

    def execute(self, query: str | SQL, *args: Any, **kwargs: Any) -> Any:
        self.check()
        wanted = _UNLIMITED if self._started is None else self._timeout
        if wanted != self._sent:
            query = _with_timeout(query, wanted)
            self._sent = wanted
            for end in self._ends:
                end.add(self._forget_sent)
        return self._execute(query, *args, **kwargs)

    def _forget_sent(self) -> None:
        self._sent = _UNLIMITED


def _with_timeout(query: str | SQL, value: str) -> str | SQL:
    """Return a query behind the statement that sets the timeout of its transaction."""
    setting = f"SET LOCAL statement_timeout = {value};"
    if isinstance(query, SQL):
        return SQL(f"{setting} %s", query)
    if isinstance(query, sql.Composable):
        return sql.Composed([sql.SQL(setting), query])
    return setting.encode() + query if isinstance(query, bytes) else setting + query
