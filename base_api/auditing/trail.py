# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one request leaves in the audit trail.

The rows of a write are inserted in its transaction. Those of a dry run and of a refused
write are inserted in a transaction of their own.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg2

from odoo.api import Environment

from ..orm.side_effects import open_cursor
from ..protocol.addresses import path_template
from ..request_log import redact
from ..safety.idempotency import HEADER, hash_key
from ..settings import is_audited
from .entry import Entry, insert_entries

if TYPE_CHECKING:
    from ..observing.exchange import Exchange
    from ..operations.operation import Operation
    from ..request_scope import RequestScope

MAX_CLIENT = 200
_PATIENCE = 1  # seconds
# A process uses at most one extra connection for rows.
_writing = threading.Lock()
_logger = logging.getLogger(__name__)


@dataclass
class Trail:
    """The rows of one request, until they are written.

    :param exchange: None for an operation that did not come over HTTP
    :param is_on: whether the setting is on
    :param reads: rows about the steps of a batch that read, see `reads`
    """

    exchange: Exchange | None = None
    is_on: bool = True
    entries: list[Entry] = field(default_factory=list)
    reads: list[Entry] = field(default_factory=list)

    def new_entry(self, operation: Operation, scope: RequestScope) -> Entry:
        """Return a row with what is known of the request, not of what it did."""
        entry = Entry(
            user_id=scope.caller and scope.caller.user_id,
            key_id=scope.key and scope.key.id,
            # As it is now: the request may rename or remove the key.
            key_name=scope.key.name if scope.key else "",
            http_method=operation.method,
            route=path_template(operation.routing["routes"][0]),
            step=scope.step and scope.step.index + 1,
            dry_run=scope.preferences.dry_run,
        )
        if key := operation.headers.get(HEADER):
            entry.idempotency_hash = hash_key(key)
        if self.exchange:
            entry.request_id = self.exchange.trace.request_id
            entry.trace_id = self.exchange.trace.trace_id
            entry.address = self.exchange.address
            entry.client = clean(self.exchange.client, MAX_CLIENT)
        return entry


def open_trail(env: Environment, scope: RequestScope, exchange: Any = None) -> Trail:
    """Start the trail of a request, or return the one that was started."""
    if scope.trail is None:
        scope.trail = Trail(exchange, is_audited(env))
    return scope.trail


def insert_apart(env: Environment, entries: list[Entry]) -> None:
    """Insert rows in a transaction of their own, if one can begin within a second."""
    if not _writing.acquire(timeout=_PATIENCE):
        _logger.warning("%s audit rows were not written: others wait", len(entries))
        return
    try:
        with open_cursor(env) as cr:
            cr.execute("SET LOCAL lock_timeout = '1s'")
            insert_entries(cr, entries)
    except psycopg2.Error as exc:
        _logger.warning("%s audit rows were not written: %s", len(entries), exc)
    finally:
        _writing.release()


def clean(text: str, length: int) -> str:
    """Return a text of a client, cut, without control characters and credentials."""
    printable = "".join(char for char in text[:length] if char.isprintable())
    path = f"/api/{printable}"
    return redact(path).removeprefix("/api/")
