# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The part of a bound that all steps of a request have spent together.

It is bound to the cursor, which all environments of a request share.
"""

from collections import Counter

from odoo.sql_db import BaseCursor

_ATTRIBUTE = "_base_api_spent"


def start_spending(cr: BaseCursor, spent: Counter[str] | None = None) -> None:
    """Start at zero, also if Odoo repeats a request with the same cursor.

    :param spent: what to start with instead, from `spent_so_far`
    """
    setattr(cr, _ATTRIBUTE, Counter(spent))


def spent_so_far(cr: BaseCursor) -> Counter[str]:
    """Return what has been spent, for work that may have to start again."""
    return Counter(vars(cr).get(_ATTRIBUTE))


def spend(cr: BaseCursor, name: str, amount: float) -> float:
    """Add an amount, and return the new total."""
    spent = vars(cr).setdefault(_ATTRIBUTE, Counter())
    spent[name] += amount
    return spent[name]
