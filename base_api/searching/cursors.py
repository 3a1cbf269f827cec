# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cursors: where a page ended, sealed for the client to send back.

They are encrypted, as the sort values may belong to records that the caller may not
see. The encryption key depends on the query, so that a cursor is valid only for its own
query.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from odoo.tools import misc

from ..errors import InvalidParameter

if TYPE_CHECKING:
    from .keyset import Search


SCOPE = "base_api-cursor"
NONCE_SIZE = 12  # bytes (NIST SP 800-38D, section 5.2.1.1)


def seal(search: Search, position: list[str] | tuple[Any, ...]) -> str:
    """Return the cursor of a position: text that is safe in a URL.

    :param search: a `Search`
    :param position: what `keyset` calls so
    """
    key, text = _key(search), json.dumps(position).encode()
    # A hash of the text: the same page has the same cursor, and so the same ETag.
    nonce = hmac.digest(key, text, hashlib.sha256)[:NONCE_SIZE]
    return _encode(nonce + AESGCM(key).encrypt(nonce, text, None))


def unseal(search: Search, cursor: str) -> list[str] | None:
    """Return the position of a cursor, or None without one.

    :raise InvalidParameter: it was changed, or is of another query
    """
    if not cursor:
        return None
    try:
        token = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if _encode(token) != cursor:  # base64 text is not unique
            raise ValueError
        nonce, sealed = token[:NONCE_SIZE], token[NONCE_SIZE:]
        return json.loads(AESGCM(_key(search)).decrypt(nonce, sealed, None))
    except (InvalidTag, ValueError) as exc:
        raise InvalidParameter(
            "cursor does not belong to this query: send next_cursor unchanged, with "
            "the same caller, model, order, filters, language and companies"
        ) from exc


def _encode(token: bytes) -> str:
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def _key(search: Search) -> bytes:
    """Return the key of the cursors of one query, 32 bytes.

    The caller, the language and the companies determine the values of translated and
    company-dependent fields.
    """
    env = search.model.env
    companies = env.context.get("allowed_company_ids")
    caller = (env.uid, env.lang, companies)
    query = (search.model._name, search.asked, search.sorts, caller)
    # sudo: no caller may read the secret of the database.
    return bytes.fromhex(misc.hmac(env(su=True), SCOPE, repr(query)))
