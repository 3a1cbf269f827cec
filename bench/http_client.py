# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The smallest HTTP client: it must not be what is measured.

Odoo answers in HTTP/1.0 and closes the connection, so a request is one connection. Like
every real client this one is done with as many bytes as Content-Length says: the server
waits some 10 ms for more of the request before it closes (werkzeug's `run_wsgi`).
"""

import json
import re
import socket

# What only failures hold: an RPC tells them with the status of a success.
FAILURES = (b'"error": {', b"<fault>")
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Request:
    """A request as the bytes that go over the wire, made once and sent many times."""

    def __init__(self, method, path, headers=None, body=None):
        content = b"" if body is None else _encode(body)
        headers = {"Host": "localhost", "Connection": "close"} | (headers or {})
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            headers["Content-Length"] = str(len(content))
        lines = [f"{method} {path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.raw = "\r\n".join([*lines, "", ""]).encode() + content


class Answer:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        self.status = int(head.split(None, 2)[1])

    def json(self):
        return json.loads(self.body)


def send(port, request):
    """Send a request; return the whole answer, which must be a success."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request.raw)
        answer = Answer(_receive(connection))
    if answer.status >= 300 or any(mark in answer.body for mark in FAILURES):
        raise RuntimeError(
            f"{request.raw[:200]} -> {answer.status} {answer.body[:500]}"
        )
    return answer


def _receive(connection):
    """Return the bytes of an answer: it ends by its length or with the connection."""
    raw = bytearray()
    expected = None
    while expected is None or len(raw) < expected:
        part = connection.recv(1 << 20)
        if not part:
            break
        raw += part
        if expected is None and (end := raw.find(b"\r\n\r\n")) >= 0:
            length = CONTENT_LENGTH.search(raw, 0, end)
            expected = end + 4 + int(length[1]) if length else None
    return bytes(raw)


def stream(port, request):
    """Send a request; read the answer and forget it; return its number of bytes."""
    total = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request.raw)
        while part := connection.recv(1 << 20):
            total += len(part)
    return total


def _encode(body):
    return body if isinstance(body, bytes) else json.dumps(body).encode()
