# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The credentials in the headers of a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .tokens import is_session_token

_BEARER = re.compile(r"bearer\s+(?P<token>\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Credentials:
    """The session token and the API key of a request; either may be empty."""

    session_token: str
    api_key: str


def read_credentials(headers: Any) -> Credentials:
    """Read `session-token`, `api-key` and `Authorization: Bearer` (RFC 6750).

    A bearer token replaces the missing header; its form tells which one. The query
    string is never read, as URLs end up in logs.
    """
    session_token = headers.get("session-token", "").strip()
    api_key = headers.get("api-key", "").strip()
    match = _BEARER.fullmatch(headers.get("Authorization", "").strip())
    if match and is_session_token(match["token"]):
        session_token = session_token or match["token"]
    elif match:
        api_key = api_key or match["token"]
    return Credentials(session_token, api_key)
