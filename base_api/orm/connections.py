# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connections outside of Odoo's pool, for work outside of requests."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2

from odoo.sql_db import connection_info_for

CONNECT_TIMEOUT = 5  # seconds
# A lost transaction loses less than a killed process.
_OPTIONS = """
    SET LOCAL statement_timeout = '10s';
    SET LOCAL lock_timeout = '5s';
    SET LOCAL synchronous_commit = off"""


@contextmanager
def separate_cursor(database: str) -> Iterator[Any]:
    """Yield a cursor of psycopg2 on the primary, and commit and disconnect at the end.

    It takes no connection from the pool, which requests need, and leaves none behind.
    The transaction is READ COMMITTED, so that concurrent counters do not conflict. Its
    statements wait for at most 10 s, for locks at most 5 s.
    """
    _name, options = connection_info_for(database)
    options["connect_timeout"] = CONNECT_TIMEOUT
    with closing(psycopg2.connect(**options)) as connection:
        with connection, connection.cursor() as cr:
            cr.execute(_OPTIONS)
            yield cr
