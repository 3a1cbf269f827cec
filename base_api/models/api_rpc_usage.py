# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, fields, models

from ..observing.replacements import replacement
from ..observing.rpc_usage import JSON2
from ..orm.rpc import JSON_RPC, XML_RPC
from .api_usage import remove_old_days


class ApiRpcUsage(models.Model):
    """The calls of one day by one user over another API of Odoo, of one method.

    Rows are written by the statement in `observing/rpc_usage.py`, which counts in the
    background.
    """

    _name = "api.rpc.usage"
    _description = "Calls of Odoo's Other APIs"
    _order = "last_date desc, id desc"
    _rec_name = "method"
    _log_access = False

    date = fields.Date("Day", required=True, readonly=True, help="In UTC.")
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    login = fields.Char(related="user_id.login")
    protocol = fields.Selection(
        [(XML_RPC, "XML-RPC"), (JSON_RPC, "JSON-RPC"), (JSON2, "JSON-2")],
        required=True,
        readonly=True,
    )
    model = fields.Char(required=True, readonly=True)
    method = fields.Char(required=True, readonly=True)
    calls = fields.Integer(required=True, readonly=True)
    last_date = fields.Datetime("Last Seen", required=True, readonly=True)
    replacement = fields.Char(
        compute="_compute_replacement", help="The request of this API that does it."
    )

    _call_uniq = models.UniqueIndex("(date, user_id, protocol, model, method)")

    @api.depends("model", "method")
    def _compute_replacement(self) -> None:
        for call in self:
            call.replacement = replacement(call.model, call.method)

    @api.autovacuum
    def _gc_old_calls(self) -> Any:
        return remove_old_days(self)
