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

        The parent of a company is set when it is created (`write` in base refuses to
        change it), which clears this cache in every worker.
        """
        # sudo: record rules read it as the superuser, see _operator_hierarchy in
        # odoo/orm/domains.py.
        companies = self.sudo().with_context(active_test=False, prefetch_fields=False)
        return {company.id: company.parent_path for company in companies.search([])}

    def _base_api_remember_paths(self) -> None:
        """Put the parent_path of these companies into the cache, without a statement.

        Nearly every search needs it: record rules ask for the parents of the user's
        companies.
        """
        paths = self._base_api_parent_paths()
        ids = [company_id for company_id in self._ids if company_id in paths]
        field = self._fields["parent_path"]
        field._insert_cache(self.browse(ids), map(paths.get, ids))
