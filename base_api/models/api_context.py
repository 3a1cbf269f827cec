# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ApiContext(models.AbstractModel):
    """What requests may put into the context, besides what Odoo itself reads.

    To allow more keys, an addon inherits the model and extends `_allowed`.
    """

    _name = "api.context"
    _description = "API Context"

    @api.model
    def _allowed(self) -> dict[str, type]:
        """Return `{key: type of the value}`, with the types of JSON in Python."""
        return {
            "mail_create_nolog": bool,
            "mail_create_nosubscribe": bool,
            "mail_notrack": bool,
            "tracking_disable": bool,
        }
