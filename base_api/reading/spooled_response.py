# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A file that is read at the speed of the database, however slow its client is."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from odoo import http

from ..protocol.client_connection import ClientConnection, SlowClient
from .spool import Spool

_logger = logging.getLogger(__name__)


class SpooledResponse(http.Response):
    """A response whose content never waits for the client while it is read.

    Reading and sending take turns in the thread of the request: between two chunks as
    much is sent as the client can take without waiting. So there is no second thread,
    which would have to share Python's lock, and the request's context, with this one.

    :param content: iterable of bytes; what it holds open it has to close when it ends
    :param spool_bytes: how many bytes may wait in a file; 0 for no bound
    :param min_rate: bytes a second, slower clients are cut off; 0 for no floor
    """

    def __init__(
        self, content: Iterator, spool_bytes: int, min_rate: int, **options: Any
    ) -> None:
        self._connection = ClientConnection(min_rate)
        pieces = send_ahead(content, Spool(spool_bytes), self._connection)
        super().__init__(pieces, **options)

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Any:
        # werkzeug's server, which is Odoo's, tells the socket. Without it all is read
        # before anything is sent.
        self._connection.attach(environ.get("werkzeug.socket"))
        return super().__call__(environ, start_response)


def send_ahead(content: Iterator, spool: Spool, connection: Any) -> Iterator[bytes]:
    """Yield the content in pieces that the client can take at once.

    Where the client is too slow, the content ends early.
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
