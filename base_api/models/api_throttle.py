# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ..auth.login_attempt import SUCCEEDED
from ..auth.login_counters import HOUR, KNOWN_FOR, active_counters

_logger = logging.getLogger(__name__)


class ApiThrottle(models.Model):
    """Login attempts over the API, counted to slow down guessing.

    A row is written before the password is checked, in a separate transaction
    (`LoginAttempt`): all workers and nodes count together, refused requests leave their
    failure, and of many attempts at the same moment no more than the limit are checked.
    The clock is that of the database.

    `outcome` is `open` while the password is checked, then `failed`; or `succeeded`,
    which remembers for 30 days where the login is used.
    """

    _name = "api.throttle"
    _description = "API Login Attempt"
    _rec_name = "outcome"
    _log_access = False

    pair_hash = fields.Char(groups=fields.NO_ACCESS)
    address_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    login_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    outcome = fields.Char(required=True, groups=fields.NO_ACCESS)
    attempt_date = fields.Datetime(required=True, groups=fields.NO_ACCESS)

    _pair_idx = models.Index("(pair_hash, attempt_date)")
    _address_idx = models.Index("(address_hash, attempt_date)")
    _login_idx = models.Index("(login_hash, attempt_date)")

    @api.autovacuum
    def _gc_attempts(self) -> None:
        """Remove the attempts that no longer count."""
        now = fields.Datetime.now()
        periods = [counter.period for counter in active_counters(self.env)]
        query = SQL(
            """DELETE FROM api_throttle
                WHERE attempt_date < CASE outcome WHEN %s THEN %s ELSE %s END""",
            SUCCEEDED,
            now - KNOWN_FOR,
            now - max([HOUR, *periods]),
        )
        self.env.cr.execute(query)
        _logger.info("Removed %s attempts to log in", self.env.cr.rowcount)
