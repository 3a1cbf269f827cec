# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ETags (RFC 9110, section 8.8.3).

There are two kinds. Every successful GET has at least a weak one, `W/"<digest>"`, of
the bytes of its body. Answers about one record have a strong one,
`"<version>-<digest>"`, with the version of the record (`reading.versions`), which does
not depend on the fields and the language. `If-None-Match` compares the whole ETag, and
`If-Match` only the version. Answers to writes have the ETag of the record.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from werkzeug.http import parse_etags, quote_etag

if TYPE_CHECKING:
    from ..envelope import Answer


DIGEST_SIZE = 10  # bytes
MAX_CONDITION = 64 * 1024  # characters of If-Match
# Headers that answers depend on (RFC 9110, section 12.5.5).
VARY = (
    "Accept-Encoding, Accept-Language, Authorization, Prefer, X-Company-Id, "
    "X-Timezone, api-key, session-token"
)


def add_etag(
    response: Any, method: str, if_none_match: str | None, version: str
) -> None:
    """Set the ETag of a successful response, or 304 if the client has it already.

    :param response: not changed if it must not be cached
    :param if_none_match: that header of the request, or None
    :param version: of the record, in responses about one record
    """
    is_reading = method in ("GET", "HEAD")
    headers = response.headers
    if "Cache-Control" in headers or not (is_reading or version):
        return
    tag = make_tag(response.get_data(), version)
    response.set_etag(tag, weak=not version)
    if is_reading:
        # Private caches may store the response, and revalidate it each time.
        headers["Cache-Control"] = "private, no-cache"
        headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), VARY)))
        if parse_etags(if_none_match).contains_weak(tag):
            response.status_code = 304  # werkzeug sends neither body nor its headers


def answer_etag(answer: Answer) -> str | None:
    """Return the ETag of the answer to a write, in quotes, or None.

    :param answer: an `Answer`
    """
    if not answer.version or "Cache-Control" in answer.headers:
        return None
    return quote_etag(make_tag(answer.content().encode(), answer.version))


def make_tag(content: bytes, version: str) -> str:
    """Return the ETag of an answer, without its quotes.

    :param bytes content: of the answer
    """
    digest = blake2b(content, digest_size=DIGEST_SIZE).hexdigest()
    return f"{version}-{digest}" if version else digest


def to_condition(text: Any) -> Any:
    """Cast the value of `If-Match`: ETags, or `*` for any state.

    :return: `werkzeug.datastructures.ETags`
    """
    is_short = isinstance(text, str) and len(text) <= MAX_CONDITION
    tags = parse_etags(text.strip()) if is_short else None
    if not tags:
        raise ValueError("ETags in quotes, separated by commas, or *")
    return tags


def is_met(condition: Any, version: str) -> bool:
    """Tell whether one of the ETags of a condition has this version of a record.

    Weak ones count, too: proxies that compress (nginx) make strong ETags weak. ETags of
    lists have no version.

    :param version: empty for a record without one, which only `*` matches
    """
    if condition.star_tag or not version:
        return condition.star_tag
    tags = condition.as_set(include_weak=True)
    return any(tag and tag.partition("-")[0] == version for tag in tags)
