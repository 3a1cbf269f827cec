# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from typing import Any

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity

from ..auth.key_options import MAX_OVERLAP_DAYS


class ApiKeyRoll(models.TransientModel):
    """The dialog that replaces an API key."""

    _name = "api.key.roll"
    _description = "Roll API Key"

    key_id = fields.Many2one(
        "res.users.apikeys", "API Key", required=True, readonly=True, ondelete="cascade"
    )
    overlap_days = fields.Integer(
        "Overlap", default=1, help="For so many days the old key is accepted too."
    )

    _overlap_days_range = models.Constraint(
        f"CHECK (overlap_days BETWEEN 0 AND {MAX_OVERLAP_DAYS})",
        "The old key can remain valid for 0 to 7 days.",
    )

    @check_identity
    def roll_key(self) -> dict[str, Any]:
        """Replace the key, and show the new one once."""
        self.ensure_one()
        # The key may have been revoked or rolled elsewhere since the dialog opened.
        if not self.key_id.exists():
            raise UserError(self.env._("This API key no longer exists."))
        self.key_id.user_id._check_api_access()
        key = self.key_id._base_api_roll(timedelta(days=self.overlap_days))
        self.unlink()
        return self.env["res.users.apikeys"]._base_api_show_action(key)
