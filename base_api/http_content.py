# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The body of an HTTP request."""

from collections.abc import Iterator
from typing import Any

from .errors import UnsupportedEncoding
from .lookup import get_model
from .protocol import multipart
from .protocol.bodies import parse_content, read_content
from .protocol.compression import check_encoding

CHUNK = 64 * 1024  # bytes of a file at a time


class HttpContent:
    """The body of an HTTP request: JSON, or `multipart/form-data` where possible."""

    def __init__(self, httprequest: Any) -> None:
        self._httprequest = httprequest
        self._content: bytes | None = None

    def parse(
        self, env: Any, routing: dict[str, Any], path_arguments: dict[str, Any]
    ) -> Any:
        """Return the body, as the route declares it.

        :raise ApiError: see `protocol.bodies` and `multipart`
        """
        httprequest, body = self._httprequest, routing["body"]
        if body.multipart and httprequest.mimetype == multipart.MIMETYPE:
            if check_encoding(httprequest.headers.get("Content-Encoding")):
                raise UnsupportedEncoding("Multipart bodies must not be compressed")
            model_name = routing["model"] or path_arguments["model_name"]
            read = multipart.READERS[body.multipart]
            return read(get_model(env, model_name), httprequest)
        self._content = read_content(httprequest, body)
        return parse_content(env, self._content, body)

    def check_absent(self, title: str) -> None:
        """Ignore a body that the route does not take."""

    def parts(self) -> Iterator[bytes]:
        """Yield everything that was sent, in pieces.

        Not the bytes of a multipart body, whose boundary differs each time, and not
        those of a compressed body, which may contain the time of its compression.
        """
        httprequest = self._httprequest
        if self._content is not None:
            yield self._content
            return
        if httprequest.mimetype != multipart.MIMETYPE:
            yield httprequest.get_data()
            return
        for name, value in httprequest.form.items(multi=True):
            yield repr((name, value)).encode()
        for name, file in httprequest.files.items(multi=True):
            yield repr((name, file.filename, file.mimetype)).encode()
            while chunk := file.stream.read(CHUNK):
                yield chunk
            file.stream.seek(0)
