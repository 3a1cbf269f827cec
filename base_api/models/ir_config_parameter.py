# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, models, tools

from ..settings import read_bounds, read_rate_limits, read_switches


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    @tools.ormcache(cache="stable")
    def _base_api_bounds(self) -> dict[str, Any]:
        """Return the bounds of a request.

        As the parameters themselves, they are cached until one is written.
        """
        return read_bounds(self.env)

    @api.model
    @tools.ormcache(cache="stable")
    def _base_api_switches(self) -> dict[str, bool]:
        """Return what is switched on in the settings, cached in the same way."""
        return read_switches(self.env)

    @api.model
    @tools.ormcache(cache="stable")
    def _base_api_rate_limits(self) -> dict[str, dict[str, int]]:
        """Return the rate limits of the settings, cached in the same way."""
        return read_rate_limits(self.env)
