# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests and answers, without input and output."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import httpx

from .encoding import dump_json
from .errors import ApiError, ClientError, make_error

T = TypeVar("T")
Params = Mapping[str, Any] | Iterable[tuple[str, Any]]
Files = Sequence[tuple[str, Any]]

_READS = ("GET", "HEAD", "OPTIONS")
_WITHOUT_BODY = (204, 304)


class _Unset:
    """The type of `UNSET`: null is a JSON body, too."""


UNSET = _Unset()


@dataclass(frozen=True)
class Request:
    """A request to a path below `/api/v2`.

    :param files: parts of `multipart/form-data`, as httpx takes them
    :param form: the other parts
    """

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    json: Any = UNSET
    headers: tuple[tuple[str, str], ...] = ()
    files: Files = ()
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing, so that it can be sent again."""
        return (
            self.method in _READS
            or self.path.startswith("/auth/")
            or (self.method == "POST" and self.path.startswith("/search/"))
        )

    @property
    def content(self) -> bytes | None:
        return None if self.json is UNSET else dump_json(self.json)


def make_request(
    method: str,
    path: str,
    *,
    params: Params | None = None,
    json: Any = UNSET,
    headers: Mapping[str, str] | None = None,
    files: Files = (),
    form: Mapping[str, str] | None = None,
) -> Request:
    """Return a request; parameters that are None are left out."""
    pairs = params.items() if isinstance(params, Mapping) else params or ()
    fixed = dict(headers or {})
    if files:
        # The same for each try: the server compares bodies with one Idempotency-Key.
        fixed["content-type"] = f"multipart/form-data; boundary={uuid.uuid4().hex}"
    return Request(
        method.upper(),
        f"/{path.lstrip('/')}",
        tuple((name, as_text(value)) for name, value in pairs if value is not None),
        json,
        tuple(fixed.items()),
        files,
        form or {},
    )


def as_text(value: Any) -> str:
    """Return a value of a query parameter as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@dataclass(frozen=True)
class Answer:
    """The answer to a request that was carried out."""

    data: Any
    message: str
    status: int
    headers: httpx.Headers

    @property
    def is_dry_run(self) -> bool:
        return "dry-run" in self.headers.get("preference-applied", "")


@dataclass(frozen=True)
class Call(Generic[T]):
    """A request, and what its answer means."""

    request: Request
    parse: Callable[[Answer], T]


def read_answer(response: httpx.Response) -> Answer:
    """Return the answer in a response that was read.

    :raises ClientError: it is not an answer of the API
    """
    if response.status_code in _WITHOUT_BODY:
        return Answer(None, "", response.status_code, response.headers)
    try:
        body = json.loads(response.content)
        return Answer(
            body["data"], body["message"], response.status_code, response.headers
        )
    except (ValueError, KeyError, TypeError):
        raise ClientError(
            f"{response.request.url} did not answer as base_api does: "
            f"is this the address of an Odoo with base_api?"
        ) from None


def read_error(response: httpx.Response) -> ApiError:
    """Return the error in a response that was read."""
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    error = body.get("error") if isinstance(body, dict) else None
    return make_error(response.status_code, error, response.headers)
