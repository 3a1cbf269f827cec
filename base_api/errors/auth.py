# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Authentication errors: missing, invalid or expired credentials."""

from http import HTTPStatus

from . import ApiError
from .quota import TooManyRequests

# RFC 6750, section 3: the challenge of every 401.
BEARER = 'Bearer realm="api/v2"'


class MissingCredentials(ApiError):
    error_code = "MISSING_CREDENTIALS"
    message = "Send username and password as strings"


class MissingPassword(ApiError):
    error_code = "MISSING_PASSWORD"
    message = "Send new_password as a string that is not empty"


class MissingOldPassword(ApiError):
    error_code = "MISSING_OLD_PASSWORD"
    message = "To change your own password, also send old_password"


class Unauthenticated(ApiError):
    code = HTTPStatus.UNAUTHORIZED
    # RFC 6750, section 3.1: error is set if a credential was sent.
    challenge = f'{BEARER}, error="invalid_token"'

    def __init__(self, message: str | None = None) -> None:
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
    message = (
        "This session cannot be refreshed: it is unknown, ended or expired for too "
        "long. Log in again"
    )


class CsrfFailed(ApiError):
    code = HTTPStatus.FORBIDDEN
    error_code = "CSRF_FAILED"
    message = (
        "Only a page of this server can exchange its web session, with a csrf_token "
        "that is less than a minute old"
    )


class AuthFailed(Unauthenticated):
    error_code = "AUTH_FAILED"
    challenge = BEARER
    message = "Wrong username or password"


class MfaRequired(Unauthenticated):
    error_code = "MFA_REQUIRED"
    challenge = BEARER
    message = "This user has a second factor: also send its current code as totp"


class InvalidOldPassword(Unauthenticated):
    error_code = "INVALID_OLD_PASSWORD"
    challenge = BEARER
    message = "old_password is wrong"


class InactiveUser(ApiError):
    code = HTTPStatus.FORBIDDEN
    error_code = "INACTIVE_USER"
    message = "This user is archived"


class RateLimited(TooManyRequests):
    """Too many logins failed, see `auth.login_attempt`."""

    def __init__(
        self, retry_after: int, reason: str = "Too many failed logins"
    ) -> None:
        """:param int retry_after: seconds"""
        super().__init__(f"{reason}: try again in {retry_after} seconds", retry_after)
