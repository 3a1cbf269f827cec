# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, models
from odoo.models import BaseModel

from ..orm.side_effects import is_confined


class IrModelData(models.Model):
    """External ids that a dry run gives are not found after it.

    Odoo caches where an external id leads to (`_xmlid_lookup`), and does not empty
    that cache for new ones: this worker would go on with the id of a missing record.
    """

    _inherit = "ir.model.data"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> BaseModel:
        self._base_api_forget_after_dry_run()
        return super().create(vals_list)

    @api.model
    def _update_xmlids(
        self, data_list: list[dict[str, Any]], update: bool = False
    ) -> Any:
        self._base_api_forget_after_dry_run()
        return super()._update_xmlids(data_list, update)

    def _base_api_forget_after_dry_run(self) -> None:
        if is_confined():
            # Emptied by Registry.reset_changes, and not in other workers.
            self.env.registry.cache_invalidated.add("default")
