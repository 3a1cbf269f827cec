# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The connection to the client: its readiness and its speed."""

import selectors
import socket
import struct
from typing import Any

try:
    import fcntl
    import termios
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# For one socket; epoll would need another file descriptor.
Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)
PIECE = 256 * 1024  # bytes, the most that are sent at once
MIN_PIECE = 4 * 1024
WINDOW = 120  # seconds over which the speed of a client is measured
TICK = 1  # seconds between two checks of a client that receives nothing


class SlowClient(Exception):
    """The client is too slow."""


class ClientConnection:
    """How much a client can receive now, and whether it is fast enough.

    A client may fall behind the minimum rate by as much as that rate yields in `WINDOW`
    seconds. Only acknowledged bytes count, and only the time for which the server
    waits.

    :param min_rate: bytes a second; 0 for no minimum. It needs Linux, which reports the
        acknowledged bytes.
    """

    def __init__(self, min_rate: int) -> None:
        self._min_rate = min_rate
        self._allowance = min_rate * WINDOW  # bytes by which it may still fall behind
        self._socket: Any = None
        self._selector: Any = None

    def attach(self, connection: socket.socket | None) -> None:
        """Use the socket of the client; without one it is neither ready nor slow."""
        if connection is not None:
            self._socket = connection
            self._selector = Selector()
            self._selector.register(connection, selectors.EVENT_WRITE)

    def close(self) -> None:
        """Forget the socket, which the server closes."""
        if self._selector is not None:
            self._selector.close()
        self._socket = self._selector = None

    def is_ready(self) -> bool:
        """Tell whether `room` bytes can be sent without waiting.

        A broken connection counts as ready: sending on it raises the error.
        """
        return self._selector is not None and bool(self._selector.select(0))

    def room(self) -> int:
        """Return the number of bytes to send at once.

        Linux calls a socket writable when a third of its buffer is free
        (`sk_stream_is_writeable`).
        """
        if self._socket is None:
            return PIECE
        size = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        return max(MIN_PIECE, min(PIECE, size // 4))

    def wait(self) -> None:
        """Wait until the client is ready.

        :raise SlowClient: it is slower than the minimum rate, or received nothing for
            the timeout of the server: 2 s in Odoo's workers
            (`ODOO_HTTP_SOCKET_TIMEOUT`)
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
        """Count what the client received while the server waited."""
        rate = self._min_rate
        allowance = self._allowance + taken - rate * seconds
        self._allowance = min(allowance, rate * WINDOW)
        if rate and allowance < 0:
            raise SlowClient(f"The client took less than {rate} bytes a second")

    def _unsent(self) -> int:
        """Return the number of bytes that the client has not acknowledged."""
        if fcntl is None:
            self._min_rate = 0
            return 0
        try:
            size = fcntl.ioctl(self._socket, termios.TIOCOUTQ, bytes(4))
        except OSError:
            self._min_rate = 0
            return 0
        return struct.unpack("i", size)[0]
