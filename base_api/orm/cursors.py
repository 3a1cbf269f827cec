# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cursors other than that of the request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED, STATUS_READY

from odoo.api import Environment
from odoo.sql_db import BaseCursor

from .side_effects import open_cursor

# A request that uses such a cursor holds two connections. Many at the same moment would
# exhaust the pool, so a process uses at most one extra connection.
_one_more = threading.Lock()


@contextmanager
def autocommit_cursor(env: Environment) -> Iterator[BaseCursor]:
    """Yield a cursor on the primary, each `execute` of which is one transaction.

    Its changes stay, whatever happens to the request. Several statements in one
    `execute` are one READ COMMITTED transaction, so that concurrent counters do not
    conflict. Locks are released after each `execute`.

    In Odoo's tests, where all cursors share one transaction, this is one of them.
    """
    with _one_more, open_cursor(env) as cr:
        connection = cr.connection
        if connection.status == STATUS_READY:
            # Odoo's pool resets both when it reuses the connection.
            connection.set_session(ISOLATION_LEVEL_READ_COMMITTED, autocommit=True)
        yield cr
