# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from typing import Any

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL, Query
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..observing.metrics import close_removed
from ..settings import bound

AVERAGE = "average_ms:avg"


class ApiUsage(models.Model):
    """The requests of one day with the same key, user, route, HTTP method and model.

    Rows are written by the statement in `observing/usage.py`, which counts in the
    background. Steps of a batch are one request.
    """

    _name = "api.usage"
    _description = "Requests to the API"
    _order = "date desc, calls desc, id desc"
    _rec_name = "route"
    _log_access = False

    date = fields.Date("Day", required=True, readonly=True, help="In UTC.")
    user_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    # Not a many2one: usage outlives its key.
    key_number = fields.Integer(
        "Id of the Key", required=True, readonly=True, index=True, aggregator=None
    )
    key_name = fields.Char(
        "API Key",
        readonly=True,
        help="Its name and first characters. Empty for sessions, and for requests "
        "without a valid credential.",
    )
    route = fields.Char(readonly=True, help="Empty for paths that do not exist.")
    http_method = fields.Char("HTTP Method", required=True, readonly=True)
    model = fields.Char(readonly=True)
    calls = fields.Integer("Requests", required=True, readonly=True)
    client_errors = fields.Integer(
        readonly=True, help="Answers with a status from 400 to 499."
    )
    server_errors = fields.Integer(
        readonly=True, help="Answers with a status from 500 on."
    )
    refused = fields.Integer(
        readonly=True, help="Client errors with the status 401, 403 or 429."
    )
    average_ms = fields.Float(
        "Average Latency (ms)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="From the arrival of a request until its whole answer was sent.",
    )
    max_ms = fields.Float(
        "Maximum Latency (ms)", digits=(16, 1), readonly=True, aggregator="max"
    )
    total_ms = fields.Float("Total Latency (ms)", digits=(16, 1), readonly=True)

    _usage_uniq = models.UniqueIndex(
        """(date, COALESCE(user_id, 0), key_number, COALESCE(route, ''), http_method,
            COALESCE(model, ''))"""
    )

    def _read_group_select(self, aggregate_spec: str, query: Query) -> SQL:
        """Return the average of all requests, not of the rows."""
        if aggregate_spec != AVERAGE:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "total_ms", query),
            self._field_to_sql(self._table, "calls", query),
        )

    @api.model
    def _action(self, domain: Domain) -> dict[str, Any]:
        """Return the action that shows some requests."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("API Requests"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "pivot"), (False, "graph")],
            "domain": list(domain),
        }

    def _register_hook(self) -> None:
        super()._register_hook()
        close_removed(self.env.cr.dbname)

    @api.autovacuum
    def _gc_old_usage(self) -> Any:
        return remove_old_days(self)


def remove_old_days(model: BaseModel) -> Any:
    """Remove the rows of days before `usage_days`, as an autovacuum.

    :param model: with a field `date`
    """
    days = bound(model.env, "usage_days")
    if not days:
        return None
    first = fields.Date.today() - timedelta(days=days)
    old = model.search(Domain("date", "<", first), limit=GC_UNLINK_LIMIT)
    old.unlink()
    return len(old), len(old) == GC_UNLINK_LIMIT
