# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any, NoReturn

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..auditing.chain import BATCH, seal_rows
from ..auditing.partitions import create_partitions, drop_partitions, expiry
from ..auditing.removals import create_removals
from ..auditing.table import create_tables
from ..settings import bound

MAX_BATCHES = 50  # of one run, in one transaction


class ApiAudit(models.Model):
    """A row of the audit trail, see `auditing`: what was written over the API.

    Nobody can write or delete rows, not even with superuser rights. The table is a view
    of a partitioned table, which the ORM does not know.
    """

    _name = "api.audit"
    _description = "API Audit"
    _auto = False
    _order = "id desc"
    _rec_name = "route"

    create_date = fields.Datetime("Date", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    key_id = fields.Many2one("res.users.apikeys", "API Key", readonly=True)
    user_number = fields.Integer(
        "User ID",
        readonly=True,
        aggregator=None,
        help="It remains when the user is deleted.",
    )
    key_number = fields.Integer(
        "API Key ID",
        readonly=True,
        aggregator=None,
        help="It remains when the key is deleted.",
    )
    key_name = fields.Char(readonly=True, help="When the request was sent.")
    address = fields.Char(readonly=True)
    client = fields.Char(readonly=True, help="The header User-Agent.")
    http_method = fields.Char("HTTP Method", readonly=True)
    route = fields.Char(readonly=True)
    model = fields.Char(readonly=True)
    record_ids = fields.Text("Record IDs", readonly=True)
    field_names = fields.Text("Fields", readonly=True)
    called_method = fields.Char("Method", readonly=True)
    status = fields.Integer(readonly=True, aggregator=None)
    error_code = fields.Char("Error", readonly=True)
    failed = fields.Integer(
        "Failed Items", readonly=True, help="Of a request with atomic=false."
    )
    step = fields.Integer(
        readonly=True, aggregator=None, help="In a batch, counted from 1."
    )
    dry_run = fields.Boolean(readonly=True)
    request_id = fields.Char("Request ID", readonly=True)
    trace_id = fields.Char("Trace ID", readonly=True)
    idempotency_hash = fields.Char(
        "Idempotency-Key (SHA-256)",
        readonly=True,
        help="The key itself is not stored: it also protects stored answers.",
    )
    sent_values = fields.Text(readonly=True)
    seal_number = fields.Integer(readonly=True, aggregator=None)
    seal_hash = fields.Char("Seal", readonly=True)

    # `/call` refuses all methods.
    _base_api_read_only = True

    def init(self) -> None:
        create_tables(self.env.cr)
        create_removals(self.env.cr)
        create_partitions(self.env.cr, fields.Date.today())

    # pylint: disable=method-required-super
    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> NoReturn:
        self._refuse_change()

    def write(self, vals: dict[str, Any]) -> NoReturn:
        self._refuse_change()

    def unlink(self) -> NoReturn:
        self._refuse_change()

    def _refuse_change(self) -> NoReturn:
        raise AccessError(self.env._("The audit trail cannot be changed."))

    @api.model
    def _seal_rows(self) -> None:
        """Seal the rows that were committed since the last time."""
        for _batch in range(MAX_BATCHES):
            if seal_rows(self.env.cr) < BATCH:
                break

    @api.autovacuum
    def _gc_expired_rows(self) -> int:
        """Create the next partitions, and remove those that have expired."""
        create_partitions(self.env.cr, fields.Date.today())
        self._seal_rows()
        oldest = expiry(fields.Datetime.now(), bound(self.env, "audit_days"))
        return drop_partitions(self.env.cr, oldest) if oldest else 0
