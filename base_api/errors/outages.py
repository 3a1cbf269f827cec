# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors that mean that the database is not available."""

from typing import Any

import psycopg2
from psycopg2 import errorcodes
from psycopg2.pool import PoolError

from odoo.exceptions import AccessDenied
from odoo.http import db_list

from .tracebacks import contexts

# In addition to the class "connection exception".
_CODES = (
    errorcodes.TOO_MANY_CONNECTIONS,
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
    errorcodes.DISK_FULL,
    # Odoo repeats a read with a read/write cursor; if that fails, too, the database is
    # read-only, such as a standby.
    errorcodes.READ_ONLY_SQL_TRANSACTION,
)


def is_outage(exc: Any) -> bool:
    """Tell whether an exception means that the database is not available.

    After a lost connection, the rollback raises an `InterfaceError`
    (`odoo.service.model.retrying`); during authentication, any error becomes an
    `AccessDenied` (`ir.http._authenticate_explicit`).
    """
    if isinstance(exc, PoolError):
        return True
    if isinstance(exc, psycopg2.DatabaseError):
        if exc.pgcode is None:
            # Raised by the driver: it could not connect, or lost the connection.
            return type(exc) in (psycopg2.OperationalError, psycopg2.DatabaseError)
        connection = errorcodes.CLASS_CONNECTION_EXCEPTION
        is_coded = exc.pgcode in _CODES or exc.pgcode.startswith(connection)
        return is_coded or _is_of_standby(exc)
    if isinstance(exc, psycopg2.InterfaceError | AccessDenied):
        return is_outage(exc.__context__)
    return False


def _is_of_standby(exc: Any) -> bool:
    """Tell whether a standby refuses BEGIN READ WRITE, with which Odoo begins.

    It refuses the value of `transaction_read_only` as a feature that is not supported.
    The message of this error is translated, so it cannot be compared.
    """
    is_refused = exc.pgcode == errorcodes.FEATURE_NOT_SUPPORTED
    return is_refused and exc.diag.source_function == "call_bool_check_hook"


def has_lost_database(exc: Any, headers: Any) -> bool:
    """Tell whether an outage made a request fail before its endpoint was called.

    PostgreSQL refuses an unknown database like any other connection, so a name that the
    client chose is looked up.

    :param exc: what Odoo raised, possibly with the outage as its cause. Later in a
        request, it could be an outage of another database that an addon uses.
    :param headers: of the request
    """
    if not any(map(is_outage, contexts(exc))):
        return False
    name = headers.get("X-Odoo-Database")
    return not name or _may_exist(name)


def _may_exist(database: str) -> bool:
    try:
        names = db_list(force=True)
    except PoolError:
        return True
    return not names or database in names
