# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A query on a connection of its own, which waits for a limited time.

PostgreSQL's own timeouts do not help where it does not answer at all.
"""

import select
import time
from contextlib import closing
from typing import Any

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ

from odoo.sql_db import connection_info_for


def probe(database: str, query: str, readonly: bool, seconds: float) -> Any:
    """Return the first row of a query.

    :param readonly: on the replica, if there is one
    :param seconds: to wait at most, for connecting and the query together
    :raise psycopg2.OperationalError: no answer
    """
    deadline = time.monotonic() + seconds
    _name, options = connection_info_for(database, readonly=readonly)
    with closing(psycopg2.connect(**options, async_=True)) as connection:
        _wait(connection, deadline)
        cursor = connection.cursor()
        cursor.execute(query)
        _wait(connection, deadline)
        return cursor.fetchone()


def _wait(connection: Any, deadline: float) -> None:
    while (state := connection.poll()) != POLL_OK:
        poll = select.poll()
        event = select.POLLIN if state == POLL_READ else select.POLLOUT
        poll.register(connection.fileno(), event)
        milliseconds = 1000 * (deadline - time.monotonic())
        if milliseconds <= 0 or not poll.poll(milliseconds):
            raise psycopg2.OperationalError("The database does not answer")
