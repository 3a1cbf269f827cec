# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep credentials in URLs out of the server's log.

Such a request is refused, but its line in the access log would contain the credential.
A filter on the loggers that print URLs replaces it in every process that has imported
this addon; a worker does so before its first request to a database.
"""

import logging
import re
from typing import Any
from urllib.parse import unquote

# werkzeug, gevent (`odoo.service.server`), and the dump of the stacks of all threads.
LOGGERS = ("werkzeug", "longpolling", "odoo.tools.misc")
HIDDEN = "***"

# Parts of names of parameters with secret values.
SECRET_NAMES = (
    *("apikey", "api-key", "api_key", "token", "authorization", "bearer", "credential"),
    *("password", "passwd", "pwd", "secret", "totp"),
)

_API = re.compile(r"/api\b", re.IGNORECASE)
# "name=value" after the beginning of a parameter.
_PAIR = re.compile(r"(?P<name>[?&;/][^?&;/=#\s]*)=(?P<value>[^&#]*?)(?=[&#]| HTTP/|$)")
_WORD = re.compile(r"[^\s/?&=;#,\"']+")
_OWN_KEY = re.compile(r"oak_[\w-]{8,}")
# The tokens of auth/tokens.py: keys of this addon, session tokens, keys of Odoo.
_SECRET = re.compile(
    rf"{_OWN_KEY.pattern}"
    r"|(?<![A-Za-z0-9])(?:[A-Za-z0-9]{48}|[0-9a-f]{40})(?![A-Za-z0-9])"
)
# Substrings of all relevant lines, for a quick test.
_HINTS = ("%", "oak_", *SECRET_NAMES)
_LONG = re.compile(r"[A-Za-z0-9]{40}")
_MAX_DECODING = 5  # a URL that was encoded more than once


def redact(text: str) -> str:
    """Return a text without the credentials of the URLs in it.

    :param text: a log line or a path, percent-encoded or not; in URLs outside the API,
        only keys of this addon are removed
    """
    if not (_has_any(_HINTS, text) or _LONG.search(text)):
        return text
    if not _API.search(_decode(text)):
        return _hide(_OWN_KEY, text)
    return _hide(_SECRET, _PAIR.sub(_hide_value, text))


def _has_any(words: tuple[str, ...], text: str) -> bool:
    text = text.lower()
    return any(word in text for word in words)


def _hide_value(match: Any) -> str:
    if _has_any(SECRET_NAMES, _decode(match["name"])):
        return f"{match['name']}={HIDDEN}"
    return match[0]


def _hide(pattern: Any, text: str) -> str:
    """Replace matches of a pattern, also in words that match after decoding."""
    text = pattern.sub(HIDDEN, text)
    if "%" not in text:
        return text
    return _WORD.sub(
        lambda word: HIDDEN if pattern.search(_decode(word[0])) else word[0], text
    )


def _decode(text: str) -> str:
    for _time in range(_MAX_DECODING):
        if "%" not in text:
            break
        text = unquote(text)
    return text


def _filter(record: Any) -> bool:
    try:
        text = record.getMessage()
    except (KeyError, TypeError, ValueError):
        return True  # an error of the caller, which the handler reports
    redacted = redact(text)
    if redacted != text:
        record.msg, record.args = redacted, ()
    return True


for _name in LOGGERS:
    logging.getLogger(_name).addFilter(_filter)
