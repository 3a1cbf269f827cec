# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refuse HTML that Odoo's sanitizer would be too slow for."""

from collections.abc import Iterator
from typing import Any

from odoo.api import Environment

from ..errors.details import join
from ..orm.spending import spend
from ..settings import bound
from .html_work import html_work

_BOUND = "max_html_bytes"


def check_html(env: Environment, text: str) -> None:
    """Refuse an HTML text that is too slow, alone or with the others of the request.

    :raise ValueError: with what is allowed
    """
    most = bound(env, _BOUND)
    if not most:
        return
    plain, slow = html_work(text, most)
    if plain + slow > most:
        raise ValueError(
            f"at most {most} bytes of HTML ({_BOUND}), these {len(text)} characters "
            f"count as {int(plain + slow)}: {_REASON}"
        )
    if slow and spend(env.cr, _BOUND, slow) > most:
        raise ValueError(
            "HTML that is faster to sanitize; with the rest of the request it counts "
            f"as more than {most} bytes ({_BOUND}): {_REASON}"
        )


def find_html(
    value: dict[str, Any] | list[Any], pointer: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield `(pointer, text)` of the texts in a value that may be HTML.

    :param pointer: where the value is (RFC 6901)
    """
    waiting = [(pointer, value)]
    while waiting:
        pointer, value = waiting.pop()
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for name, item in pairs:
            if isinstance(item, dict | list):
                waiting.append((join(pointer, name), item))
            elif isinstance(item, str) and any(mark in item for mark in _MARKS):
                yield join(pointer, name), item


# Long texts without these are not HTML, such as base64 and CSV.
_MARKS = ("<", "\n>", "&#", "&gt")
_REASON = (
    "unclosed tags, very many elements or attributes side by side and quoted lines "
    "count more than their bytes. Send less, or clean it first"
)
