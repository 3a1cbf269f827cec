# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The connection to the client, as far as an answer has to know of it."""

import selectors
import socket
import struct
from typing import Any

try:
    import fcntl
    import termios
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# For one socket; epoll would take a descriptor of its own.
Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)
PIECE = 256 * 1024  # bytes, the most that are sent at once
MIN_PIECE = 4 * 1024
WINDOW = 120  # seconds over which the speed of a client is measured
TICK = 1  # seconds between two looks at a client that takes nothing


class SlowClient(Exception):
    """The client takes too little for an answer to go on."""


class ClientConnection:
    """What a client can take now, and whether it is fast enough.

    A client may fall behind the least rate by as much as that rate gives in
    `WINDOW` seconds. What counts is what arrived (the acknowledged bytes), and
    only the time for which the server waits.

    :param min_rate: bytes a second; 0 for no floor. Nor is there one where the system
        does not tell what arrived, which Linux does.
    """

    def __init__(self, min_rate: int) -> None:
        self._min_rate = min_rate
        self._allowance = min_rate * WINDOW  # bytes that it may still fall behind
        self._socket: Any = None
        self._selector: Any = None

    def attach(self, connection: socket.socket | None) -> None:
        """Use the socket of the client; without one it is never ready, nor slow."""
        if connection is not None:
            self._socket = connection
            self._selector = Selector()
            self._selector.register(connection, selectors.EVENT_WRITE)

    def close(self) -> None:
        """Forget the socket, which is for the server to close."""
        if self._selector is not None:
            self._selector.close()
        self._socket = self._selector = None

    def is_ready(self) -> bool:
        """Tell whether `room` bytes can be sent without waiting.

        A connection that broke is ready too: to send on it tells the server.
        """
        return self._selector is not None and bool(self._selector.select(0))

    def room(self) -> int:
        """Return how many bytes to send at once when the connection is ready.

        Linux calls a socket writable when a third of its buffer is free
        (`sk_stream_is_writeable`).
        """
        if self._socket is None:
            return PIECE
        size = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        return max(MIN_PIECE, min(PIECE, size // 4))

    def wait(self) -> None:
        """Wait until the client is ready.

        :raise SlowClient: it is slower than the least rate, or took nothing for as long
            as the server allows: 2 s in Odoo's workers (`ODOO_HTTP_SOCKET_TIMEOUT`)
        """
        if self._selector is None or self.is_ready():
            return
        timeout = self._socket.gettimeout()
        tick = min(TICK, timeout or TICK)
        unsent, waited = self._unsent(), 0
        while not self._selector.select(tick):
            waited += tick
            still_unsent = self._unsent()
            self._note(unsent - still_unsent, tick)
            unsent = still_unsent
            if timeout and waited >= timeout:
                raise SlowClient(f"The client was not ready for {timeout:g} s")

    def _note(self, taken: int, seconds: int) -> None:
        """Count what the client took in some time of waiting."""
        rate = self._min_rate
        allowance = self._allowance + taken - rate * seconds
        self._allowance = min(allowance, rate * WINDOW)
        if rate and allowance < 0:
            raise SlowClient(f"The client took less than {rate} bytes a second")

    def _unsent(self) -> int:
        """Return how many bytes have yet to arrive at the client."""
        if fcntl is None:
            self._min_rate = 0
            return 0
        try:
            size = fcntl.ioctl(self._socket, termios.TIOCOUTQ, bytes(4))
        except OSError:
            self._min_rate = 0
            return 0
        return struct.unpack("i", size)[0]
