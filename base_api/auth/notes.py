# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Notes about a request, written next to its transaction.

The uses of keys and sessions, which most requests have, are not among them: see
`auth.uses`.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import psycopg2
from psycopg2 import OperationalError
from psycopg2.errors import SerializationFailure
from psycopg2.pool import PoolError

from odoo.api import Environment
from odoo.tools import SQL

from ..orm.probes import probe
from ..orm.replication import has_replica
from ..orm.side_effects import open_cursor

PATIENCE = 0.05  # seconds, for other requests, for the primary and for locks
REST = 60  # seconds without notes, after the primary did not answer
_TIMEOUT = SQL("SET LOCAL lock_timeout = %s", f"{PATIENCE * 1000:.0f}ms")

_logger = logging.getLogger(__name__)
# A request that writes a note holds two connections. Many at the same moment would
# exhaust the pool, so a process uses at most one extra connection.
_noting = threading.Lock()
_rests_until: dict[str, float] = {}


def write_note(env: Environment, query: Any, tries: int = 0) -> None:
    """Run a statement that notes something about a request, if possible.

    It runs in a separate transaction. The transaction of the request must not hold
    locks on the same rows.

    :param tries: how often to try if other processes write the same row. With 0, it is
        tried once, and skipped if another request of this process is writing a note.
    """
    if not _noting.acquire(timeout=PATIENCE if tries else 0):
        return
    try:
        if _has_primary(env):
            _write(env, query, tries)
    except (OperationalError, PoolError) as exc:
        level = logging.WARNING if tries else logging.INFO
        _logger.log(level, "A note was not written: %s", exc)
    finally:
        _noting.release()


def _has_primary(env: Environment) -> bool:
    """Tell whether the primary answers; a request on a replica does not need it."""
    if not (has_replica() and env.cr.readonly):
        return True
    database = env.cr.dbname
    if time.monotonic() < _rests_until.get(database, 0):
        return False
    try:
        probe(database, "SELECT 1", readonly=False, seconds=PATIENCE)
    except psycopg2.Error as exc:
        _rests_until[database] = time.monotonic() + REST
        _logger.warning("No notes for %s s: %s", REST, exc)
        return False
    return True


def _write(env: Environment, query: Any, tries: int) -> None:
    try:
        with open_cursor(env) as cr:
            cr.execute(_TIMEOUT)
            cr.execute(query, log_exceptions=False)
    except SerializationFailure:
        if tries <= 1:
            raise
        _write(env, query, tries - 1)
