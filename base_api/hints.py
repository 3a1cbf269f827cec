# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Spelling hints for names that do not exist."""

from difflib import get_close_matches


def hint(name, known):
    """Return `` (did you mean 'x'?)`` for the nearest of ``known``, or nothing."""
    nearest = get_close_matches(name, known, n=1)
    return f" (did you mean '{nearest[0]}'?)" if nearest else ""
