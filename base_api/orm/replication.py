# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The replica: a PostgreSQL standby that Odoo reads from (`db_replica_host`).

Positions are those of the write-ahead log, as numbers of bytes.
"""

import logging
import math
import time
from typing import Any

from psycopg2.errors import ReadOnlySqlTransaction

from odoo.api import Environment
from odoo.orm import registry as odoo_registry
from odoo.sql_db import BaseCursor
from odoo.tools import config

# Seconds for which Odoo uses no replica after it could not connect to it. Odoo's own 20
# minutes can be set nowhere.
RETRY_TIME = 5
odoo_registry._REPLICA_RETRY_TIME = RETRY_TIME

# Only some roles see the `status` of the receiver; for others, it counts as streaming.
# A standby that has just begun to stream has received less than it has replayed.
STATE = """
    SELECT pg_is_in_recovery(),
           EXISTS (SELECT FROM pg_stat_wal_receiver
                    WHERE COALESCE(status, 'streaming') = 'streaming'),
           pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(),
           EXTRACT(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
               ::float8
"""
_POSITION = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
_HAS_REPLAYED = """
    SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() - '0/0'::pg_lsn >= %s"""
_LAG = "_base_api_replica_lag"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.02  # seconds


class ServedByPrimary(ReadOnlySqlTransaction):
    """Makes Odoo repeat a read on the primary, as if it had tried to write."""


def _is_not_expected(record: logging.LogRecord) -> bool:
    error = record.exc_info and record.exc_info[1]
    return not isinstance(error, ServedByPrimary)


# Odoo would warn of it, with a traceback (`Request._serve_db`).
logging.getLogger("odoo.http").addFilter(_is_not_expected)


def has_replica() -> bool:
    """Tell whether Odoo reads from a replica."""
    return bool(config["db_replica_host"])


def check_signals(env: Environment) -> None:
    """Forget what is cached if other processes have changed it.

    Odoo has looked on the replica, which may not know it yet.
    """
    registry = env.registry.check_signaling(env.cr)
    if registry is not env.registry:
        env.transaction.reset()


def current_position(cr: BaseCursor) -> int:
    """Return the position after what was committed on the primary."""
    cr.execute(_POSITION)
    return int(cr.fetchone()[0])


def wait_until_replayed(cr: BaseCursor, position: int, seconds: float) -> bool:
    """Wait until a replica has what was committed before a position.

    The transaction of the cursor is ended: it would go on without what was replayed
    meanwhile, and could be in the way of the replay.

    :return: False if it takes longer, or if this is not a replica
    """
    deadline = time.monotonic() + seconds
    pause = _FIRST_PAUSE
    while True:
        cr.execute(_HAS_REPLAYED, [position])
        [has_replayed] = cr.fetchone()
        cr.rollback()
        if has_replayed or time.monotonic() > deadline:
            return bool(has_replayed)
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def replica_lag(cr: BaseCursor) -> float:
    """Return the seconds by which the replica of a cursor lags at most.

    It is infinite if this is not a replica, or has not been connected to its primary
    since the connection was made.
    """
    known = vars(cr.connection).setdefault(_LAG, _Lag())
    return known.seconds(cr)


class _Lag:
    """What one connection to a replica is known to lag; a proxy may choose others."""

    CHECKED_EVERY = 1  # second

    def __init__(self) -> None:
        self._checked = -math.inf  # by `time.monotonic`
        self._caught_up = -math.inf
        self._replayed = -math.inf

    def seconds(self, cr: BaseCursor) -> float:
        if time.monotonic() >= self._checked + self.CHECKED_EVERY:
            self._check(cr)
        return time.monotonic() - max(self._caught_up, self._replayed)

    def _check(self, cr: BaseCursor) -> None:
        now = time.monotonic()
        cr.execute(STATE)
        state = cr.fetchone()
        self._checked = now
        self._read(now, *state)

    def _read(self, now: float, is_replica: bool, streams: bool, *rest: Any) -> None:
        has_caught_up, age = rest
        if not is_replica:
            # It was promoted, perhaps beside a primary that is alive.
            self._caught_up = self._replayed = -math.inf
        elif streams and has_caught_up:
            self._caught_up = now
        elif streams and age is not None:
            self._replayed = now - age
