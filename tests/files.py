# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files to send, and the ways to send and fetch them."""

import struct
import zlib

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40


def make_png(size=64):
    """A picture that Odoo has no reason to shrink."""

    def chunk(kind, content):
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    rows = b"".join(
        b"\0" + bytes((row + column) % 256 for column in range(3 * size))
        for row in range(size)
    )
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


PNG = make_png()


def attach(client, content=PDF, filename="a file.pdf", **parts):
    """Attach one file; return the answer's data."""
    files = {"file": (filename, content)}
    return client.succeed(201, "POST", "/attachments", files=files, data=parts)


def binary(model, record_id, field):
    return f"/binary/{model}/{record_id}/{field}"
