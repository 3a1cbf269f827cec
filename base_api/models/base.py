# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Field

from ..orm.computing import drop_leftovers


class Base(models.AbstractModel):
    _inherit = "base"

    def _compute_field_value(self, field: Field) -> Any:
        try:
            return super()._compute_field_value(field)
        # Field.__get__ catches this to compute the records one by one.
        except (AccessError, MissingError):
            drop_leftovers(self, field)
            raise
