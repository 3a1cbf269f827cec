# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    @tools.ormcache()
    def _base_api_parent_paths(self) -> dict[int, Any]:
        """Return `{id: parent_path}` of all companies.

        Where a company stands is decided when it is made (`write` in base refuses to
        move it), and that clears this cache in every worker.
        """
        # sudo: where record rules ask for it they ask as the superuser does, see
        # _operator_hierarchy in odoo/orm/domains.py.
        companies = self.sudo().with_context(active_test=False, prefetch_fields=False)
        return {company.id: company.parent_path for company in companies.search([])}

    def _base_api_remember_paths(self) -> None:
        """Have the parent_path of these companies at hand, without a statement.

        Nearly every search needs it: record rules ask for the parents of the user's
        companies.
        """
        paths = self._base_api_parent_paths()
        ids = [company_id for company_id in self._ids if company_id in paths]
        field = self._fields["parent_path"]
        field._insert_cache(self.browse(ids), map(paths.get, ids))
