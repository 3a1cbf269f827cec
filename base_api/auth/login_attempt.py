# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One attempt to log in, as a row of `api_throttle`."""

from __future__ import annotations

import logging
import math
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.exceptions import AccessDenied
from odoo.tools import SQL

from ..errors.auth import RateLimited
from ..observing.metric_table import LOGIN_FAILURES, RATE_LIMITED
from ..observing.metrics import count
from ..orm.cursors import autocommit_cursor
from .login_counters import KNOWN_FOR, active_counters, source_of

if TYPE_CHECKING:
    from .login_counters import Counter


_logger = logging.getLogger(__name__)

OPEN, FAILED, SUCCEEDED = "open", "failed", "succeeded"
LONGEST_CHECK = timedelta(seconds=30)  # what is open for longer has died
POLLING = 0.1  # seconds

# now() is the beginning of a transaction, which may have waited for a lock.
_NOW = SQL("clock_timestamp() AT TIME ZONE 'utc'")


class LoginAttempt:
    """A login attempt. It counts as a failure from its start until it succeeds.

    A context manager around the check of a password. `AccessDenied` is a failure; any
    other outcome counts only if the block calls `fail` or `succeed`. Each method runs
    one transaction on a separate connection.

    :param login: as it was sent
    :param address: of the client
    """

    def __init__(self, env: Environment, login: str, address: str) -> None:
        self.env = env
        self.source = source_of(env, login, address)
        self.counters = active_counters(env)
        self.id = None
        self._text = f"login:{login!r} from {address}"

    def __enter__(self) -> LoginAttempt:
        self.begin()
        return self

    def __exit__(
        self, exception_class: type | None, exception: Any, traceback: Any
    ) -> None:
        if exception_class:
            # Roll back the refused request first, not after the attempt is written.
            self.env.cr.rollback()
            if issubclass(exception_class, AccessDenied):
                self.fail()
        self.forget()

    def begin(self) -> None:
        """Reserve an attempt within the limits.

        If only attempts that are being checked fill the limit, as when many clients log
        in at the same moment, wait for them.

        :raise RateLimited: too many failures
        """
        deadline = time.monotonic() + LONGEST_CHECK.total_seconds()
        while self.counters and self.id is None:
            self.id, seconds = self._reserve()
            if seconds is None and time.monotonic() > deadline:
                seconds = 1
            if seconds is not None:
                _logger.info("Login throttled for %s", self._text)
                count(RATE_LIMITED, policy="login")
                raise RateLimited(math.ceil(seconds))
            if self.id is None:
                time.sleep(POLLING)

    def fail(self) -> None:
        """Record the attempt as a failure."""
        # Not an UPDATE: in Odoo's tests, the rollback of the request also removes the
        # row.
        count(LOGIN_FAILURES)
        self._end(self._delete(), self._insert(FAILED))

    def succeed(self) -> None:
        """Clear the failures of this login from this address, and remember the success.

        They still count for the address, and for the login from other addresses.
        """
        is_pair = SQL("pair_hash = %s", self.source.pair_hash)
        self._end(
            *self._locks(),
            SQL(
                "UPDATE api_throttle SET pair_hash = NULL WHERE %s AND outcome = %s",
                is_pair,
                FAILED,
            ),
            SQL(
                "DELETE FROM api_throttle WHERE %s AND outcome = %s",
                is_pair,
                SUCCEEDED,
            ),
            self._delete(),
            self._insert(SUCCEEDED),
        )

    def forget(self) -> None:
        """Remove the attempt, unless it has failed or succeeded."""
        self._end(self._delete())

    def _end(self, *queries: Any) -> None:
        if self.id is not None:
            with autocommit_cursor(self.env) as cr:
                cr.execute(SQL("; ").join(queries))
            self.id = None

    def _reserve(self) -> tuple[Any, ...]:
        """Insert the row, if no counter is full.

        :return: its id, and the seconds to wait; both None if attempts that are being
            checked fill a counter
        """
        full_counters = map(self._full_counter, self.counters)
        query = SQL(
            """WITH clock AS MATERIALIZED (SELECT %s AS now),
                    full_counter AS (%s),
                    reserved AS (%s WHERE NOT EXISTS (SELECT FROM full_counter)
                                 RETURNING id)
               SELECT (SELECT id FROM reserved),
                      (SELECT EXTRACT(epoch FROM max(free_date - now))
                         FROM full_counter, clock WHERE NOT is_checking)""",
            _NOW,
            SQL(" UNION ALL ").join(full_counters),
            self._insert(OPEN),
        )
        with autocommit_cursor(self.env) as cr:
            cr.execute(SQL("; ").join([*self._locks(), query]))
            return cr.fetchone()

    def _full_counter(self, counter: Counter) -> SQL:
        """Return a query that yields a row if a counter is full, with its next free
        date.

        It reads the newest attempts of the period, as many as are allowed: when the
        oldest of them leaves the period, another attempt is possible.
        """
        return SQL(
            """SELECT min(attempt_date) + %(period)s AS free_date,
                      bool_or(outcome = %(open)s
                              AND attempt_date > now - %(longest)s) AS is_checking
                 FROM (SELECT attempt_date, outcome, now
                         FROM api_throttle, clock
                        WHERE %(column)s = %(value)s
                          AND outcome <> %(succeeded)s
                          AND attempt_date > (SELECT now FROM clock) - %(period)s
                          AND %(condition)s
                     ORDER BY attempt_date DESC
                        LIMIT %(limit)s) AS newest
               HAVING count(*) >= %(limit)s""",
            open=OPEN,
            longest=LONGEST_CHECK,
            column=SQL.identifier(counter.column),
            value=getattr(self.source, counter.column),
            succeeded=SUCCEEDED,
            period=counter.period,
            condition=self._condition(counter),
            limit=counter.limit,
        )

    def _condition(self, counter: Counter) -> SQL:
        if not counter.spares_known:
            return SQL("TRUE")
        return SQL(
            """NOT EXISTS (SELECT FROM api_throttle
                            WHERE pair_hash = %s AND outcome = %s
                              AND attempt_date > (SELECT now FROM clock) - %s)""",
            self.source.pair_hash,
            SUCCEEDED,
            KNOWN_FOR,
        )

    def _locks(self) -> list[SQL]:
        """Return queries that serialize the attempts of an address or login."""
        hashes = (self.source.address_hash, self.source.login_hash)
        return [
            SQL("SELECT pg_advisory_xact_lock(%s)", number)
            for number in sorted(int(text[:15], 16) for text in hashes)
        ]

    def _insert(self, outcome: str) -> SQL:
        return SQL(
            """INSERT INTO api_throttle
                      (pair_hash, address_hash, login_hash, outcome, attempt_date)
               SELECT %s, %s, %s, %s, %s""",
            *self.source,
            outcome,
            _NOW,
        )

    def _delete(self) -> SQL:
        return SQL("DELETE FROM api_throttle WHERE id = %s", self.id)
