# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The only place that knows how the exceptions of others look to a client.

Those of Odoo, werkzeug and psycopg2 become an :class:`~.errors.ApiError` here.
"""

import re
from http import HTTPStatus

import psycopg2
import werkzeug.exceptions
from passlib.exc import PasswordSizeError
from psycopg2.errors import ProgramLimitExceeded, StatementTooComplex
from werkzeug.exceptions import HTTPException

from odoo.exceptions import (
    AccessDenied,
    AccessError,
    ConcurrencyError,
    LockError,
    RedirectWarning,
    UserError,
)
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .errors import (
    ApiError,
    Conflict,
    Forbidden,
    InternalError,
    InvalidJson,
    InvalidValue,
    NotFound,
    PayloadTooLarge,
    UnfitValue,
)

# First match wins, so a subclass comes before its parent.
ERROR_TABLE = (
    (AccessDenied, Forbidden),
    (AccessError, Forbidden),
    (LockError, Conflict),
    (UserError, InvalidValue),
    (RedirectWarning, InvalidValue),
    (werkzeug.exceptions.ClientDisconnected, InvalidJson),
    (werkzeug.exceptions.NotFound, NotFound),
    (werkzeug.exceptions.RequestEntityTooLarge, PayloadTooLarge),
    # What Odoo's retry gave up on (odoo.service.model.retrying).
    (ConcurrencyError, Conflict),
    *((error, Conflict) for error in PG_CONCURRENCY_EXCEPTIONS_TO_RETRY),
    # A number out of its column's range is refused before it gets there, unless an
    # addon computes it from the caller's values; a text too long for an index is not.
    (psycopg2.DataError, UnfitValue),
    (ProgramLimitExceeded, UnfitValue),
    (PasswordSizeError, UnfitValue),
    (StatementTooComplex, UnfitValue),
)

# What one item of many may fail with while the others go on. Everything else, and above
# all what Odoo retries, ends the request.
CALLER_ERRORS = (
    ApiError,
    UserError,
    RedirectWarning,
    psycopg2.IntegrityError,
    psycopg2.DataError,
    ProgramLimitExceeded,
    PasswordSizeError,
    StatementTooComplex,
)


def as_api_error(exc):
    """Return ``exc`` as the :class:`ApiError` that a client sees.

    Odoo's own messages, translated and meant for people, are kept; those of PostgreSQL
    and of unexpected exceptions are not.
    """
    if isinstance(exc, ApiError):
        return exc
    for exception_class, error_class in ERROR_TABLE:
        if isinstance(exc, exception_class):
            if isinstance(exc, UserError | RedirectWarning):
                return error_class(str(exc.args[0]), details=_constraint_details(exc))
            return error_class()
    if isinstance(exc, HTTPException):
        return _from_werkzeug(exc)
    return InternalError()


def _from_werkzeug(exc):
    """Keep status, text and headers (``Retry-After``) of a werkzeug error."""
    error = ApiError(
        exc.description,
        headers=[pair for pair in exc.get_headers() if pair[0] != "Content-Type"],
    )
    error.code = HTTPStatus(exc.code)
    # Not HTTPStatus.name, which depends on the version of Python.
    error.error_code = exc.name.upper().replace(" ", "_")
    return error


# PostgreSQL names the columns of a broken constraint only in prose.
_KEY_COLUMNS = re.compile(r"\((?P<columns>[\w, ]+)\)=")


def _constraint_details(exc):
    """Return the fields behind a constraint error that Odoo translated."""
    if not isinstance(exc.__cause__, psycopg2.IntegrityError):
        return None
    diag = exc.__cause__.diag
    if diag.column_name:
        fields = [diag.column_name]
    elif match := _KEY_COLUMNS.search(diag.message_detail or ""):
        fields = match["columns"].split(", ")
    else:
        return None
    return [{"field": field, "message": str(exc.args[0])} for field in fields]
