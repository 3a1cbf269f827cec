# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..auth.signed_key import hides_field


class Base(models.AbstractModel):
    """Fields, less those of administrators for a key that does not name the model."""

    _inherit = "base"

    @api.model
    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        return (
            not field.groups
            or self.env.su
            or not hides_field(self.env, operation, field)
        )
