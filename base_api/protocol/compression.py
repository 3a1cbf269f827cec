# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compressed bodies and answers: `Content-Encoding: gzip` (RFC 9110, section 8.4)."""

import zlib
from typing import Any

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from ..errors import InvalidJson, PayloadTooLarge, UnsupportedEncoding

GZIP = ("gzip", "x-gzip")
MIN_BYTES = 64 * 1024  # of an answer that is worth compressing
_FASTEST = 1
_GZIP_ONLY = 16 + zlib.MAX_WBITS  # with the header and the checksum of gzip


def check_encoding(encoding: str | None) -> bool:
    """Return whether a body is compressed with gzip.

    :param encoding: the header `Content-Encoding`, or None
    :raise UnsupportedEncoding: it is another one
    """
    name = (encoding or "identity").strip().lower()
    if name not in (*GZIP, "identity", ""):
        raise UnsupportedEncoding(
            f"Content-Encoding: {name[:80]} is not supported, expected gzip or identity"
        )
    return name in GZIP


def inflate(raw: bytes, most: int | None) -> bytes:
    """Return the content of a body compressed with gzip.

    :param most: maximum size in bytes of the content, None for no bound
    :raise InvalidJson: it is not gzip, or truncated
    :raise PayloadTooLarge: the content is larger than `most`
    """
    stream = zlib.decompressobj(_GZIP_ONLY)
    try:
        content = stream.decompress(raw, 0 if most is None else most + 1)
    except zlib.error as exc:
        raise InvalidJson("The body is not valid gzip") from exc
    if most is not None and len(content) > most:
        raise PayloadTooLarge(f"The body is larger than {most} bytes when inflated")
    if not stream.eof or stream.unused_data:
        raise InvalidJson("The body is not valid gzip, or was truncated")
    return content


def compress(response: Any, accepted: str | None) -> None:
    """Compress the body of a large answer, for a client that accepts gzip.

    Not an answer that must not be cached: it may contain a secret, the length of whose
    compressed form would depend on it.

    :param accepted: the header `Accept-Encoding`, or None
    """
    headers = response.headers
    content = response.get_data()
    if len(content) < MIN_BYTES or "no-store" in headers.get("Cache-Control", ""):
        return
    if not parse_accept_header(accepted, Accept)["gzip"]:
        return
    stream = zlib.compressobj(_FASTEST, wbits=_GZIP_ONLY)
    response.set_data(stream.compress(content) + stream.flush())
    headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        # A strong ETag stands for the very same bytes.
        response.set_etag(tag, weak=True)
