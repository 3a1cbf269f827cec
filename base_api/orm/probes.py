# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A query on a connection of its own, which waits for a limited time."""

import time
from contextlib import closing
from typing import Any

import psycopg2

from odoo.sql_db import connection_info_for

from .polling import wait_for


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
    if not wait_for(connection, deadline):
        raise psycopg2.OperationalError("The database does not answer")
