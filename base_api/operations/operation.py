# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Operations: calls of endpoints, over HTTP, as a step of a batch, or by other code."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import Headers, MultiDict

from ..errors import InvalidStep, NoData

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")  # RFC 9110, section 9.2.1


class JsonContent:
    """A body that is already a JSON value.

    :param value: None where there is no body
    """

    def __init__(self, value: Any = None) -> None:
        self._value = value

    def parse(
        self, env: Any, routing: dict[str, Any], path_arguments: dict[str, Any]
    ) -> Any:
        """Return the body, as the route declares it.

        :raise ApiError: see `protocol.bodies.Body.check`
        :raise NoData: the route needs a body, and there is none
        """
        body = routing["body"]
        if self._value is not None:
            return body.check(self._value)
        if not body.optional:
            raise NoData()
        return {}

    def check_absent(self, title: str) -> None:
        """Refuse a body that the route does not take.

        :raise InvalidStep: there is one
        """
        if self._value is not None:
            raise InvalidStep(f"{title} takes no body")

    def parts(self) -> Iterator[bytes]:
        """Yield the bytes that were sent, in pieces."""
        yield json.dumps(self._value).encode()


@dataclass(frozen=True)
class Operation:
    """A call of an endpoint, with all sent values.

    :param endpoint: a controller method declared with `api_route`
    :param method: of HTTP
    :param path: after the host, without the query string
    :param path_arguments: the variable parts of the path
    :param content: reads the body, see `JsonContent`
    """

    endpoint: Any
    method: str
    path: str
    path_arguments: dict[str, str] = field(default_factory=dict)
    query: MultiDict = field(default_factory=MultiDict)
    headers: Headers = field(default_factory=Headers)
    content: Any = field(default_factory=JsonContent)

    @property
    def routing(self) -> dict[str, Any]:
        """What `api_route` declares about the endpoint."""
        return self.endpoint.routing

    @property
    def is_read(self) -> bool:
        """Whether the operation writes nothing."""
        return self.method in SAFE_METHODS or self.routing["readonly"]

    @property
    def model_name(self) -> str | None:
        """The model of the operation, or None."""
        return self.routing["model"] or self.path_arguments.get("model_name")
