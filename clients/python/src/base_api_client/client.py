# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client for programs without `async`."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

import httpx
from typing_extensions import Self

from .errors import ConnectionFailed
from .exchange import Exchange, Renew, Send, Wait
from .messages import (
    UNSET,
    Answer,
    Call,
    Files,
    Params,
    Request,
    make_request,
    read_answer,
)
from .model import Model
from .options import Options, Types
from .retrying import Retries
from .session import Credential, Totp

T = TypeVar("T")


class Client:
    """A connection to an Odoo with base_api. Threads can share it.

    :param url: the address of Odoo, with or without `/api/v2`
    :param api_key: signs in with an API key
    :param username: with `password`, signs in with a session, which is renewed
    :param totp: the code of an authenticator app, or a function that returns it
    :param session_token: an existing session
    :param database: on a server with several
    :param language: of names, translated fields and messages, such as `fr_FR`
    :param company_id: the company to work in, or several, the current one first
    :param timezone: in which a day begins, such as `Europe/Brussels`
    :param timeout: seconds to wait for the server, or an `httpx.Timeout`
    :param retries: how often a request is sent again
    :param types: how records represent values, see `Options`
    """

    def __init__(
        self,
        url: str,
        *,
        api_key: str | None = None,
        username: str | None = None,
        password: str | None = None,
        totp: Totp | None = None,
        session_token: str | None = None,
        database: str | None = None,
        language: str | None = None,
        company_id: int | Sequence[int] | None = None,
        timezone: str | None = None,
        timeout: float | httpx.Timeout | None = 30.0,
        retries: int | Retries = 3,
        types: Types = "strict",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._exchange = Exchange(
            Options(url, database, language, company_id, timezone, types),
            Credential(api_key, username, password, totp, session_token),
            Retries(retries) if isinstance(retries, int) else retries,
        )
        self._renewing = threading.Lock()
        self._http = httpx.Client(timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections. The session does not end, see `log_out`."""
        self._http.close()

    @property
    def url(self) -> str:
        """The address of the API."""
        return self._exchange.options.url

    @property
    def session_token(self) -> str | None:
        """The token of the current session."""
        return self._exchange.credential.token

    def __getitem__(self, name: str) -> Model:
        return Model(self, name)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
        files: Files = (),
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request to a path below `/api/v2`, and return its answer.

        :raises ApiError: the server refuses it
        :raises ConnectionFailed: no answer arrived
        """
        parts: dict[str, Any] = {"params": params, "json": json, "headers": headers}
        parts |= {"files": files, "form": form}
        return read_answer(self._respond(make_request(method, path, **parts)))

    def run(self, call: Call[T]) -> T:
        """Send a request, and return what its answer means."""
        return call.parse(read_answer(self._respond(call.request)))

    @contextmanager
    def stream(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[httpx.Response]:
        """Send a request, and give its response, whose body is still to be read."""
        parts: dict[str, Any] = {"params": params, "json": json, "headers": headers}
        response = self._respond(make_request(method, path, **parts), stream=True)
        try:
            yield response
        except httpx.TransportError as error:
            raise ConnectionFailed(str(error)) from error
        finally:
            response.close()

    def log_in(self) -> None:
        """Sign in now, instead of with the first request."""
        credential = self._exchange.credential
        credential.forget()
        self._renew(None)

    def log_out(self) -> None:
        """End the session."""
        self.request("POST", "/auth/logout")
        self._exchange.credential.forget()

    def _respond(self, request: Request, stream: bool = False) -> httpx.Response:
        response = self._drive(self._exchange.run(request), stream)
        assert response is not None
        return response

    def _renew(self, stale: str | None) -> None:
        with self._renewing:
            self._drive(self._exchange.renew(stale))

    def _drive(
        self,
        steps: Generator[Any, httpx.Response | None, httpx.Response | None],
        stream: bool = False,
    ) -> httpx.Response | None:
        response: httpx.Response | None = None
        failure: ConnectionFailed | None = None
        while True:
            try:
                step = steps.throw(failure) if failure else steps.send(response)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]
            response = failure = None
            if isinstance(step, Wait):
                time.sleep(step.seconds)
            elif isinstance(step, Renew):
                self._renew(step.stale)
            else:
                try:
                    response = self._send(step, stream)
                except httpx.TransportError as error:
                    failure = ConnectionFailed(f"{type(error).__name__}: {error}")
                    failure.__cause__ = error

    def _send(self, step: Send, stream: bool) -> httpx.Response:
        response = self._http.send(step.request, stream=stream)
        if stream and response.is_error:
            response.read()
        return response
