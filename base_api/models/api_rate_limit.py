# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.tools.sql import table_columns

from ..limiting.statements import (
    LATER_COLUMNS,
    TABLE,
    add_column,
    create_table,
    remove_unused,
)
from ..orm.cursors import autocommit_cursor

_logger = logging.getLogger(__name__)


class ApiRateLimit(models.AbstractModel):
    """The table of the rate limits, which only `limiting` reads and writes."""

    _name = "api.rate.limit"
    _description = "API Rate Limit"

    def init(self) -> None:
        cr = self.env.cr
        cr.execute(create_table())
        # Not at each upgrade, as it locks the table until the end of the transaction.
        for name in LATER_COLUMNS.keys() - table_columns(cr, TABLE).keys():
            cr.execute(add_column(name))

    @api.autovacuum
    def _gc_unused(self) -> None:
        """Remove the counters of limits that are fully restored."""
        # Not in the transaction of the cron, with which requests would conflict.
        with autocommit_cursor(self.env) as cr:
            cr.execute(remove_unused())
            _logger.info("Removed %s counters of rate limits", cr.rowcount)
