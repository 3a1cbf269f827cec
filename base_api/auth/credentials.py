# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The credentials in the headers of a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from odoo.addons.base.models.res_users import INDEX_SIZE

from .tokens import hash_token, is_api_key, is_odoo_key, is_session_token

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


def have_a_form(credentials: Credentials) -> bool:
    """Tell whether there is a credential that could be valid."""
    return next(_conditions(credentials), None) is not None


def are_stored(cr: BaseCursor, credentials: Credentials) -> bool:
    """Tell whether a database has the credentials, as far as they have a valid form.

    A key that has expired does not count: it may have a new date elsewhere.
    """
    conditions = list(_conditions(credentials))
    if not conditions:
        return True
    cr.execute(SQL("SELECT %s", SQL(" AND ").join(conditions)))
    return bool(cr.fetchone()[0])


def _conditions(credentials: Credentials) -> Iterator[SQL]:
    token, key = credentials.session_token, credentials.api_key
    if is_session_token(token):
        hashed = hash_token(token)
        yield SQL("EXISTS (SELECT FROM api_session WHERE token_hash = %s)", hashed)
    if is_api_key(key):
        yield SQL(
            """EXISTS (SELECT FROM res_users_apikeys
                        WHERE scope = 'base_api' AND key = %s
                          AND COALESCE(expiration_date, 'infinity')
                              > NOW() AT TIME ZONE 'utc')""",
            hash_token(key),
        )
    elif is_odoo_key(key):
        yield SQL(
            """EXISTS (SELECT FROM res_users_apikeys
                        WHERE scope IS NULL AND index = %s
                          AND COALESCE(expiration_date, 'infinity')
                              > NOW() AT TIME ZONE 'utc')""",
            key[:INDEX_SIZE],
        )
