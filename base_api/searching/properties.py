# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Properties in filters, sorts and groups, such as `lead_properties.size__gte=5`.

A property is a part of a JSON column, defined by another record
(`odoo/orm/fields_properties.py`). An empty one is missing or `false` there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL

from .. import casting
from ..aliases import current_name
from ..orm.queries import field_to_sql
from .paths import resolve_path

if TYPE_CHECKING:
    from odoo.fields import Field


LISTS = ("many2many", "tags")


@dataclass(frozen=True)
class Property:
    """A property of the records that a path leads to.

    :param fields: along the path; the last one is the properties field
    :param name: of the property
    :param definition: as Odoo stores it: `type`, `string`, `selection`, ...
    """

    fields: list[Field]
    name: str
    definition: dict[str, Any]

    @property
    def type(self) -> str:
        return self.definition["type"]

    @property
    def expression(self) -> str:
        """The name in Odoo's domains, orders and groups."""
        return f"{self.fields[-1].name}.{self.name}"


def find_property(
    model: BaseModel, path: str, error_class: type | Callable
) -> Property | None:
    """Return the property that a path ends at, or None if it leads to a field.

    :param error_class: what to raise for a property that nobody has defined
    :raise ApiError: see `resolve_path`, for the path to the properties field
    """
    prefix, dot, name = path.rpartition(".")
    if not dot or not _leads_to_properties(model, prefix):
        return None
    fields = resolve_path(model, prefix, error_class)
    owner = model.env[fields[-1].model_name]
    try:
        definition = owner.get_property_definition(f"{fields[-1].name}.{name}")
    except ValueError:  # not a name
        definition = {}
    if not definition.get("type"):
        raise error_class(
            f"Unknown property '{name[:80]}' in {fields[-1].name} of {owner._name}"
        )
    return Property(fields, name, definition)


def _leads_to_properties(model: BaseModel, path: str) -> bool:
    field = None
    for name in path.split("."):
        if field is not None:
            if not field.relational:
                return False
            model = model.env[field.comodel_name]
        field = model._fields.get(current_name(model._name, name))
        if field is None:
            return False
    return field is not None and field.type == "properties"


def cast_property(prop: Property, value: Any) -> Any:
    """Parse the value of a condition by the type of a property.

    :raise ValueError: saying what was expected
    """
    if value is False or value is None or str(value).lower() == "false":
        return False
    if prop.type == "selection":
        return _one_of([item[0] for item in prop.definition.get("selection") or ()])(
            value
        )
    if prop.type == "tags":
        return _one_of([item[0] for item in prop.definition.get("tags") or ()])(value)
    if prop.type not in _CASTS:
        raise ValueError("a filter on another property")
    return _CASTS[prop.type](value)


def _one_of(allowed: list[str]) -> Callable:
    def cast(value: Any) -> Any:
        if value not in allowed:
            raise ValueError("one of " + ", ".join(map(str, allowed)))
        return value

    return cast


def compare_property(prop: Property, operator: str, value: Any) -> Domain:
    """Return the condition of one of Odoo's operators on a property.

    PostgreSQL sorts `false` behind all numbers and texts, and a missing property is
    neither equal nor unequal to anything.

    :param value: parsed, or a list
    """
    condition = Domain(prop.expression, operator, value)
    is_empty = Domain(prop.expression, "=", False)
    if operator in ("=", "in"):
        return condition
    if operator in Domain.NEGATIVE_OPERATORS:
        values = value if isinstance(value, list) else [value]
        return condition if False in values else condition | is_empty
    return condition & ~is_empty


def is_property_set(prop: Property) -> Domain:
    """Return the condition that a property has a value."""
    return ~Domain(prop.expression, "=", False)


def property_to_sql(prop: str, model: BaseModel, alias: str, query: Any) -> SQL:
    """Return the JSON value of a property to sort by, NULL where it is empty.

    :param prop: the expression, such as `lead_properties.size`
    """
    return SQL("NULLIF(%s, 'false'::jsonb)", field_to_sql(model, alias, prop, query))


def _to_date(value: Any) -> str:
    return casting.to_day(value).isoformat()


def _to_datetime(value: Any) -> str:
    return casting.to_datetime(value).isoformat(" ")


_CASTS: dict[str, Callable] = {
    "boolean": casting.to_boolean,
    "integer": casting.to_integer,
    "float": casting.to_float,
    "monetary": casting.to_float,
    "char": str,
    "text": str,
    "html": str,
    "date": _to_date,
    "datetime": _to_datetime,
    "many2one": casting.to_id,
    "many2many": casting.to_id,
}
