# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The maximum size of headers, as they are parsed character by character."""

from typing import Any

from ..errors import InvalidParameter

MAX_HEADER_BYTES = 64 * 1024  # of all headers, of a request or of a step of a batch
MAX_PATH_BYTES = 64 * 1024  # the limit of http.server


def check_headers(environ: dict[str, Any]) -> None:
    """Refuse very large headers.

    :param environ: of WSGI, where repeated headers are joined
    :raise InvalidParameter: they are
    """
    size = sum(
        len(value) for name, value in environ.items() if name.startswith("HTTP_")
    )
    if size > MAX_HEADER_BYTES:
        raise InvalidParameter(
            f"The headers have {size} bytes; at most {MAX_HEADER_BYTES} are allowed"
        )
