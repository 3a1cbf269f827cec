# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ETags (RFC 9110, section 8.8.3): which state of a thing an answer shows.

Two kinds. Every successful GET has at least a weak one, `W/"<digest>"`, of the bytes
of its body. The answer about one record has a strong one, `"<version>-<digest>"`,
whose version is that of the record (`versions`) whatever fields were read, and
in whatever language. So `If-None-Match` compares all of it, and `If-Match`, which
asks whether the record is still the one that was read, the version alone. Answers to
writes have it to go on with: of the record, as their own URL has no representation.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from werkzeug.http import parse_etags, quote_etag

if TYPE_CHECKING:
    from ..envelope import Answer


DIGEST_SIZE = 10  # bytes
MAX_CONDITION = 64 * 1024  # characters of If-Match
# What else than the URL an answer depends on (RFC 9110, section 12.5.5).
VARY = (
    "Accept-Language, Authorization, Prefer, X-Company-Id, X-Timezone, api-key, "
    "session-token"
)


def add_etag(
    response: Any, method: str, if_none_match: str | None, version: str
) -> None:
    """Give a successful response its ETag; 304 if the caller has it already.

    :param response: in full; one that no cache may keep stays as it is
    :param if_none_match: that header of the request, or nothing
    :param version: of the one record that the response is about, or nothing
    """
    is_reading = method in ("GET", "HEAD")
    headers = response.headers
    if "Cache-Control" in headers or not (is_reading or version):
        return
    tag = make_tag(response.get_data(), version)
    response.set_etag(tag, weak=not version)
    if is_reading:
        # A cache, always a private one, asks here each time before it answers itself.
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
    """Tell whether one of the ETags of a condition is of this version of a record.

    Also a weak one: a proxy that compresses (nginx) makes a strong one weak, and the
    version in it says what it said. Those of lists hold no version.

    :param version: empty for a record that has none: only `*` is met
    """
    if condition.star_tag or not version:
        return condition.star_tag
    tags = condition.as_set(include_weak=True)
    return any(tag and tag.partition("-")[0] == version for tag in tags)
