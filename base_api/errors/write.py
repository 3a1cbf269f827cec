# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of writes whose values are valid."""

from __future__ import annotations

from http import HTTPStatus

from . import ApiError, InvalidValue


class Conflict(ApiError):
    code = HTTPStatus.CONFLICT
    error_code = "CONFLICT"
    message = (
        "Another transaction is changing the same records. Nothing was saved; try again"
    )


class AnswerNotKept(Conflict):
    """The request was already carried out, see `safety.idempotency`."""

    error_code = "ANSWER_NOT_KEPT"
    message = (
        "This request was already carried out with the same Idempotency-Key. Its "
        "answer contained a secret and was not stored"
    )
    interrupted = (
        "The first request with this Idempotency-Key has committed part of its work, "
        "and is still running or was interrupted. It is not run again: read what was "
        "written, and send the rest with another key"
    )


class IdempotencyKeyReused(ApiError):
    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "IDEMPOTENCY_KEY_REUSED"
    message = (
        "This Idempotency-Key was sent with another request in the last 24 hours: use "
        "a new one"
    )


class DryRunImpossible(ApiError):
    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "DRY_RUN_IMPOSSIBLE"

    @classmethod
    def of(cls, what: str) -> DryRunImpossible:
        """Return the error for code that does `what`, see `orm.transactions`."""
        return cls(f"This operation {what}, so a dry run is not possible")


class TransactionEnded(ApiError):
    """An app ended the transaction that the answer depends on.

    The code is that of other errors of Odoo's apps.
    """

    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "VALIDATION_ERROR"

    @classmethod
    def of(cls, what: str) -> TransactionEnded:
        """Return the error for an app that does `what`, see `orm.transactions`."""
        return cls(
            f"Nothing was saved, because an app {what}: the server's log may say why"
        )


class LanguageNotInstalled(InvalidValue):
    """A translated value would be changed in a language that was not asked for."""

    error_code = "LANGUAGE_NOT_INSTALLED"


class MaxAffectedExceeded(Conflict):
    """More records than `Prefer: max-affected` allows."""

    error_code = "MAX_AFFECTED_EXCEEDED"


class PreconditionFailed(ApiError):
    """The record no longer has the version in `If-Match`."""

    code = HTTPStatus.PRECONDITION_FAILED
    error_code = "PRECONDITION_FAILED"


class AmbiguousKey(Conflict):
    error_code = "AMBIGUOUS_KEY"
    message = "More than one record matches this key"


class ExternalIdTaken(Conflict):
    """An external id of a record of another model, or of one that the caller may not
    see.
    """

    error_code = "EXTERNAL_ID_TAKEN"
    message = "This external id belongs to another record"
