# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Responses that are read at the speed of the database, even with a slow client."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from odoo import http

from ..protocol.client_connection import ClientConnection, SlowClient
from .spool import Spool

_logger = logging.getLogger(__name__)


class SpooledResponse(http.Response):
    """A response whose content is read without waiting for the client.

    Reading and sending alternate in the thread of the request: between two chunks, as
    much is sent as the client can receive without waiting. So no second thread is
    needed.

    :param content: iterable of bytes; it must close its resources when it ends
    :param spool_bytes: maximum number of bytes in the file; 0 for no bound
    :param min_rate: bytes a second; slower clients are disconnected; 0 for no minimum
    """

    def __init__(
        self, content: Iterator, spool_bytes: int, min_rate: int, **options: Any
    ) -> None:
        self._connection = ClientConnection(min_rate)
        pieces = send_ahead(content, Spool(spool_bytes), self._connection)
        super().__init__(pieces, **options)

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Any:
        # werkzeug's server, which Odoo uses, provides the socket. Without it,
        # everything is read before it is sent.
        self._connection.attach(environ.get("werkzeug.socket"))
        return super().__call__(environ, start_response)


def send_ahead(content: Iterator, spool: Spool, connection: Any) -> Iterator[bytes]:
    """Yield the content in pieces that the client can receive at once.

    The content ends early if the client is too slow.
    """
    with closing(connection), closing(spool):
        try:
            yield from _read_ahead(content, spool, connection)
        except SlowClient as exc:
            _logger.info("A file was cut off: %s", exc)


def _read_ahead(content: Iterator, spool: Spool, connection: Any) -> Iterator[bytes]:
    for chunk in content:
        while chunk := spool.put(chunk):  # the spool is full
            connection.wait()
            yield spool.take(connection.room())
        while spool and connection.is_ready():
            yield spool.take(connection.room())
    while spool:
        connection.wait()
        yield spool.take(connection.room())
