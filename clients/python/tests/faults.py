# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A connection to the real server that breaks where a test wants it to.

It forwards one request at a time over TCP, and can lose the request, lose the answer,
cut the answer, or answer in place of the server, as a proxy does.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from typing_extensions import Self

Fault = Callable[["Exchange"], None]


@dataclass
class Request:
    """A request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes


class Exchange:
    """A request, and the connections to the client and to the server."""

    def __init__(
        self, client: socket.socket, server: tuple[str, int], request: Request
    ) -> None:
        self.client = client
        self._server = server
        self._request = request

    def fetch(self) -> bytes:
        """Return the whole answer of the server."""
        with socket.create_connection(self._server, timeout=60) as connection:
            connection.sendall(self._request.raw)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def forward(exchange: Exchange) -> None:
    exchange.client.sendall(exchange.fetch())


def lose_request(exchange: Exchange) -> None:
    """Close the connection before the server sees the request."""


def lose_answer(exchange: Exchange) -> None:
    """Close the connection after the server carried out the request."""
    exchange.fetch()


def cut_answer(size: int) -> Fault:
    """Send only the first bytes of the answer."""

    def cut(exchange: Exchange) -> None:
        answer = exchange.fetch()
        assert len(answer) > size, "the answer is too short to be cut there"
        exchange.client.sendall(answer[:size])

    return cut


def answer(status: int, **headers: str) -> Fault:
    """Answer with a status and an HTML page, as proxies do."""

    def send(exchange: Exchange) -> None:
        lines = [f"HTTP/1.1 {status} Fault", "Content-Type: text/html"]
        for name, value in headers.items():
            lines.append(f"{name.replace('_', '-')}: {value}")
        lines += ["Content-Length: 4", "Connection: close", "", "oops"]
        exchange.client.sendall("\r\n".join(lines).encode())

    return send


class FaultyServer(socketserver.ThreadingTCPServer):
    """The server at `url`; `faults` are used up, one for each request.

    :param matching: the faults are for requests whose path contains this text
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        parts = urlsplit(target)
        self.target = (parts.hostname or "", parts.port or 80)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.faults: list[Fault] = []
        self.matching = ""
        self.requests: list[Request] = []
        self.lock = threading.Lock()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.shutdown()
        self.server_close()

    def to(self, path: str) -> list[Request]:
        """Return the requests whose path contains a text."""
        return [request for request in self.requests if path in request.path]

    def next_fault(self, request: Request) -> Fault:
        with self.lock:
            self.requests.append(request)
            if self.faults and self.matching in request.path:
                return self.faults.pop(0)
        return forward


class _Handler(socketserver.StreamRequestHandler):
    server: FaultyServer

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            request = self._read()
            if request:
                exchange = Exchange(self.connection, self.server.target, request)
                self.server.next_fault(request)(exchange)

    def _read(self) -> Request | None:
        """Read a request; the server is asked to close the connection after it."""
        start = self.rfile.readline()
        if not start:
            return None
        headers = {}
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        headers["connection"] = "close"
        lines = [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join([start.decode().strip(), *lines, "", ""])
        method, path, _ = start.decode().split()
        return Request(method, path, headers, head.encode("latin-1") + body)
