# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from typing import Any

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.models import BaseModel

from ..auth.administration import CHANGES, MODES
from ..auth.api_key import hides
from ..auth.restrictions import how_to_allow
from ..errors import KeyAccessError
from ..orm.rights_caches import separate_caches

_OPERATIONS = {mode: operation for operation, mode in MODES.items()}
_ADMINISTRATORS = ("base.group_erp_manager", "base.group_system")


class IrModelAccess(models.Model):
    """Access rights, without those of administrators that a restricted key does not
    name.
    """

    _inherit = "ir.model.access"

    def _register_hook(self) -> Any:
        result = super()._register_hook()
        separate_caches(self.env.registry)
        return result

    @api.model
    def check(
        self, model: str, mode: str = "read", raise_exception: bool = True
    ) -> bool:
        operation = _OPERATIONS.get(mode)  # Odoo reports unknown modes
        if operation and not self.env.su and hides(self.env, operation, model):
            if raise_exception:
                raise self._make_access_error(model, mode)
            return False
        return super().check(model, mode, raise_exception)

    def _make_access_error(self, model: str, mode: str) -> Any:
        operation = _OPERATIONS[mode]
        if hides(self.env, operation, model) and model in self._get_allowed_models(
            mode
        ):
            return KeyAccessError(
                f"This API key does not allow {operation} on {model}, which this "
                "request needs: it is an administrative operation"
                + how_to_allow(operation, model),
                refused=((operation, model),),
            )
        return super()._make_access_error(model, mode)

    @api.model
    @tools.ormcache(cache="stable")
    def _base_api_administrative(self) -> dict[str, Any]:
        """Return the operations that access rights grant to administrators only.

        A right counts as granted to others if an active row gives it to no group, or to
        a group that does not imply Access Rights or Settings. Calls are administrative
        if a change of the model is. Rights that nobody has are not listed, as Odoo
        refuses them anyway.

        :return: `{model: frozenset of operations}`, without the models on which
            nothing is granted
        """
        result = {}
        for model, granted in self._base_api_granted().items():
            operations = {
                operation
                for operation, is_for_others in granted.items()
                if not is_for_others
            }
            result[model] = frozenset(
                operations | ({"call"} if operations & CHANGES else set())
            )
        return result

    @api.model
    def _base_api_is_granted(self, operation: str, model_name: str) -> bool:
        """Tell whether an access right is granted to anybody at all."""
        return operation in self._base_api_granted().get(model_name, ())

    @api.model
    @tools.ormcache(cache="stable")
    def _base_api_granted(self) -> dict[str, Any]:
        """Return the rights that are granted to anybody.

        :return: `{model: {operation: whether other users than administrators have it}}`
        """
        # sudo: only administrators may read access rights. Archived ones grant nothing,
        # whatever the context is.
        access = self.sudo().with_context(active_test=True)
        administrators = access._base_api_administrator_groups()
        granted: defaultdict[Any, Any] = defaultdict(dict)
        for row in access.search(Domain.TRUE):
            is_for_others = row.group_id not in administrators
            operations = granted[row.model_id.model]
            for mode, operation in _OPERATIONS.items():
                if row[f"perm_{mode}"]:
                    operations[operation] = (
                        operations.get(operation, False) or is_for_others
                    )
        return {
            model: operations for model, operations in granted.items() if operations
        }

    @api.model
    def _base_api_administrator_groups(self) -> BaseModel:
        """Return the groups that are, or imply, Access Rights or Settings."""
        groups = self.env["res.groups"].sudo().browse()
        for xml_id in _ADMINISTRATORS:
            groups |= self.env.ref(xml_id)
        return groups | groups.all_implied_by_ids
