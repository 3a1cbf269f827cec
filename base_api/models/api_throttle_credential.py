# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ..auth.login_counters import MINUTE

_logger = logging.getLogger(__name__)


class ApiThrottleCredential(models.Model):
    """Wrong API keys and session tokens, see `auth.bad_credentials`.

    A row has the failures of one source (an address, or one credential from an address)
    since `start_date`, for a minute. All workers and nodes count together, with the
    clock of the database.
    """

    _name = "api.throttle.credential"
    _description = "API Wrong Credentials"
    _rec_name = "start_date"
    _log_access = False

    source_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    failures = fields.Integer(required=True, groups=fields.NO_ACCESS)
    start_date = fields.Datetime(required=True, groups=fields.NO_ACCESS)

    _source_uniq = models.UniqueIndex("(source_hash)")

    @api.autovacuum
    def _gc_failures(self) -> None:
        """Remove the failures that no longer count."""
        query = SQL(
            "DELETE FROM api_throttle_credential WHERE start_date < %s",
            fields.Datetime.now() - MINUTE,
        )
        self.env.cr.execute(query)
        _logger.info("Removed %s sources of wrong credentials", self.env.cr.rowcount)
