# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a request has spent of a bound that holds for all its steps together.

Bound to the cursor, which stays the same whatever context and user the environments of
a request have.
"""

from collections import Counter

from odoo.sql_db import BaseCursor

_ATTRIBUTE = "_base_api_spent"


def start_spending(cr: BaseCursor) -> None:
    """Begin at zero: also where Odoo serves a request again, with the same cursor."""
    setattr(cr, _ATTRIBUTE, Counter())


def spend(cr: BaseCursor, name: str, amount: float) -> float:
    """Add to what was spent of a bound, and return how much it is now."""
    spent = vars(cr).setdefault(_ATTRIBUTE, Counter())
    spent[name] += amount
    return spent[name]
