# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The only module that translates foreign exceptions for clients.

Exceptions of Odoo, werkzeug and psycopg2 become an `ApiError`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import psycopg2
import werkzeug.exceptions
from passlib.exc import PasswordSizeError
from psycopg2.errors import (
    ProgramLimitExceeded,
    QueryCanceled,
    StatementTooComplex,
)
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

from . import (
    ApiError,
    DatabaseUnavailable,
    Forbidden,
    InternalError,
    InvalidJson,
    InvalidValue,
    KeyAccessError,
    KeyRestricted,
    NotFound,
    PayloadTooLarge,
    Timeout,
    UnfitValue,
)
from .causes import find_details, find_structures
from .mistakes import PYTHON_ERRORS, find_missing_context, find_mistakes
from .outages import is_outage
from .sent_body import NOTHING_SENT
from .unfit_values import find_unindexable
from .write import Conflict

if TYPE_CHECKING:
    from .sent_body import SentBody


# The first match wins, so subclasses precede their parents.
ERROR_TABLE = (
    (AccessDenied, Forbidden),
    (AccessError, Forbidden),
    (LockError, Conflict),
    (UserError, InvalidValue),
    (RedirectWarning, InvalidValue),
    (werkzeug.exceptions.ClientDisconnected, InvalidJson),
    (werkzeug.exceptions.NotFound, NotFound),
    (werkzeug.exceptions.RequestEntityTooLarge, PayloadTooLarge),
    # Errors that remain after all retries (odoo.service.model.retrying).
    (ConcurrencyError, Conflict),
    *((error, Conflict) for error in PG_CONCURRENCY_EXCEPTIONS_TO_RETRY),
    (QueryCanceled, Timeout),
    # Numbers out of range are refused earlier, unless an addon computes them from sent
    # values; texts that are too long for an index are not.
    (psycopg2.DataError, UnfitValue),
    (ProgramLimitExceeded, UnfitValue),
    (PasswordSizeError, UnfitValue),
    (StatementTooComplex, UnfitValue),
)

# Errors of one item that do not affect the others, unless they are server errors (5xx).
# Everything else, above all what Odoo retries, ends the request.
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


def as_api_error(exc: Any, sent: SentBody = NOTHING_SENT) -> Any:
    """Return `exc` as the `ApiError` that a client sees.

    :param sent: the `SentBody` of the request

    Odoo's own messages are kept, as they are translated and meant for users; those of
    PostgreSQL and of unexpected exceptions are not.
    """
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, KeyAccessError):
        return KeyRestricted(exc.args[0], refused=exc.refused)
    if is_outage(exc):
        return DatabaseUnavailable()
    for exception_class, error_class in ERROR_TABLE:
        if isinstance(exc, exception_class):
            if isinstance(exc, UserError | RedirectWarning):
                details = find_details(exc, sent)
                message = details[0]["message"] if details else str(exc.args[0])
                return error_class(message, details)
            if error_class is UnfitValue:
                return _unfit_value(exc, sent)
            return error_class()
    if isinstance(exc, HTTPException):
        return _from_werkzeug(exc)
    if error := find_mistake(exc, sent):
        return error
    return InternalError()


def _unfit_value(exc: Any, sent: SentBody) -> InvalidValue:
    if details := find_unindexable(exc, sent):
        return UnfitValue(details[0]["message"], details)
    return find_mistake(exc, sent) or UnfitValue()


def find_mistake(exc: Any, sent: SentBody) -> InvalidValue | None:
    """Return the error for a Python exception about a sent value, or None.

    :param sent: see `as_api_error`
    """
    details = find_mistakes(exc, sent.values())
    if isinstance(exc, PYTHON_ERRORS):
        structures = find_structures(exc, sent)
        if all(_is_around(item, structures) for item in details):
            details = structures or details
    if details:
        return InvalidValue(details[0]["message"], details)
    if key := find_missing_context(exc):
        return InvalidValue(
            f"This model needs '{key}' in the context, which only /call takes: call "
            f'the method "create" with kwargs {{"context": {{"{key}": ...}}}}'
        )
    return None


def _is_around(item: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    """Tell whether the place of an entry of `details` contains one of the others."""
    place = item["pointer"] + "/"
    return any(other["pointer"].startswith(place) for other in others)


def _from_werkzeug(exc: Any) -> ApiError:
    """Keep status, text and headers (`Retry-After`) of a werkzeug error."""
    error = ApiError(
        exc.description,
        headers=[pair for pair in exc.get_headers() if pair[0] != "Content-Type"],
    )
    error.code = HTTPStatus(exc.code)
    # Not HTTPStatus.name, which depends on the Python version.
    error.error_code = exc.name.upper().replace(" ", "_")
    return error
