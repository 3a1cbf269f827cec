# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows about a sample of the reads, see the setting `audit_reads`.

They are collected in memory and written in batches, after an answer was sent. A process
that is killed loses the last ones.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg2

from odoo.modules.registry import Registry

from ..settings import bound
from .entry import Entry, insert_entries
from .written import describe_request

if TYPE_CHECKING:
    from odoo.api import Environment

    from ..observing.exchange import Exchange
    from ..request_scope import RequestScope

MAX_ROWS = 100
MAX_SECONDS = 10
_logger = logging.getLogger(__name__)


class ReadBuffer:
    """The rows of this process that are not written yet, of one database."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._started = 0.0

    def add(self, entry: Entry) -> None:
        """Add a row; write all of them if there are many, or if the first is old."""
        with self._lock:
            if not self._entries:
                self._started = time.monotonic()
            self._entries.append(entry)
            age = time.monotonic() - self._started
            if len(self._entries) < MAX_ROWS and age < MAX_SECONDS:
                return
            entries, self._entries = self._entries, []
        self._write(entries)

    def _write(self, entries: list[Entry]) -> None:
        try:
            with Registry(self._database).cursor() as cr:
                insert_entries(cr, entries)
        except psycopg2.Error as exc:
            _logger.warning("%s audit rows were not written: %s", len(entries), exc)


_buffers: dict[str, ReadBuffer] = {}


def note_read(
    env: Environment | None, scope: RequestScope, exchange: Exchange, response: Any
) -> None:
    """Note a read, if it is one of the sample, when its answer has been sent."""
    operation, trail = exchange.operation, scope.trail
    if env is None or not (operation and trail and trail.is_on and scope.caller):
        return
    if not operation.routing["readonly"] or not is_sampled(env):
        return
    entry = trail.new_entry(operation, scope)
    describe_request(env, entry, operation, scope)
    entry.create_date = datetime.now(timezone.utc).replace(tzinfo=None)
    entry.status, entry.error_code = response.status_code, exchange.error_code
    database = env.cr.dbname
    buffer = _buffers.setdefault(database, ReadBuffer(database))
    response.call_on_close(partial(buffer.add, entry))


def is_sampled(env: Environment) -> bool:
    """Decide by chance whether a read is noted."""
    percent = bound(env, "audit_reads")
    return bool(percent) and random.random() * 100 < percent
