# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors which mean that the database cannot be used now."""

from collections.abc import Iterator
from typing import Any

import psycopg2
from psycopg2 import errorcodes
from psycopg2.pool import PoolError

from odoo.exceptions import AccessDenied
from odoo.http import db_list

# Beside all of the class "connection exception".
_CODES = (
    errorcodes.TOO_MANY_CONNECTIONS,
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
)


def is_outage(exc: Any) -> bool:
    """Tell whether an exception means that the database cannot be used now.

    After a connection broke, the attempt to roll back raises an `InterfaceError`
    (`odoo.service.model.retrying`), and while Odoo finds out who is calling, any
    error becomes an `AccessDenied` (`ir.http._authenticate_explicit`).
    """
    if isinstance(exc, PoolError):
        return True
    if isinstance(exc, psycopg2.OperationalError):
        if exc.pgcode is None:
            # The driver's own: it could not connect, or lost the connection.
            return type(exc) is psycopg2.OperationalError
        connection = errorcodes.CLASS_CONNECTION_EXCEPTION
        return exc.pgcode in _CODES or exc.pgcode.startswith(connection)
    if isinstance(exc, psycopg2.InterfaceError | AccessDenied):
        return is_outage(exc.__context__)
    return False


def has_lost_database(exc: Any, headers: Any) -> bool:
    """Tell whether a request failed for an outage before its endpoint was called.

    PostgreSQL refuses a database that does not exist like any other connection, so a
    name that the client chose is looked up.

    :param exc: what Odoo raised for it, however indirectly. Later in a request it may
        be a database of its own that an addon has lost, and dealt with.
    :param headers: of the request
    """
    if not any(map(is_outage, _contexts(exc))):
        return False
    name = headers.get("X-Odoo-Database")
    return not name or _may_exist(name)


def _may_exist(database: str) -> bool:
    try:
        names = db_list(force=True)
    except PoolError:
        return True
    return not names or database in names


def _contexts(exc: Any) -> Iterator[Any]:
    while exc is not None:
        yield exc
        exc = exc.__context__
