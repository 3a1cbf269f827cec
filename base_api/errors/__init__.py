# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The errors of the API: each has a class, a status and a code.

Controllers and models raise them; `errors.table` translates other exceptions.
Authentication errors are in `errors.auth`, conflicts of writes in `errors.write`.
"""

from __future__ import annotations
from typing import Any
from odoo.models import BaseModel


from http import HTTPStatus

from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessError

from .details import MAX_DETAILS, MAX_MESSAGE, shorten


class ApiError(HTTPException):
    """An answer other than success.

    As werkzeug exceptions, they pass through Odoo's authentication and retry unchanged,
    and are not logged as errors of the server.

    :param message: for the developer of the client
    :param details: the wrong values, a list of `detail` entries
    :param headers: extra response headers, a list of pairs
    :ivar step: the step of a batch that failed, see `Step.locate`
    :ivar keep_changes: whether what the request has written is committed all the same
    :ivar extra: members that only this kind of error has
    :cvar retry_after: seconds until the client should try again, or None
    """

    step = None
    keep_changes = False
    retry_after: int | None = None
    extra: dict[str, Any] = {}
    code = HTTPStatus.BAD_REQUEST
    error_code = "BAD_REQUEST"
    message = "Bad request"

    def __init__(
        self,
        message: str | None = None,
        details: list[dict[str, Any]] | None = None,
        headers: tuple[Any, ...] | list[tuple[str, str]] = (),
    ) -> None:
        super().__init__(shorten(message or self.message, MAX_MESSAGE))
        self.details = details and details[:MAX_DETAILS]
        self.headers = list(headers)
        if self.retry_after:
            self.headers.append(("Retry-After", str(self.retry_after)))


class InvalidContentType(ApiError):
    error_code = "INVALID_CONTENT_TYPE"
    message = "Send the body as JSON, with the header Content-Type: application/json"


class InvalidJson(ApiError):
    error_code = "INVALID_JSON"
    message = "The body ended early"


class InvalidMultipart(ApiError):
    error_code = "INVALID_MULTIPART"
    message = (
        "The body is not valid multipart/form-data, has no parts, or was truncated"
    )


class NoData(ApiError):
    error_code = "NO_DATA"
    message = "The body is empty: send at least one value"


class InvalidParameter(ApiError):
    error_code = "INVALID_PARAMETER"


class InvalidFilter(ApiError):
    error_code = "INVALID_FILTER"


class InvalidFields(ApiError):
    error_code = "INVALID_FIELDS"


class InvalidStep(ApiError):
    """A step of a batch that is malformed or not possible."""

    error_code = "INVALID_STEP"


class InvalidReference(ApiError):
    """A reference in a batch to a value that no earlier step has."""

    error_code = "INVALID_REFERENCE"


class NoValidFields(ApiError):
    error_code = "NO_VALID_FIELDS"


class Forbidden(ApiError):
    code = HTTPStatus.FORBIDDEN
    error_code = "ACCESS_DENIED"


class KeyRestricted(ApiError):
    """The API key does not allow the operation, see `auth.restrictions`.

    :ivar refused: the administrative operations that the key does not name, pairs
        `(operation, model)`
    """

    code = HTTPStatus.FORBIDDEN
    error_code = "KEY_RESTRICTED"

    def __init__(
        self,
        message: str | None = None,
        details: Any = None,
        refused: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message, details)
        self.refused = refused


class KeyAccessError(AccessError):
    """The same error for code of Odoo that expects an access error."""

    def __init__(self, message: str, refused: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.refused = refused


class AdminFieldAccessDenied(ApiError):
    code = HTTPStatus.FORBIDDEN
    error_code = "ADMIN_FIELD_ACCESS_DENIED"


class NotFound(ApiError):
    code = HTTPStatus.NOT_FOUND
    error_code = "NOT_FOUND"
    message = "There is no such endpoint: the API lives under /api/v2"


class UserNotFound(NotFound):
    error_code = "USER_NOT_FOUND"


class ModelNotFound(NotFound):
    error_code = "MODEL_NOT_FOUND"


class RecordNotFound(NotFound):
    error_code = "RECORD_NOT_FOUND"

    @classmethod
    def of(cls, model: BaseModel, *ids: Any) -> RecordNotFound:
        """Return the error about ids, or external ids, of a model as they were sent."""
        names = ", ".join(str(record_id)[:80] for record_id in ids[:10])
        records = "Record" if len(ids) == 1 else "Records"
        named = "" if names.startswith("@") else "with ID "
        return cls(f"{records} {named}{names} not found in {model._name}")


class FileMissing(NotFound):
    error_code = "FILE_NOT_FOUND"


class ReportNotFound(NotFound):
    error_code = "REPORT_NOT_FOUND"


class MethodNotFound(NotFound):
    """A model has no such method."""

    error_code = "METHOD_NOT_FOUND"


class MethodNotAllowed(ApiError):
    code = HTTPStatus.METHOD_NOT_ALLOWED
    error_code = "METHOD_NOT_ALLOWED"

    def __init__(self, method: str, allowed: list[str]) -> None:
        allow = ", ".join(allowed)
        super().__init__(
            f"{method} is not possible here, only {allow}", headers=[("Allow", allow)]
        )


class PayloadTooLarge(ApiError):
    code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    error_code = "PAYLOAD_TOO_LARGE"
    message = "The body is too large"


class RangeNotSatisfiable(ApiError):
    """`Range` begins after the end of a file; raised by werkzeug."""

    code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    error_code = "REQUESTED_RANGE_NOT_SATISFIABLE"


class UnsupportedEncoding(ApiError):
    """A `Content-Encoding` other than `gzip` and `identity`."""

    code = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    error_code = "UNSUPPORTED_ENCODING"


class AnswerTooLarge(ApiError):
    error_code = "ANSWER_TOO_LARGE"


class InvalidValue(ApiError):
    """A value that Odoo refuses, or would silently misread."""

    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "VALIDATION_ERROR"


class ResultNotJson(ApiError):
    """The result of a method cannot be represented as JSON; nothing was saved."""

    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "RESULT_NOT_JSON"


class UnfitValue(InvalidValue):
    message = "A value is too large for its field"


class ReportUnavailable(ApiError):
    code = HTTPStatus.SERVICE_UNAVAILABLE
    error_code = "REPORT_UNAVAILABLE"
    message = "This server cannot create PDFs: wkhtmltopdf is missing or does not work"


class Timeout(ApiError):
    """A read took too long, see `orm.time_limits`."""

    code = HTTPStatus.SERVICE_UNAVAILABLE
    error_code = "TIMEOUT"
    retry_after = 30
    remedy = "ask for less (narrower conditions, fewer fields, a lower limit)"
    message = (
        "An SQL statement of this request took longer than the server allows "
        f"(statement_timeout), or was canceled: {remedy}"
    )


class Overloaded(ApiError):
    code = HTTPStatus.SERVICE_UNAVAILABLE
    error_code = "OVERLOADED"
    retry_after = 30


class DatabaseUnavailable(ApiError):
    """The database cannot be reached, or no connection to it is free."""

    code = HTTPStatus.SERVICE_UNAVAILABLE
    error_code = "DATABASE_UNAVAILABLE"
    retry_after = 5
    message = (
        "The database is not available: repeat the request after the "
        "seconds in Retry-After"
    )


class Draining(ApiError):
    """This node is about to be stopped, see `observing.draining`."""

    code = HTTPStatus.SERVICE_UNAVAILABLE
    error_code = "DRAINING"
    retry_after = 5
    message = "This server is about to be stopped: use another one"


class InternalError(ApiError):
    code = HTTPStatus.INTERNAL_SERVER_ERROR
    error_code = "INTERNAL_ERROR"
    message = "Something went wrong on the server"
