# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Spelling hints for names that do not exist."""

from difflib import get_close_matches
from typing import Any

from .details import MAX_DETAILS, shorten

# In one error: comparing a name with all known ones takes half a millisecond, and a
# body can contain very many names.
MAX_HINTS = 5
# Names that other APIs use -> ours.
SYNONYMS = {
    "filter": "domain",
    "order_by": "order",
    "orderby": "order",
    "page_size": "limit",
    "pagesize": "limit",
    "per_page": "limit",
    "q": "domain",
    "select": "fields",
    "skip": "offset",
    "sort": "order",
    "sort_by": "order",
    "top": "limit",
    "where": "domain",
}
# Longer names are not compared, which could take seconds.
MAX_LENGTH = 80


def hint(name: str, known: Any) -> str:
    """Return ` (did you mean 'x'?)` with the nearest of `known`, or an empty text."""
    if len(name) > MAX_LENGTH:
        return ""
    synonym = SYNONYMS.get(name.lower())
    nearest = [synonym] if synonym in known else get_close_matches(name, known, n=1)
    return f" (did you mean '{nearest[0]}'?)" if nearest else ""


def quote_unknown(
    names: list[str], known: tuple[str, ...] | list[str]
) -> dict[str, Any]:
    """Return `{name: the name in quotes}` of the first names, some with a hint."""
    quoted = {name: f"'{shorten(name, MAX_LENGTH)}'" for name in names[:MAX_DETAILS]}
    for name in names[:MAX_HINTS]:
        quoted[name] += hint(name, known)
    return quoted
