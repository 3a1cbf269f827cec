# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether this node can serve requests."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import Any

import psycopg2

from odoo.tools import config

from ..errors import DatabaseUnavailable, Draining
from ..orm.probes import probe
from ..orm.replication import STATE
from .draining import is_draining

SECONDS = 1.0  # to wait for each database
# For how long an answer is repeated, as anybody may ask.
KEPT_FOR = 1.0  # seconds
# Whether a database can be written, by how many seconds it is behind its primary, and
# whether it is connected to it.
DATABASE_STATE = f"""
    SELECT current_setting('transaction_read_only') = 'off',
           CASE WHEN NOT is_replica THEN NULL
                WHEN has_caught_up THEN 0
                ELSE age END,
           streams OR NOT is_replica
      FROM ({STATE}) AS state (is_replica, streams, has_caught_up, age)
"""

# The names are those of databases that this process serves. Each has a lock of its own,
# as one that does not answer must not keep the others waiting.
_locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
_kept: dict[str, tuple[float, Any]] = {}


def check_ready(database: str) -> dict[str, Any]:
    """Return whether a database can be written and read.

    :return: `status` (`ok`, or `degraded` where the primary is not writable, or the
        replica does not answer or has no connection to its primary), `writable`,
        `readable`, and `lag_seconds` of the replica, None without one
    :raise Draining: the node is about to be stopped
    :raise DatabaseUnavailable: the database can be neither written nor read
    """
    if is_draining():
        raise Draining()
    with _locks[database]:
        until, state = _kept.get(database, (0.0, None))
        if until < time.monotonic():
            state = _read_state(database)
            _kept[database] = (time.monotonic() + KEPT_FOR, state)
    if not state["readable"]:
        raise DatabaseUnavailable()
    return state


def _read_state(database: str) -> dict[str, Any]:
    primary = _probe(database, readonly=False)
    replica = primary
    if config["db_replica_host"]:
        replica = _probe(database, readonly=True)
    writable = bool(primary and primary[0])
    is_ok = writable and bool(replica and replica[2])
    return {
        "status": "ok" if is_ok else "degraded",
        "writable": writable,
        "readable": bool(primary or replica),
        "lag_seconds": replica[1] if replica else None,
    }


def _probe(database: str, readonly: bool) -> tuple[bool, float | None, bool] | None:
    try:
        return probe(database, DATABASE_STATE, readonly, SECONDS)
    except psycopg2.Error:
        return None
