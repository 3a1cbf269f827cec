# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a request to its answer: credentials and retries, without input and output.

The generators yield what has to be done; the clients do it, with or without `async`.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator
from dataclasses import dataclass, replace

import httpx

from .errors import ApiError, AuthenticationFailed, ClientError, ConnectionFailed
from .messages import Request, read_answer, read_error
from .options import Options
from .retrying import Retries
from .session import SESSION_TOKEN, Credential


@dataclass(frozen=True)
class Send:
    """Send a request; the answer is the response, or `ConnectionFailed`."""

    request: httpx.Request


@dataclass(frozen=True)
class Wait:
    """Wait some seconds."""

    seconds: float


@dataclass(frozen=True)
class Renew:
    """Run `Exchange.renew`, while no other thread or task does."""

    stale: str | None


Steps = Generator[Send | Wait | Renew, "httpx.Response | None", httpx.Response]
RenewalSteps = Generator[Send | Wait | Renew, "httpx.Response | None", None]
IDEMPOTENCY_KEY = "idempotency-key"
READ_AFTER = "read-after"


class Exchange:
    """How a client talks to its server."""

    def __init__(
        self, options: Options, credential: Credential, retries: Retries
    ) -> None:
        self.options = options
        self.credential = credential
        self.retries = retries
        # Of the last write, so that reads on a replica see it.
        self.read_after: str | None = None

    def run(self, request: Request) -> Steps:
        """Return the response to a request that succeeded.

        :raises ApiError: the server refuses it
        :raises ConnectionFailed: no answer arrived
        """
        request = with_idempotency_key(request)
        credential, renewed, attempt = self.credential, False, 1
        while True:
            if credential.is_due(request):
                yield Renew(credential.token)
            headers = credential.headers()
            try:
                response = yield from self._send(request, headers)
            except ConnectionFailed:
                wait = self.retries.wait_after_failure(attempt)
                if wait is None:
                    raise
            else:
                _refuse_redirect(response)
                if not response.is_error:
                    self.read_after = response.headers.get(READ_AFTER, self.read_after)
                    return response
                error = read_error(response)
                if not renewed and credential.can_renew(request, error):
                    renewed = True
                    yield Renew(headers.get(SESSION_TOKEN))
                    continue
                wait = self.retries.wait_after_error(attempt, error)
                if wait is None:
                    raise error
            attempt += 1
            yield Wait(wait)

    def renew(self, stale: str | None) -> RenewalSteps:
        """Replace a session by a new one.

        :raises ApiError: the server gives none
        """
        refused: ApiError | None = None
        for request in self.credential.renewals(stale):
            try:
                response = yield from self.run(request)
            except AuthenticationFailed as error:
                refused = error
            else:
                self.credential.accept(read_answer(response))
                return
        if refused:
            raise refused

    def _send(
        self, request: Request, credential: dict[str, str]
    ) -> Generator[Send, httpx.Response | None, httpx.Response]:
        response = yield Send(self.build(request, credential))
        assert response is not None
        return response

    def build(self, request: Request, credential: dict[str, str]) -> httpx.Request:
        """Return a request as httpx sends it."""
        headers = self.options.make_headers(request)
        for name, value in credential.items():
            headers.setdefault(name, value)
        if self.read_after and request.is_read:
            headers.setdefault(READ_AFTER, self.read_after)
        content = request.content
        if content is not None:
            headers["content-type"] = "application/json"
        return httpx.Request(
            request.method,
            self.options.url + request.path,
            params=request.params or None,
            headers=headers,
            content=content,
            data=dict(request.form) or None,
            files=request.files or None,
        )


def _refuse_redirect(response: httpx.Response) -> None:
    """Writes would lose their bodies, and credentials would go elsewhere."""
    if response.has_redirect_location:
        place = response.headers["location"]
        raise ClientError(f"The server is at another address: it redirects to {place}")


def with_idempotency_key(request: Request) -> Request:
    """Return a write with a key, so that it can be sent again."""
    names = {name.lower() for name, _ in request.headers}
    if request.is_read or IDEMPOTENCY_KEY in names:
        return request
    key = (IDEMPOTENCY_KEY, str(uuid.uuid4()))
    return replace(request, headers=(*request.headers, key))
