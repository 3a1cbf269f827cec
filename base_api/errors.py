# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every way a request can fail: one class, one status, one code each.

Controllers and models raise; :class:`~.dispatcher.ApiDispatcher` turns whatever arrives
into the error envelope, with :mod:`~.error_table`.
"""

from http import HTTPStatus

from werkzeug.exceptions import HTTPException

from .details import MAX_DETAILS

# RFC 6750, section 3: the scheme under which every 401 asks for a credential.
BEARER = 'Bearer realm="api/v2"'


class ApiError(HTTPException):
    """An answer other than success.

    As a werkzeug exception it leaves Odoo's authentication and retry untouched and is
    not logged: a client's mistake is not the server's.

    :param message: plain English for the developer at the other end
    :param details: where it went wrong, a list of :func:`~.details.detail`
    :param headers: extra response headers, a list of pairs
    :ivar step: in which step of a batch, see :meth:`~.batches.Step.locate`
    """

    step = None
    code = HTTPStatus.BAD_REQUEST
    error_code = "BAD_REQUEST"
    message = "Bad request"

    def __init__(self, message=None, details=None, headers=()):
        super().__init__(message or self.message)
        self.details = details and details[:MAX_DETAILS]
        self.headers = list(headers)


class InvalidContentType(ApiError):
    error_code = "INVALID_CONTENT_TYPE"
    message = "Send the body as JSON, with the header Content-Type: application/json"


class InvalidJson(ApiError):
    error_code = "INVALID_JSON"
    message = "The body ended early"


class InvalidMultipart(ApiError):
    error_code = "INVALID_MULTIPART"
    message = (
        "The body is no multipart/form-data with at least one part, or it ended early"
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
    """A step of a batch that is none, or not possible in one."""

    error_code = "INVALID_STEP"


class InvalidReference(ApiError):
    """A step of a batch refers to what no earlier step has given."""

    error_code = "INVALID_REFERENCE"


class MissingCredentials(ApiError):
    error_code = "MISSING_CREDENTIALS"
    message = "Send username and password, both as text"


class NoValidFields(ApiError):
    error_code = "NO_VALID_FIELDS"


class MissingPassword(ApiError):
    error_code = "MISSING_PASSWORD"
    message = "Send new_password, as text that is not empty"


class MissingOldPassword(ApiError):
    error_code = "MISSING_OLD_PASSWORD"
    message = "To change your own password send old_password too"


class Unauthenticated(ApiError):
    code = HTTPStatus.UNAUTHORIZED
    # RFC 6750, section 3.1: set where a credential was sent and did not do.
    challenge = f'{BEARER}, error="invalid_token"'

    def __init__(self, message=None):
        super().__init__(message, headers=[("WWW-Authenticate", self.challenge)])


class MissingApiKey(Unauthenticated):
    error_code = "MISSING_API_KEY"
    challenge = BEARER
    message = (
        "Send an API key in the header api-key, or a session token in the header "
        "session-token"
    )


class InvalidApiKey(Unauthenticated):
    error_code = "INVALID_API_KEY"
    message = "This API key is unknown, revoked or expired"


class MissingSessionToken(Unauthenticated):
    error_code = "MISSING_SESSION_TOKEN"
    challenge = BEARER
    message = "Send a session token in the header session-token"


class InvalidSession(Unauthenticated):
    error_code = "INVALID_SESSION"
    message = "This session is unknown, ended or expired: log in again"


class SessionNotRefreshable(Unauthenticated):
    error_code = "SESSION_NOT_REFRESHABLE"
    message = "This session expired too long ago to be refreshed: log in again"


class AuthFailed(Unauthenticated):
    error_code = "AUTH_FAILED"
    challenge = BEARER
    message = "Wrong username or password"


class MfaRequired(Unauthenticated):
    error_code = "MFA_REQUIRED"
    challenge = BEARER
    message = "This user has a second factor: send its current code as totp too"


class InvalidOldPassword(Unauthenticated):
    error_code = "INVALID_OLD_PASSWORD"
    challenge = BEARER
    message = "old_password is wrong"


class InactiveUser(ApiError):
    code = HTTPStatus.FORBIDDEN
    error_code = "INACTIVE_USER"
    message = "This user is archived"


class Forbidden(ApiError):
    code = HTTPStatus.FORBIDDEN
    error_code = "ACCESS_DENIED"


class KeyRestricted(ApiError):
    """A restriction of the API key, not a right of its user; see restrictions.py."""

    code = HTTPStatus.FORBIDDEN
    error_code = "KEY_RESTRICTED"


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


class FileMissing(NotFound):
    error_code = "FILE_NOT_FOUND"


class ReportNotFound(NotFound):
    error_code = "REPORT_NOT_FOUND"


class MethodNotFound(NotFound):
    """There is no such method of a model; those of HTTP are below."""

    error_code = "METHOD_NOT_FOUND"


class MethodNotAllowed(ApiError):
    code = HTTPStatus.METHOD_NOT_ALLOWED
    error_code = "METHOD_NOT_ALLOWED"

    def __init__(self, method, allowed):
        allow = ", ".join(allowed)
        super().__init__(
            f"{method} is not possible here, only {allow}", headers=[("Allow", allow)]
        )


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


class PayloadTooLarge(ApiError):
    code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    error_code = "PAYLOAD_TOO_LARGE"
    message = "The body is too large"


class AnswerTooLarge(ApiError):
    error_code = "ANSWER_TOO_LARGE"


class InvalidValue(ApiError):
    """The value of a field that Odoo would refuse, or silently misread."""

    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "VALIDATION_ERROR"


class ResultNotJson(ApiError):
    """A method was called, and what it returned cannot be sent: nothing is kept."""

    code = HTTPStatus.UNPROCESSABLE_ENTITY
    error_code = "RESULT_NOT_JSON"


class UnfitValue(InvalidValue):
    message = "A value is too large for its field"


class RateLimited(ApiError):
    code = HTTPStatus.TOO_MANY_REQUESTS
    error_code = "RATE_LIMITED"

    def __init__(self, message, retry_after):
        """:param int retry_after: seconds (RFC 9110, section 10.2.3)"""
        super().__init__(message, headers=[("Retry-After", str(retry_after))])


class ReportUnavailable(ApiError):
    code = HTTPStatus.SERVICE_UNAVAILABLE
    error_code = "REPORT_UNAVAILABLE"
    message = "This server makes no PDFs: wkhtmltopdf is missing or does not work"


class InternalError(ApiError):
    code = HTTPStatus.INTERNAL_SERVER_ERROR
    error_code = "INTERNAL_ERROR"
    message = "Something went wrong on the server"
