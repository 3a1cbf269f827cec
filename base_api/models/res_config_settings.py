# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..settings import (
    DEFAULT_MAX_LIMIT,
    DEFAULT_REFRESH_GRACE_MINUTES,
    DEFAULT_SESSION_HOURS,
    PREFIX,
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    base_api_session_hours = fields.Integer(
        "Session Lifetime",
        config_parameter=f"{PREFIX}session_hours",
        default=DEFAULT_SESSION_HOURS,
    )
    base_api_refresh_grace_minutes = fields.Integer(
        "Refresh Grace",
        config_parameter=f"{PREFIX}refresh_grace_minutes",
        default=DEFAULT_REFRESH_GRACE_MINUTES,
    )
    base_api_max_limit = fields.Integer(
        "Page Limit", config_parameter=f"{PREFIX}max_limit", default=DEFAULT_MAX_LIMIT
    )
    base_api_default_key_days = fields.Integer(
        "Key Duration", config_parameter=f"{PREFIX}default_key_days"
    )
    base_api_cors_origins = fields.Char(
        "Allowed Origins", config_parameter=f"{PREFIX}cors_origins"
    )

    @api.constrains(
        "base_api_session_hours",
        "base_api_refresh_grace_minutes",
        "base_api_max_limit",
        "base_api_default_key_days",
    )
    def _check_base_api_numbers(self):
        for settings in self:
            if (
                settings.base_api_session_hours < 1
                or settings.base_api_refresh_grace_minutes < 1
                or settings.base_api_max_limit < 1
                or settings.base_api_default_key_days < 0
            ):
                raise ValidationError(
                    self.env._(
                        "Session lifetime, refresh grace and page limit are at least "
                        "1, the key duration is at least 0."
                    )
                )
