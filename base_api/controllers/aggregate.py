# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo import http

from ..envelope import Answer, counted
from ..lookup import get_model
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import DOMAIN, OFFSET, integer, text
from ..protocol.preferences import READING
from ..reading.aggregates import (
    COUNT_COLUMN,
    parse_group_order,
    parse_groupings,
    parse_measures,
    read_groups,
)
from ..searching.searches import parse_conditions
from ..settings import max_limit

if TYPE_CHECKING:
    from ..protocol.parameters import Filters


DEFAULT_GROUPS = 80  # as in Odoo's own lists
GROUP_BY = text(
    "groupby",
    "Fields to group by, separated by commas; dates as field:month",
    "user_id,create_date:month",
)
MEASURES = text(
    "measures", "field:function, separated by commas", "amount_total:sum,id:count"
)
ORDER = text(
    "order", "Groups and measures to sort by, each with asc or desc", "count desc"
)
LIMIT = integer(
    "limit", 1, max_limit, DEFAULT_GROUPS, "Maximum number of groups to return"
)


class AggregateController(OperationController, http.Controller):
    @api_route(
        "/aggregate/<model_name>",
        methods=["GET"],
        answer=read_schemas.GROUPS,
        parameters=(GROUP_BY, MEASURES, ORDER, LIMIT, OFFSET, DOMAIN),
        filters=True,
        preferences=READING,
        batch=True,
    )
    def aggregate_records(
        self,
        model_name: str,
        groupby: str,
        measures: str,
        order: str,
        limit: int,
        offset: int,
        domain: tuple[Any, ...] | list[Any],
        filters: Filters,
    ) -> Answer:
        """Return measures of the records that match domain and filters, in groups."""
        model = get_model(self.env, model_name)
        groupings = parse_groupings(model, groupby)
        columns = parse_measures(model, measures)
        order = parse_group_order(order, [*groupings, *columns, COUNT_COLUMN])
        domain = parse_conditions(model, domain, filters)
        groups = read_groups(model, domain, groupings, columns, limit, offset, order)
        data = {
            "groups": groups,
            "count": len(groups),
            "model": model_name,
            "groupby": [column.name for column in groupings],
            "measures": [column.name for column in columns],
        }
        return Answer(data, f"Found {counted(len(groups), 'group')} in {model_name}")
