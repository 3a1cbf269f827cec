# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests in bytes, as no HTTP library sends them, and the answers to them."""

import contextlib
import io
import json
import socket
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

import requests

SECONDS = 60


@dataclass(frozen=True)
class RawRequest:
    """A request in bytes, and what it was meant to be.

    :param target: of the request line
    :param headers: pairs of bytes
    :param body: as it was before it was compressed or cut in pieces
    :param content: as it is sent after the headers
    :param is_http: whether an HTTP server has to understand the head of it
    :param source: the address of this machine to send it from
    """

    method: str
    target: str
    headers: tuple
    body: bytes = b""
    content: bytes = b""
    version: str = "HTTP/1.1"
    is_http: bool = True
    source: str = "127.0.0.1"

    def to_bytes(self):
        line = f"{self.method} {self.target} {self.version}".rstrip().encode("latin-1")
        head = [line, *(name + b": " + text for name, text in self.headers)]
        return b"\r\n".join([*head, b"", self.content])

    def prepared(self, url):
        """The request as the library `requests` describes it, to check the answer."""
        parts = urlsplit(url)
        prepared = requests.PreparedRequest()
        prepared.method = self.method
        # The target may be a whole URL (RFC 9112, section 3.2.2).
        is_path = self.target.startswith("/")
        root = f"{parts.scheme}://{parts.netloc}" if is_path else ""
        prepared.url = root + self.target
        prepared.headers = requests.structures.CaseInsensitiveDict(
            (name.decode("latin-1"), text.decode("latin-1"))
            for name, text in self.headers
        )
        prepared.body = self.body
        return prepared


def send(url, request):
    """Send a request; return the answer as one of the library `requests`.

    :return: None where the connection ended without an answer
    """
    received = exchange(url, request.to_bytes(), request.source)
    return parse(received, request.prepared(url))


def exchange(url, raw, source="127.0.0.1"):
    """Send bytes, and nothing after them; return the bytes that come back."""
    parts = urlsplit(url)
    address = (parts.hostname, parts.port)
    received = []
    with socket.create_connection(address, SECONDS, (source, 0)) as connection:
        # A server may answer and close before it has read everything.
        with contextlib.suppress(ConnectionError):
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            received.extend(iter(lambda: connection.recv(65536), b""))
    return b"".join(received)


def parse(received, prepared):
    """The first answer in the bytes that a server sent; None if there is none."""
    stream = _Stream(received)
    answer = HTTPResponse(_Socket(stream), method=prepared.method)
    try:
        answer.begin()
        content = answer.read()
    except HTTPException:
        return None
    response = requests.Response()
    response.status_code = answer.status
    response.headers.update(answer.getheaders())
    response.request = prepared
    response.url = prepared.url
    response.encoding = "utf-8"
    response._content = content
    response.rest = stream.read()
    return response


class _Stream(io.BytesIO):
    """Stays open, to tell what follows the answer."""

    def close(self):
        pass


class _Socket:
    """What `HTTPResponse` needs of a socket."""

    def __init__(self, stream):
        self.stream = stream

    def makefile(self, *_args):
        return self.stream


def is_of_http_server(answer):
    """Whether Python's HTTP server refused a request itself, before Odoo saw it."""
    return b"<title>Error response</title>" in answer.content


def dumps(value):
    """JSON text in bytes, also of NaN, infinity and lone surrogates."""
    return json.dumps(value, allow_nan=True).encode()
