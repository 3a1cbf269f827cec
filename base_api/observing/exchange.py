# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One HTTP request and its answer, for the code that records them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..orm.http_request import seconds_since_arrival
from ..protocol.addresses import path_template
from ..protocol.client_address import client_address
from ..protocol.trace import Trace, read_trace
from .log_lines import note_exchange

if TYPE_CHECKING:
    from ..operations.operation import Operation
    from ..request_scope import Caller


@dataclass
class Exchange:
    """An HTTP request and its answer.

    Odoo can repeat a request after a serialization failure: it remains one exchange.

    :param address: of the client, as the proxy reports it
    :param client: the header `User-Agent`
    :param database: None where none is chosen
    :param started: when it arrived, by `time.perf_counter`
    :ivar routing: what `api_route` declares about the endpoint; None without one
    :ivar operation: None before the caller is known, and for a path without an endpoint
    :ivar caller: None without authentication
    :ivar signed_in: seconds until the caller was known
    :ivar status: of the answer; 0 until it is there
    :ivar error_code: of the error in the answer, or ""
    :ivar is_replay: whether the answer is that of an earlier request
    :ivar sent_bytes: of the body, as far as it was sent
    """

    trace: Trace
    method: str
    path: str
    address: str
    client: str
    database: str | None
    started: float
    routing: dict[str, Any] | None = None
    operation: Operation | None = None
    caller: Caller | None = None
    signed_in: float = 0.0
    status: int = 0
    error_code: str = ""
    is_replay: bool = False
    sent_bytes: int = 0

    @classmethod
    def of(cls, request: Any) -> Exchange:
        """Return the exchange of a request of Odoo, always the same one."""
        exchange = getattr(request, "base_api_exchange", None)
        if exchange is None:
            httprequest = request.httprequest
            exchange = request.base_api_exchange = cls(
                read_trace(httprequest.headers),
                httprequest.method,
                httprequest.path,
                client_address(request) or "",
                httprequest.headers.get("User-Agent", ""),
                request.db,
                time.perf_counter() - seconds_since_arrival(),
            )
            note_exchange(exchange)
        return exchange

    @property
    def seconds(self) -> float:
        """The time since the request arrived."""
        return time.perf_counter() - self.started

    @property
    def route(self) -> str:
        """The path of the endpoint, such as `/search/{model_name}`; "" without one."""
        if self.routing is None or self.routing["catch_all"]:
            return ""
        return path_template(self.routing["routes"][0])

    @property
    def model_name(self) -> str:
        """The model that the request names, as it was sent; "" without one."""
        return (self.operation and self.operation.model_name) or ""
