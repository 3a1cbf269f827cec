# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A client that takes as little of an answer as it wants."""

import io
import socket
from email.parser import BytesHeaderParser
from urllib.parse import urlsplit

RECEIVE_BUFFER = 4096  # the network must not take all there is for it


class SlowClient:
    """One request, and its answer a few bytes at a time."""

    def __init__(self, client, path):
        address = urlsplit(client.url)
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self.socket.settimeout(60)
        self.socket.connect((address.hostname, address.port))
        names = {"Host": address.netloc} | client.headers
        lines = [f"GET {address.path}{path} HTTP/1.0"]
        lines += [f"{name.replace('_', '-')}: {text}" for name, text in names.items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.file = self.socket.makefile("rb", buffering=0)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        self.file.close()
        self.socket.close()

    def read_head(self):
        """Read status and headers, and not a byte more."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.file.read(1)
            assert byte, head
            head += byte
        first, _, headers = head.partition(b"\r\n")
        self.status = int(first.split()[1])
        self.headers = BytesHeaderParser().parsebytes(headers)
        return self

    def read(self, size):
        return self.file.read(size)

    def read_all(self):
        """Read what is left as fast as it comes."""
        parts = iter(lambda: self.file.read(2**16), b"")
        return b"".join(parts)

    def decode(self, content):
        """Return the body that a server sent as this content (RFC 9112, 7.1)."""
        if self.headers["Transfer-Encoding"] != "chunked":
            return content
        body, file = b"", io.BytesIO(content)
        while size := int(file.readline(), 16):
            body += file.read(size)
            file.readline()
        return body
