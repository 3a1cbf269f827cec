# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A client that decides for each byte of its request when it is sent."""

import json
import socket
from urllib.parse import urlsplit


class RawClient:
    """One connection, and one write.

    :param client: where to, and with which headers
    :param request: `(method, path, body)`
    """

    def __init__(self, client, request, idempotency_key):
        address = urlsplit(client.url)
        verb, path, body = request
        content = json.dumps(body).encode()
        headers = {"Host": address.netloc, "Content-Type": "application/json"}
        headers |= {"Content-Length": len(content), "Connection": "close"}
        headers |= {"Idempotency-Key": idempotency_key}
        headers |= {
            name.replace("_", "-"): text for name, text in client.headers.items()
        }
        lines = [f"{verb} {address.path}{path} HTTP/1.1"]
        lines += [f"{name}: {text}" for name, text in headers.items()]
        self.request = "\r\n".join([*lines, "", ""]).encode() + content
        self.socket = socket.create_connection((address.hostname, address.port), 60)

    def send(self, part):
        self.socket.sendall(part)

    def read_status(self):
        """Read the whole answer; return its status."""
        parts = iter(lambda: self.socket.recv(2**16), b"")
        return int(b"".join(parts).split()[1])

    def close(self):
        self.socket.close()
