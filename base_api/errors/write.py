# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a change can fail though its values are right, see :mod:`~.errors`."""

from http import HTTPStatus

from . import ApiError


class Conflict(ApiError):
    code = HTTPStatus.CONFLICT
    error_code = "CONFLICT"
    message = "Somebody else is changing the same records: nothing was saved, try again"


class AnswerNotKept(Conflict):
    """What was asked for is done; see idempotency.py."""

    error_code = "ANSWER_NOT_KEPT"
    message = (
        "This was done already, with the same Idempotency-Key: the answer held what is "
        "shown once, and was not kept"
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
    message = "What this runs in Odoo commits on its way, so it cannot be tried"


class MaxAffectedExceeded(Conflict):
    """More records than ``Prefer: max-affected`` allows."""

    error_code = "MAX_AFFECTED_EXCEEDED"


class PreconditionFailed(ApiError):
    """The record is not at the version of ``If-Match`` any more."""

    code = HTTPStatus.PRECONDITION_FAILED
    error_code = "PRECONDITION_FAILED"


class AmbiguousKey(Conflict):
    error_code = "AMBIGUOUS_KEY"
    message = "More than one record has this key"


class ExternalIdTaken(Conflict):
    """An external id of a record that is out of reach, be it of another model."""

    error_code = "EXTERNAL_ID_TAKEN"
    message = "This external id belongs to another record"
