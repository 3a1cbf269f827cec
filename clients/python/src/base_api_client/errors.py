# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of the API and of the connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ClientError(Exception):
    """The base of all errors of this package."""


class ConnectionFailed(ClientError):
    """No answer arrived: the server cannot be reached, or the connection broke.

    A write may have been carried out, or not.
    """


class ExportIncomplete(ClientError):
    """An export ended before its last record, and could not be continued."""


@dataclass(frozen=True)
class Detail:
    """One wrong value.

    :param field: the name under which it was sent
    :param pointer: its place in the body, as a JSON Pointer (RFC 6901)
    """

    message: str
    code: str
    field: str | None = None
    pointer: str | None = None


class ApiError(ClientError):
    """The server refused a request.

    :param status: the HTTP status
    :param code: one of the codes in the reference of errors, such as
        `VALIDATION_ERROR`
    :param message: a sentence for people
    :param details: one entry for each wrong value
    :param request_id: what the server's log has about the error
    :param step: of a batch, the step that failed: `index`, `id`, `method`, `path`
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: tuple[Detail, ...] = (),
        request_id: str | None = None,
        step: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.request_id = request_id
        self.step = step
        self.headers: Mapping[str, str] = headers or {}

    def __str__(self) -> str:
        return f"{self.status} {self.code}: {self.message}"

    @property
    def pointers(self) -> list[str]:
        """The places of all wrong values that are known."""
        return [detail.pointer for detail in self.details if detail.pointer]

    @property
    def pointer(self) -> str | None:
        """The place of the first wrong value that is known."""
        return next(iter(self.pointers), None)


class BadRequest(ApiError):
    """400: a parameter, field, filter or body is malformed."""


class AuthenticationFailed(ApiError):
    """401: the credential is missing, wrong, expired or revoked."""


class AccessDenied(ApiError):
    """403: the user or the API key may not do this."""


class NotFound(ApiError):
    """404: the record, model, method or path does not exist."""


class Conflict(ApiError):
    """409: other requests or records are in the way."""


class PreconditionFailed(ApiError):
    """412: the record is not as it was read."""


class ValidationFailed(ApiError):
    """422: Odoo refuses the values."""


class RateLimited(ApiError):
    """429: too many requests."""


class ServerFailed(ApiError):
    """5xx: the server failed, or is not available."""


_CLASSES: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: AuthenticationFailed,
    403: AccessDenied,
    404: NotFound,
    409: Conflict,
    412: PreconditionFailed,
    422: ValidationFailed,
    429: RateLimited,
}


def make_error(
    status: int, error: Any, headers: Mapping[str, str] | None = None
) -> ApiError:
    """Return the exception for an error of the API.

    :param error: the member `error` of the answer; anything else if the answer is not
        from the API, but from a proxy
    """
    if not isinstance(error, dict):
        error = {}
    cls = _CLASSES.get(status, ServerFailed if status >= 500 else ApiError)
    return cls(
        status,
        str(error.get("code") or f"HTTP_{status}"),
        str(error.get("message") or f"The server answered with status {status}"),
        tuple(_make_detail(item) for item in error.get("details") or ()),
        error.get("request_id"),
        error.get("step"),
        headers,
    )


def _make_detail(item: Mapping[str, Any]) -> Detail:
    return Detail(
        str(item.get("message", "")),
        str(item.get("code", "")),
        item.get("field"),
        item.get("pointer"),
    )
