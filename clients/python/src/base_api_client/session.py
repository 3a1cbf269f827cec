# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The credential of a client: an API key, or a session that is renewed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from .errors import ApiError, ClientError
from .messages import Answer, Request, make_request

Totp = str | Callable[[], str]

# Part of its lifetime after which a session is renewed, and the least time before its
# end, in seconds.
RENEWED_AFTER = 0.9
RENEWED_BEFORE = 60.0
SESSION_TOKEN = "session-token"
_REFRESH = "/auth/refresh"
_NOT_TO_RENEW = ("/auth/login", _REFRESH, "/auth/logout")


class Credential:
    """What a client signs in with.

    :param totp: the code of an authenticator app, or a function that returns the
        current one, which is called at every login
    """

    def __init__(
        self,
        api_key: str | None = None,
        username: str | None = None,
        password: str | None = None,
        totp: Totp | None = None,
        session_token: str | None = None,
    ) -> None:
        if (username is None) != (password is None):
            raise ValueError("username and password are sent together")
        if api_key and (username is not None or session_token):
            raise ValueError("An API key needs no session: pass one of them")
        for secret in (api_key, session_token):
            if secret and not (secret.isascii() and secret.isprintable()):
                raise ValueError(
                    "The credential has characters that no header can have"
                )
        self.api_key = api_key
        self.token = session_token
        self._username = username
        self._password = password
        self._totp = totp
        self._due: float | None = None

    def headers(self) -> dict[str, str]:
        if self.api_key:
            return {"api-key": self.api_key}
        return {SESSION_TOKEN: self.token} if self.token else {}

    def is_due(self, request: Request) -> bool:
        """Whether to renew the session before a request."""
        if request.path in _NOT_TO_RENEW or self.api_key or request.path == "/test":
            return False
        if self.token is None:
            return self._username is not None
        return self._due is not None and time.monotonic() >= self._due

    def can_renew(self, request: Request, error: ApiError) -> bool:
        """Whether a request was refused because its session ended."""
        return error.code == "INVALID_SESSION" and request.path not in _NOT_TO_RENEW

    def renewals(self, stale: str | None) -> Iterator[Request]:
        """Yield the requests to get a new session, until one of them succeeds.

        :param stale: the token to replace; if another thread has replaced it, nothing
            is yielded
        """
        if self.token != stale:
            return
        if self.token:
            yield make_request("POST", _REFRESH)
        if self._username is not None:
            yield self.login()

    def login(self) -> Request:
        body = {"username": self._username, "password": self._password}
        totp = self._totp() if callable(self._totp) else self._totp
        if totp:
            body["totp"] = totp
        return make_request("POST", "/auth/login", json=body)

    def accept(self, answer: Answer) -> None:
        """Take over the session in the answer to a login or a refresh."""
        self.token = answer.data["session_token"]
        # Both times are from the clock of the server.
        sent = answer.headers.get("date")
        now = parsedate_to_datetime(sent) if sent else datetime.now(timezone.utc)
        expires = datetime.fromisoformat(answer.data["expires_at"].removesuffix("Z"))
        lifetime = (expires.replace(tzinfo=timezone.utc) - now).total_seconds()
        kept = min(lifetime * RENEWED_AFTER, lifetime - RENEWED_BEFORE)
        self._due = time.monotonic() + max(kept, lifetime / 2)

    def check_login(self) -> None:
        """Raise `ClientError` if there is nothing to log in with."""
        if self._username is None:
            raise ClientError("A login needs username and password")

    def forget(self) -> None:
        """Forget the session, after it was ended."""
        self.token = self._due = None
