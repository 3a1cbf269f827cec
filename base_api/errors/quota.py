# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of clients that send too much."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from ..quota_names import ABNORMAL_USAGE, QUOTA_EXCEEDED, VIOLATED_POLICIES
from . import ApiError


class TooManyRequests(ApiError):
    """The client has to wait before it sends the request again.

    :param seconds: to wait, a whole number (RFC 9110, section 10.2.3)
    :cvar quota_type: problem type of the IETF draft, see `quota_names`
    """

    code = HTTPStatus.TOO_MANY_REQUESTS
    error_code = "RATE_LIMITED"
    quota_type = ABNORMAL_USAGE

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message, headers=[("Retry-After", str(seconds))])
        self.extra = {"quota_type": self.quota_type}


class QuotaExceeded(TooManyRequests):
    """A rate limit is exhausted, see `limiting`.

    :param policies: names of the exhausted policies, such as `key-burst`
    """

    quota_type = QUOTA_EXCEEDED

    def __init__(self, message: str, seconds: int, policies: Sequence[str]) -> None:
        super().__init__(message, seconds)
        self.extra = {VIOLATED_POLICIES: list(policies)} | self.extra
