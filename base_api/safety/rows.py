# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Atomic writes of lists that report the errors of all rows, not only of the first."""

import time
from collections.abc import Callable
from typing import Any

from odoo.models import BaseModel

from ..errors import ApiError, InvalidFields, InvalidValue
from ..errors.details import DUPLICATE, MAX_DETAILS, detail
from ..errors.sent_body import NOTHING_SENT, SentBody
from ..orm.scope import bound_scope
from ..orm.spending import spent_so_far, start_spending
from .savepoints import attempt

MAX_ROWS = 1000
MAX_SECONDS = 10
# Errors that depend on the values of a row.
_ROW_ERRORS = (InvalidFields, InvalidValue)


def run_rows(
    model: BaseModel,
    rows: list[tuple[Any, str]],
    run_all: Callable[[], Any],
    run_one: Callable[[Any, str], Any],
) -> Any:
    """Return the result of `run_all`, which writes all rows.

    If it fails because of the values, the rows are tried one after the other, so that
    the error has the details of all wrong rows. Nothing of that is kept.

    :param rows: pairs of the sent values and their pointer
    :param run_one: writes one row, called with such a pair
    :raise ApiError: the error of the first wrong row
    """
    if len(rows) < 2:
        return run_all()
    scope = bound_scope(model.env.cr)
    sent = scope.sent if scope else NOTHING_SENT
    spent = spent_so_far(model.env.cr)
    result, error = attempt(model.env, run_all, sent=sent)
    if error is None:
        return result
    if isinstance(error, _ROW_ERRORS) and not _is_about_all(error):
        start_spending(model.env.cr, spent)
        _result, of_rows = attempt(model.env, _try_rows, model, rows, run_one)
        raise of_rows or error
    raise error


def _is_about_all(error: ApiError) -> bool:
    """Tell whether an error is about several rows together."""
    return any(entry["code"] == DUPLICATE for entry in error.details or ())


def _try_rows(
    model: BaseModel, rows: list[tuple[Any, str]], run_one: Callable[[Any, str], Any]
) -> None:
    """Write the rows one after the other, and raise the errors together, if any."""
    errors: list[tuple[str, ApiError]] = []
    count = 0
    deadline = time.monotonic() + MAX_SECONDS
    for values, pointer in rows[:MAX_ROWS]:
        if count >= MAX_DETAILS or time.monotonic() > deadline:
            break
        sent = SentBody(model.env.registry, model._name, values, True, pointer)
        _result, error = attempt(model.env, run_one, values, pointer, sent=sent)
        if error is not None:
            errors.append((pointer, error))
            count += len(error.details or "1")
    if errors:
        raise _merge(errors)


def _merge(errors: list[tuple[str, ApiError]]) -> ApiError:
    """Return the first error with the details of all of them."""
    details = [
        entry
        for pointer, error in errors
        for entry in error.details or [_of_row(pointer, error)]
    ]
    _pointer, first = errors[0]
    if len(errors) == 1:
        first.details = details[:MAX_DETAILS]
        return first
    # What differs, such as headers, is that of the first.
    return type(first)(first.description, details[:MAX_DETAILS])


def _of_row(pointer: str, error: ApiError) -> dict[str, Any]:
    """Return an entry about a row as a whole."""
    return detail("", error.description, error.error_code.lower(), pointer)
