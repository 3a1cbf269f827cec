# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The search of a request: its domain, its filters and its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.fields import Domain
from odoo.models import BaseModel

from .domains import parse_domain
from .filters import parse_filters, rank_filters
from .keyset import Search
from .name_searches import MAX_RANKED
from .order import parse_order, rank_order
from .search_budget import SearchBudget

if TYPE_CHECKING:
    from ..protocol.parameters import Filters


def parse_conditions(
    model: BaseModel,
    domain: tuple[Any, ...] | dict[str, Any] | list[Any],
    filters: Filters,
) -> Domain:
    """Return domain and filters as one `odoo.fields.Domain`.

    :param domain: as JSON, see `parse_domain`
    :param filters: see `parse_filters`
    """
    budget = SearchBudget(model.env)
    conditions = parse_domain(model, domain, budget)
    return conditions & parse_filters(model, filters, budget, conditions)


def parse_search(
    model: BaseModel,
    domain: tuple[Any, ...] | dict[str, Any] | list[Any],
    filters: Filters,
    order: str,
) -> Search:
    """Return the `Search` of a request.

    :param domain, filters: as `parse_conditions`
    :param order: text, see `parse_order`
    """
    conditions = parse_conditions(model, domain, filters)
    sorts = parse_order(model, order)
    return Search(model, conditions, sorts, asked=([*domain], [*filters.pairs]))


def parse_ranked_search(
    model: BaseModel,
    domain: tuple[Any, ...] | dict[str, Any] | list[Any],
    filters: Filters,
) -> Search:
    """Return the `Search` of a request without an order.

    Filters with `search` sort by the ranking of the name search.

    :param domain, filters: as `parse_conditions`
    """
    budget = SearchBudget(model.env)
    conditions = parse_domain(model, domain, budget)
    found, ranks = rank_filters(model, filters, budget, conditions)
    if not ranks:
        asked = [*domain], [*filters.pairs]
        return Search(model, conditions & found, parse_order(model, ""), asked)
    sorts = rank_order(model, ranks)
    return Search(model, conditions & found, sorts, most=MAX_RANKED)
