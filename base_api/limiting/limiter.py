# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The counters of a database, as one process uses them.

Every function returns None where the database does not answer in time: then requests
pass, and the limiter rests for a while.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import psycopg2

from .connection import PATIENCE, Connection, NoAnswer
from .policies import WINDOWED
from .statements import ADD, NOTE_WRITE

REST = 5  # seconds
# Slots of one subject; more than requests can run at the same time. All of them are
# sent with a statement, so a very high limit must not become a very long list.
MOST_SLOTS = 1000
WARNING_INTERVAL = 60  # seconds
# Name of a subject -> name of a policy -> seconds by which it is to be used.
Uses = Mapping[str, Mapping[str, float]]
# The same, with how much of each window is used, in seconds.
Used = dict[str, dict[str, float]]


class Taken(NamedTuple):
    """What came of using limits.

    :param fits: whether they sufficed
    :param used: how much of each window was used before
    :param position: after the last write within some seconds, 0 if there was none
    """

    fits: bool
    used: Used
    position: int


_Result = TypeVar("_Result")
_logger = logging.getLogger(__name__)
_limiters: dict[str, Limiter] = {}


def limiter_of(database: str) -> Limiter:
    """Return the limiter of a database in this process."""
    if database not in _limiters:
        _limiters.setdefault(database, Limiter(database))
    return _limiters[database]


# A child must not use the connections of its parent, which psycopg2 does not close.
os.register_at_fork(after_in_child=_limiters.clear)


class Limiter:
    """The counters of one database, over one connection.

    :param patience: seconds to wait for the database
    """

    def __init__(self, database: str, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._database = database
        self._connection: Connection | None = None
        self._turn = threading.Lock()
        self._rests_until = 0.0
        self._warned = -float(WARNING_INTERVAL)
        # Subject -> slots that this process holds. The lock of a slot belongs to the
        # connection, so that it would be given to the same process again.
        self._slots: dict[str, set[int]] = {}

    def take(self, uses: Uses) -> Taken | None:
        """Use limits of one or several subjects: all of them, or none."""
        return self._run(lambda connection: _take(connection, uses))

    def charge(self, uses: Uses) -> None:
        """Use limits beyond what is left; give back where the seconds are negative."""
        execute = f"EXECUTE base_api_charge ({_placeholders()})"
        self._run(lambda connection: connection.execute(execute, _arrays(uses)))

    def note_write(self, subjects: Sequence[str], position: int) -> None:
        """Remember for all servers how far a replica must be to show a write."""
        values = (position, list(subjects))
        self._run(lambda connection: connection.execute(NOTE_WRITE, values))

    def lock(self, subject: str, limit: int) -> int | None:
        """Take a free slot of a subject.

        :param limit: how many slots it has

        :return: its number, from 1; 0 if none is free
        """
        return self._run(lambda connection: self._lock(connection, subject, limit))

    def unlock(self, subject: str, slot: int) -> None:
        """Free a slot, unless the connection that held it has ended."""
        self._run(lambda connection: self._unlock(connection, subject, slot))

    def _lock(self, connection: Connection, subject: str, limit: int) -> int:
        held = self._slots.get(subject, set())
        slots = range(1, min(limit, MOST_SLOTS) + 1)
        free = [slot for slot in slots if slot not in held]
        rows = connection.execute("EXECUTE base_api_lock (%s, %s)", (subject, free))
        slot = rows[0][0] if rows else 0
        if slot:
            self._slots[subject] = held | {slot}
        return slot

    def _unlock(self, connection: Connection, subject: str, slot: int) -> None:
        held = self._slots.get(subject, set())
        if slot not in held:
            return  # it ended with its connection
        held.discard(slot)
        if not held:
            del self._slots[subject]
        values = (subject, slot, not self._slots)
        connection.execute("EXECUTE base_api_unlock (%s, %s, %s)", values)

    def _run(self, work: Callable[[Connection], _Result]) -> _Result | None:
        if time.monotonic() < self._rests_until:
            return None
        if not self._turn.acquire(timeout=self.patience):
            return None
        try:
            return self._work(work)
        except (NoAnswer, psycopg2.Error) as exc:
            self._rest(exc)
            return None
        finally:
            self._turn.release()

    def _work(self, work: Callable[[Connection], _Result]) -> _Result:
        if self._connection:
            try:
                return work(self._connection)
            except psycopg2.errors.QueryCanceled:
                raise
            except psycopg2.Error:
                # It was idle, PostgreSQL was restarted, or the table was made again.
                self._disconnect()
        self._connection = Connection(self._database, self.patience)
        return work(self._connection)

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
        self._slots.clear()

    def _rest(self, exc: Exception) -> None:
        self._disconnect()
        now = time.monotonic()
        self._rests_until = now + REST
        if now >= self._warned + WARNING_INTERVAL:
            self._warned = now
            reason = " ".join(str(exc).split())
            _logger.warning(
                "Rate limits of %s are not checked: %s", self._database, reason
            )


def _take(connection: Connection, uses: Uses) -> Taken:
    execute = f"EXECUTE base_api_take ({_placeholders()})"
    values = _arrays(uses)
    rows = connection.execute(execute, values)
    while len(rows) < len(uses):
        # New subjects, or rows that were removed because they were not needed.
        connection.execute(ADD, (sorted(uses),))
        rows = connection.execute(execute, values)
    used = {
        subject: {
            policy.name: max(seconds, 0.0)
            for policy, seconds in zip(WINDOWED, numbers, strict=True)
        }
        for subject, _fits, _position, *numbers in rows
    }
    return Taken(rows[0][1], used, max(position for _, _, position, *_ in rows))


def _placeholders() -> str:
    return ", ".join(["%s::text[]", *["%s::float8[]"] * len(WINDOWED)])


def _arrays(uses: Uses) -> list[Sequence[Any]]:
    """Return the values of a statement: the subjects, and one array for each column."""
    columns = [
        [seconds.get(policy.name) for seconds in uses.values()] for policy in WINDOWED
    ]
    return [list(uses), *columns]
