# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client for programs without `async`."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, TypeVar

import httpx
from typing_extensions import Self, Unpack

from .batch import Batch
from .errors import ConnectionFailed
from .exchange import Exchange, Renew, Send, Wait
from .files import File, Source
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
from .namespace import Namespace
from .operations import files, reading
from .operations.reading import Description
from .options import Options, Types
from .references import Id
from .retrying import Retries
from .session import Credential, Totp
from .typing import WriteArguments

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
    :param transport: of httpx, for certificates or a proxy of your own
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

    @property
    def retries(self) -> Retries:
        """How often requests are sent again."""
        return self._exchange.retries

    def __getitem__(self, name: str) -> Model:
        return Model(self, name)

    @property
    def models(self) -> Namespace[ModelPath]:
        """The models by attributes: `client.models.res.partner`."""
        return Namespace(lambda name: ModelPath(self, name))

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
        request = make_request(method, path, files=files, form=form, **parts)
        return read_answer(self._respond(request))

    def run(self, call: Call[T]) -> T:
        """Send a request, and return what its answer means."""
        return call.parse(read_answer(self._respond(call.request)))

    def stream(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AbstractContextManager[httpx.Response]:
        """Send a request, and give its response, whose body is still to be read."""
        parts: dict[str, Any] = {"params": params, "json": json, "headers": headers}
        return self.stream_request(make_request(method, path, **parts))

    @contextmanager
    def stream_request(self, request: Request) -> Iterator[httpx.Response]:
        response = self._respond(request, stream=True)
        try:
            yield response
        except httpx.TransportError as error:
            raise ConnectionFailed(f"{type(error).__name__}: {error}") from error
        finally:
            response.close()

    def log_in(self) -> None:
        """Sign in now, instead of with the first request."""
        self._exchange.credential.check_login()
        self._exchange.credential.forget()
        self._renew(None)

    def log_out(self) -> None:
        """End the session, if there is one."""
        if self.session_token:
            self.request("POST", "/auth/logout")
        self._exchange.credential.forget()

    def me(self) -> Description:
        """Return the user of the credential."""
        return self.run(reading.me())

    def list_models(self, search: str | None = None) -> list[Description]:
        """Return the names of the models that the caller may read."""
        return self.run(reading.list_models(search))

    def batch(self) -> Batch:
        """Return an empty batch: requests that all succeed, or none."""
        return Batch(self)

    def attach(
        self,
        *sources: Source,
        model: str | None = None,
        record: int | None = None,
        description: str | None = None,
        public: bool = False,
        **options: Unpack[WriteArguments],
    ) -> list[Description]:
        """Attach files to a record; return the attachments.

        :param sources: paths, or pairs of a name and the content
        """
        call = files.attach(sources, model, record, description, public, options)
        return self.run(call)

    def report(self, name: str, ids: Id | Sequence[Id]) -> File:
        """Return a report as a PDF, by its name or external id."""
        return self.read_file(files.report_path(name, ids))

    def read_file(self, path: str) -> File:
        """Return the file at a path below `/api/v2`."""
        return files.read_file(self._respond(make_request("GET", path)))

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
        """Do what the steps of an exchange ask for."""
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


class ModelPath(Model):
    """A model whose attributes are models: `client.models.res.partner.bank`."""

    def __getattr__(self, name: str) -> ModelPath:
        if name.startswith("_"):
            raise AttributeError(name)
        return ModelPath(self._client, f"{self.name}.{name}")
