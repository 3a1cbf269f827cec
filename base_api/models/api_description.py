# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models, tools
from odoo.tools.lru import LRU

MAX_KEPT = 8  # descriptions, of about a megabyte each
MAX_KEPT_CHOICES = 1024  # models


class ApiDescription(models.AbstractModel):
    """Descriptions of the API that this process has made."""

    _name = "api.description"
    _description = "API Description"

    @api.model
    @tools.ormcache()
    def _kept(self) -> LRU:
        """Return a mapping for descriptions, which is empty after changes.

        It is a value in one of Odoo's caches. Odoo clears it in all processes when
        modules, fields, access rights, users, languages or defaults change.
        """
        return LRU(MAX_KEPT)

    @api.model
    @tools.ormcache()
    def _kept_choices(self) -> LRU:
        """Return a mapping for the choices of models, see `_kept`."""
        return LRU(MAX_KEPT_CHOICES)
