# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Record rules in queries that are not made by `BaseModel._search`."""

from typing import Any

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL

from ..orm.queries import domain_to_sql, search_query, searches_by_itself


def rules_to_sql(model: BaseModel, alias: str, query: Any) -> SQL:
    """Return the condition for visible records, as `BaseModel._search` does."""
    if searches_by_itself(model):
        # Some models restrict the visible records themselves (mail.message).
        found = search_query(model.with_context(active_test=False), Domain.TRUE)
        return SQL("%s IN %s", SQL.identifier(alias, "id"), found.subselect())
    domain = model.env["ir.rule"]._compute_domain(model._name, "read")
    # sudo: a rule may depend on values that the caller may not read, as in Odoo.
    model = model.sudo().with_context(active_test=False)
    return domain_to_sql(domain, model, alias, query)
