# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All headers that the API reads or sends."""

from dataclasses import dataclass

from ..quota_names import POLICY_FIELD, QUOTA_FIELD


@dataclass(frozen=True)
class Header:
    """One header.

    :param description: its meaning in one line
    :param statuses: of the answers that have it; empty for any
    :param browser: whether CORS has to name it: a request header that pages of other
        origins may send, or a response header that they may read (Fetch standard; the
        safelisted ones need no mention)
    """

    name: str
    description: str
    browser: bool = False
    statuses: tuple[int, ...] = ()


REQUEST_HEADERS = (
    Header("api-key", "API key", browser=True),
    Header("session-token", "Session token", browser=True),
    Header("Authorization", "Bearer and an API key or session token", browser=True),
    Header("Content-Encoding", "gzip, if the body is compressed", browser=True),
    Header("Content-Type", "Media type of the body", browser=True),
    Header("Idempotency-Key", "Makes a write safe to repeat", browser=True),
    Header("If-Match", "ETags: write only an unchanged record", browser=True),
    Header("If-None-Match", "ETags: answer only what has changed", browser=True),
    Header("Prefer", "Preferences (RFC 7240)", browser=True),
    Header("Priority", "u=6, u=7: refuse this read first", browser=True),
    Header("Range", "Part of a file", browser=True),
    Header("Read-After", "Read what an earlier write stored", browser=True),
    Header("X-Company-Id", "Ids of the companies to work in", browser=True),
    Header("X-Request-Id", "Names the request in logs and errors", browser=True),
    Header("traceparent", "W3C Trace Context", browser=True),
    Header("X-Timezone", "IANA time zone by which dates are grouped", browser=True),
    Header("Accept", "application/problem+json asks for RFC 9457 errors"),
    Header("Accept-Encoding", "gzip: large answers may be compressed"),
    Header("Accept-Language", "Language of labels, messages and translated fields"),
    Header("Origin", "Origin of the page that sends the request"),
    Header("Sec-Fetch-Site", "same-origin for pages of this server; browsers set it"),
    Header("X-Odoo-Database", "Name of the database, where a server has several"),
)
RESPONSE_HEADERS = (
    Header("Api-Key-Expires", "When the API key expires, if soon", browser=True),
    Header("Content-Disposition", "Name of the file", browser=True),
    Header("Content-Language", "Language of the answer", browser=True),
    Header("Content-Range", "Which part of the file follows", browser=True),
    Header("ETag", "Version of what is answered", browser=True),
    Header("Idempotency-Replayed", "true: answer of an earlier request", browser=True),
    Header("Location", "Path of the created record", browser=True, statuses=(201,)),
    Header("Preference-Applied", "Preferences that were applied", browser=True),
    Header("Read-After", "For later reads, after a write", browser=True),
    Header(QUOTA_FIELD, "What is left of the rate limits", browser=True),
    Header(POLICY_FIELD, "Rate limits of the caller", browser=True),
    Header(
        "Retry-After",
        "Seconds until it is worth trying again",
        browser=True,
        statuses=(429, 503),
    ),
    Header("Server-Timing", "Where the time of the request went", browser=True),
    Header("Total-Count", "Number of records in the export", browser=True),
    Header("X-Request-Id", "As it was sent, or a new one", browser=True),
    Header("traceparent", "As it was sent", browser=True),
    Header("Accept-Ranges", "bytes: parts of the file can be requested"),
    Header("Access-Control-Allow-Headers", "CORS preflight"),
    Header("Access-Control-Allow-Methods", "CORS preflight"),
    Header("Access-Control-Allow-Origin", "CORS"),
    Header("Access-Control-Expose-Headers", "CORS"),
    Header("Access-Control-Max-Age", "CORS preflight"),
    Header("Allow", "Methods that the path supports", statuses=(204, 405)),
    Header("Cache-Control", "Who may keep the answer, and for how long"),
    Header("Content-Encoding", "gzip, if the answer is compressed"),
    Header("Content-Security-Policy", "Keeps browsers from running a file"),
    Header("Content-Type", "Media type of the body"),
    Header("Cross-Origin-Opener-Policy", "Separates the page from its opener"),
    Header("Last-Modified", "When the file was stored"),
    Header("Referrer-Policy", "no-referrer, for the page of the documentation"),
    Header("Vary", "Request headers that the answer depends on"),
    Header("WWW-Authenticate", "How to authenticate", statuses=(401,)),
    Header("X-Content-Type-Options", "nosniff"),
)


def for_browsers(headers: tuple[Header, ...]) -> str:
    """Return the names that CORS has to list, separated by commas."""
    return ", ".join(header.name for header in headers if header.browser)
