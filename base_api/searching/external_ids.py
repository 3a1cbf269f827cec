# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`external_id` as if it were a field of every model, in filters and domains.

A field of an app with that name has precedence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL

from ..external_ids import EXTERNAL_ID, EXTERNAL_IDS, parse_name
from .paths import follow, known_fields, resolve_path

if TYPE_CHECKING:
    from odoo.fields import Field

_EQUAL = ("=", "!=", "in", "not in")
_LIKE = {"like": "LIKE", "=like": "LIKE", "ilike": "ILIKE", "=ilike": "ILIKE"}


def is_external_id(model: BaseModel, path: str) -> bool:
    """Tell whether a path ends at `external_id` or `external_ids`, and no field.

    No rights are checked.
    """
    prefix, _dot, name = path.rpartition(".")
    if name not in (EXTERNAL_ID, EXTERNAL_IDS):
        return False
    if prefix:
        fields = known_fields(model, prefix)
        if len(fields) <= prefix.count(".") or not fields[-1].relational:
            return False
        model = model.env[fields[-1].comodel_name]
    return name not in model._fields


def resolve_owner(
    model: BaseModel, path: str, error_class: type | Callable
) -> tuple[BaseModel, list[Field]]:
    """Return the model whose external ids a path leads to, and the fields before.

    :param path: one of `is_external_id`
    :raise ApiError: see `resolve_path`
    """
    prefix = path.rpartition(".")[0]
    if not prefix:
        return model, []
    fields = resolve_path(model, prefix, error_class)
    owner = model.env[fields[-1].model_name]
    return follow(owner, fields[-1], error_class), fields


@dataclass(frozen=True)
class ExternalIdTarget:
    """The external ids of the records of a model, to compare with values.

    A record can have several: one that matches is enough.

    :param fields: along the path; the last one is the `id` of the records
    """

    model: BaseModel
    fields: list[Field]
    type = "text"

    def cast(self, value: Any) -> Any:
        """Return the module and the name; False for no external id."""
        if value in (False, None, ""):
            return False
        return parse_name(value)

    def compare(self, operator: str, value: Any) -> Domain:
        """Return the condition of one of Odoo's operators.

        :param value: of `cast` or a list of these; a text for patterns
        """
        positive = Domain.NEGATIVE_OPERATORS.get(operator, operator)
        if positive in _EQUAL:
            values = value if isinstance(value, list) else [value]
            condition = self._is_one_of(values)
        else:
            condition = self._is_like(positive, value)
        return condition if positive == operator else ~condition

    def is_set(self) -> Domain:
        return self._has(SQL("TRUE"))

    def _is_one_of(self, values: list[Any]) -> Domain:
        names = tuple(value for value in values if value)
        condition = Domain.FALSE
        if names:
            condition = self._has(SQL("(module, name) IN %s", names))
        return condition | ~self.is_set() if False in values else condition

    def _is_like(self, operator: str, pattern: str) -> Domain:
        if not operator.startswith("="):
            pattern = f"%{pattern}%"
        like = SQL(_LIKE[operator])
        return self._has(SQL("(module || '.' || name) %s %s", like, pattern))

    def _has(self, condition: SQL) -> Domain:
        """Return the condition that a row of `ir.model.data` is about the record."""

        def to_sql(model: BaseModel, alias: str, query: Any) -> SQL:
            return SQL(
                "(%s IN (SELECT res_id FROM ir_model_data WHERE model = %s AND %s))",
                SQL.identifier(alias, "id"),
                model._name,
                condition,
            )

        self.model.env["ir.model.data"].flush_model(
            ["model", "module", "name", "res_id"]
        )
        return Domain.custom(to_sql=to_sql)


def find_external_id(
    model: BaseModel, path: str, error_class: type | Callable
) -> ExternalIdTarget | None:
    """Return what a path to `external_id` is compared with, or None for other paths.

    :raise ApiError: see `resolve_path`
    """
    if not path.endswith(EXTERNAL_ID) or not is_external_id(model, path):
        return None
    owner, fields = resolve_owner(model, path, error_class)
    return ExternalIdTarget(owner, [*fields, owner._fields["id"]])
