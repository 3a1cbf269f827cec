# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The `Idempotency-Key` header: a write that is carried out once, even if repeated.

See the draft draft-ietf-httpapi-idempotency-key-header. The answers are stored in
`models.api_idempotency`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Any

from odoo.api import Environment

from ..auth.api_key import current_key, current_restrictions
from ..envelope import JSON_TYPE, Answer
from ..errors import InvalidParameter
from ..protocol.etags import answer_etag

if TYPE_CHECKING:
    from ..operations.operation import Operation
    from ..request_scope import RequestScope


HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
# Headers of the stored answer; others depend on the repeated request.
KEPT_HEADERS = (
    "Content-Language",
    "Content-Type",
    "ETag",
    "Location",
    "Preference-Applied",
)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def read_key(headers: Any) -> str | None:
    """Return the key of a request, or None.

    :raise InvalidParameter: it is not 1 to 255 visible ASCII characters
    """
    key = headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidParameter(f"{HEADER} must be 1 to 255 visible ASCII characters")
    return key


def hash_key(key: str) -> str:
    """Return the stored form of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def fingerprint(
    key: str, operation: Operation, env: Environment, localization: dict[str, Any]
) -> str:
    """Return a hash that identifies a request.

    It is keyed with the key itself, of which only a hash is stored: a body may contain
    a password, which could be guessed from a plain hash.

    :param localization: the options of other headers that affect what is written. The
        restrictions of the API key are included, so that a key does not get the answer
        of one that may do more. `Prefer` is not, as it only affects the answer.
    """
    digest = hmac.new(key.encode(), digestmod=hashlib.sha256)
    query = sorted(operation.query.items(multi=True))
    restrictions = current_restrictions(env)
    head = (operation.method, operation.path, query, localization, restrictions)
    _add(digest, repr(head).encode())
    # Apart from the others, so that requests before an update are recognised after it.
    if restrictions.external_id_prefix:
        _add(digest, restrictions.external_id_prefix.encode())
    request_key = current_key(env)
    if request_key and request_key.learning and request_key.has_learned:
        _add(digest, request_key.learning.to_json().encode())
    for part in operation.content.parts():
        _add(digest, part)
    return digest.hexdigest()


def kept_answer(answer: Answer, scope: RequestScope) -> tuple[Any, ...]:
    """Return the stored form of an answer: `(status, headers, body)`.

    :param scope: the `RequestScope` of the request
    :return: the body is None for a file, and for an answer with a secret
    """
    if not isinstance(answer, Answer):
        return answer.status_code, _kept(answer.headers), None
    headers = {"Content-Type": JSON_TYPE} | scope.headers() | answer.headers
    if etag := answer_etag(answer):
        headers["ETag"] = etag
    body = None if answer.is_secret else answer.content()
    return int(answer.status), _kept(headers), body


def _kept(headers: dict[str, Any]) -> dict[str, Any]:
    return {name: headers[name] for name in KEPT_HEADERS if name in headers}


def _add(digest: Any, content: bytes) -> None:
    # With its length, so that parts cannot be confused.
    digest.update(b"%d:" % len(content))
    digest.update(content)
