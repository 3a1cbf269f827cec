# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, models
from odoo.models import BaseModel

from ..orm.side_effects import is_confined


class IrModelData(models.Model):
    """Keep external ids of a dry run out of the cache.

    Odoo caches external ids (`_xmlid_lookup`), and does not clear the cache for new
    ones: this worker would keep the id of a record that does not exist.
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
            # Cleared by Registry.reset_changes, in this worker only.
            self.env.registry.cache_invalidated.add("default")
