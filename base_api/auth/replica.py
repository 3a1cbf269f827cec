# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A short transaction on the primary database, next to that of the request."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg2 import OperationalError
from psycopg2.errors import SerializationFailure
from psycopg2.pool import PoolError

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.sql_db import BaseCursor

from ..orm.side_effects import open_cursor

if TYPE_CHECKING:
    from .key_table import KeyRow


_logger = logging.getLogger(__name__)
# A request that writes a note holds two connections. Once a minute, all requests with
# one credential would do so at the same moment and exhaust the pool. So a process uses
# at most one extra connection.
_noting = threading.Lock()
_PATIENCE = 10  # seconds


@contextmanager
def primary_cursor(env: Environment) -> Iterator[BaseCursor]:
    """Yield a separate read/write cursor that is committed at the end.

    Only before the work of a request: its transaction is restarted, so that it sees
    what is written here and does not conflict with it.
    """
    env.cr.rollback()
    with open_cursor(env) as cr:
        yield cr


def fetch_credential(model: BaseModel, read: Callable) -> KeyRow | None:
    """Return the result of `read(model)`, or None.

    A lagging replica may not have a new credential yet: if it finds none, the primary
    is asked.
    """
    found = read(model)
    if found is None and model.env.cr.readonly:
        with primary_cursor(model.env) as cr:
            found = read(model.with_env(model.env(cr=cr)))
    return found


def note_on_primary(env: Environment, query: Any) -> None:
    """Run an UPDATE that notes a use of a credential, if possible.

    Only before the work of a request, see `primary_cursor`.
    """
    env.cr.rollback()
    write_note(env, query)


def write_note(env: Environment, query: Any, tries: int = 0) -> None:
    """Run a statement that notes something about a request, if possible.

    It runs in a separate transaction. The transaction of the request must not hold
    locks on the same rows.

    :param tries: how often to try if other processes write the same row. With 0, it is
        tried once, and skipped if another request of this process is writing a note.
    """
    if not _noting.acquire(timeout=_PATIENCE if tries else 0):
        return
    try:
        _write(env, query, tries)
    except (OperationalError, PoolError) as exc:
        level = logging.WARNING if tries else logging.INFO
        _logger.log(level, "A note was not written: %s", exc)
    finally:
        _noting.release()


def _write(env: Environment, query: Any, tries: int) -> None:
    try:
        with open_cursor(env) as cr:
            cr.execute(query, log_exceptions=False)
    except SerializationFailure:
        if tries <= 1:
            raise
        _write(env, query, tries - 1)
