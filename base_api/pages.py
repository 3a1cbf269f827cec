# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of records."""

from odoo.models import BaseModel

from .serializers import serialize


def search_page(model, domain, names, limit, offset, order):
    """Return a page of records as JSON, and how many records there are in all.

    Counting is left out where the page itself tells. It does not where a model, with a
    ``_search`` of its own, filters what it finds after the limit (``mail.message``).
    """
    if not limit:
        return [], model.search_count(domain)
    records = model.search_fetch(domain, list(names.values()), offset, limit, order)
    is_last = len(records) < limit and (records or not offset)
    if is_last and type(model)._search is BaseModel._search:
        total = offset + len(records)
    else:
        total = model.search_count(domain)
    return serialize(records.with_env(model.env), names), total
