# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a response is sent (`odoo.http.Response`).

Odoo calls a response as a WSGI application after the transaction has ended. That method
is wrapped once, when this module is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from werkzeug.wsgi import ClosingIterator

from odoo import http

_ATTRIBUTE = "_base_api_watchers"


def when_sent(response: Any, begin: Callable[[], None], note: Callable) -> None:
    """Call functions when a response is sent.

    :param begin: called once, before the first byte
    :param note: called with the number of bytes of each piece of the body
    """
    vars(response)[_ATTRIBUTE] = begin, note


def _watch(call: Callable) -> Callable:
    @wraps(call)
    def send(response: Any, environ: Any, start_response: Callable) -> Any:
        watchers = vars(response).pop(_ATTRIBUTE, None)
        content = call(response, environ, start_response)
        if watchers is None:
            return content
        begin, note = watchers
        begin()
        close = getattr(content, "close", None)
        return ClosingIterator(_noted(content, note), close)

    return send


def _noted(content: Iterable[bytes], note: Callable) -> Iterator[bytes]:
    for piece in content:
        note(len(piece))
        yield piece


http.Response.__call__ = _watch(http.Response.__call__)
