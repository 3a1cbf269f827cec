# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The number of records that a search finds, counted or estimated."""

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL

from ..orm.queries import search_query

MAX_COUNTED = 10_000  # records that an estimate counts


def estimate_count(model: BaseModel, domain: Domain) -> tuple[int, bool]:
    """Return the number of records, and whether it is exact.

    Up to `MAX_COUNTED` it is. Of more, PostgreSQL's planner estimates the number from
    its statistics, for the same query with the record rules of the caller.
    """
    counted = model.search_count(domain, limit=MAX_COUNTED + 1)
    if counted <= MAX_COUNTED:
        return counted, True
    select = search_query(model, domain).select()
    [[plans]] = model.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", select))
    # At least as many as were counted.
    return max(counted, plans[0]["Plan"]["Plan Rows"]), False
