# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The header `Read-After`: a write answers it, and later reads send it back.

Its value is opaque to clients: a version, and a position in the log of PostgreSQL.
"""

import re
from collections.abc import Mapping

from ..errors import InvalidParameter
from ..errors.details import detail

READ_AFTER = "Read-After"
_TOKEN = re.compile(r"1-([0-9a-f]{16})")


def format_position(position: int) -> str:
    """Return the value of the header for a position."""
    return f"1-{position:016x}"


def read_position(headers: Mapping[str, str]) -> int:
    """Return the position in the headers of a request, 0 without one.

    :raise InvalidParameter: no write has answered such a value
    """
    text = headers.get(READ_AFTER)
    if text is None:
        return 0
    match = _TOKEN.fullmatch(text)
    if not match:
        message = (
            f"{READ_AFTER}={text[:80]} is not allowed, expected the value of this "
            "header in the answer to a write"
        )
        raise InvalidParameter(message, [detail(READ_AFTER, message, "not_allowed")])
    return int(match[1], 16)
