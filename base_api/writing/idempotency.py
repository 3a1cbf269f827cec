# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ``Idempotency-Key`` header: a write that may be sent again and happens once.

After the draft draft-ietf-httpapi-idempotency-key-header; where the answers are kept is
in :mod:`~.models.api_idempotency`.
"""

import hashlib
import hmac
import re

from ..auth.signed_key import current_restrictions
from ..errors import InvalidParameter

HEADER = "Idempotency-Key"
REPLAYED = {"Idempotency-Replayed": "true"}
# What belongs to the answer; other headers are about the request that is answered.
KEPT_HEADERS = (
    "Content-Language",
    "Content-Type",
    "ETag",
    "Location",
    "Preference-Applied",
)
CHUNK = 64 * 1024  # bytes of a file at a time

_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def read_key(headers):
    """Return the key of a request, or None.

    :raise InvalidParameter: it is not 1 to 255 visible ASCII characters
    """
    key = headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidParameter(f"{HEADER} must be 1 to 255 visible ASCII characters")
    return key


def hash_key(key):
    """Return under what a key is stored."""
    return hashlib.sha256(key.encode()).hexdigest()


def fingerprint(key, httprequest, env, context):
    """Return by what a request is recognised, without storing anything of it.

    Keyed with the key itself, of which only a hash is stored: a body may hold a
    password, which a plain hash would give away to who guesses many.

    :param context: what decides on what is written and stands in other headers; with
        the restrictions of the API key, so that no key is answered what was for one
        that may do more. ``Prefer`` only says what an answer looks like.
    """
    digest = hmac.new(key.encode(), digestmod=hashlib.sha256)
    query = sorted(httprequest.args.items(multi=True))
    restrictions = current_restrictions(env)
    head = (httprequest.method, httprequest.path, query, context, restrictions)
    _add(digest, repr(head).encode())
    if httprequest.mimetype == "multipart/form-data":
        _add_parts(digest, httprequest)
    else:
        _add(digest, httprequest.get_data())
    return digest.hexdigest()


def kept_answer(response):
    """Return ``(status, headers, body)`` of an answer as it is stored.

    :return: the body is None where it is no JSON, or holds a secret that is shown once
    """
    headers = {
        name: response.headers[name]
        for name in KEPT_HEADERS
        if name in response.headers
    }
    secret = "no-store" in response.headers.get("Cache-Control", "")
    body = response.get_data(as_text=True) if response.is_json and not secret else None
    return response.status_code, headers, body


def _add(digest, content):
    # With its length, so that nothing can move from one part to the next.
    digest.update(b"%d:" % len(content))
    digest.update(content)


def _add_parts(digest, httprequest):
    """Add what was sent: the boundary between the parts is another one each time."""
    for name, value in httprequest.form.items(multi=True):
        _add(digest, repr((name, value)).encode())
    for name, file in httprequest.files.items(multi=True):
        _add(digest, repr((name, file.filename, file.mimetype)).encode())
        while chunk := file.stream.read(CHUNK):
            _add(digest, chunk)
        file.stream.seek(0)
