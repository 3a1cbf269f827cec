# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count the members of a JSON text before it is parsed.

Parsing `{}` ten million times takes 30 MB of text and 770 MB of memory.
"""

import re

from odoo.api import Environment

from ..errors import PayloadTooLarge
from ..settings import bound

_MARKS = (b"{", b"[", b",")  # one for each member of an object and each item of a list
_STRING_OR_MARK = re.compile(rb'"[^"]*"|[{\[,]')


def check_members(env: Environment, raw: bytes) -> None:
    """Refuse a JSON text with very many members and items.

    :param bytes raw: possibly invalid JSON
    :raise PayloadTooLarge: more than the setting `max_members`
    """
    most = bound(env, "max_members")
    if most and sum(map(raw.count, _MARKS)) > most and _has_more(raw, most):
        raise PayloadTooLarge(
            f"The JSON has more than {most} members and items (max_members): send it "
            "in several requests"
        )


def _has_more(raw: bytes, most: int) -> bool:
    """Tell whether there are more outside of strings."""
    raw = raw.replace(rb"\\", b"").replace(rb"\"", b"")
    tokens = _STRING_OR_MARK.finditer(raw)
    strings = 0
    for count, token in enumerate(tokens):
        strings += token[0] not in _MARKS
        if count - strings >= most or strings > 2 * most + 2:
            return True  # a member has at most two strings
    return False
