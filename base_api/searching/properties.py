# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Properties in filters, sorts and groups, such as `lead_properties.size__gte=5`.

A property is a part of a JSON column, defined by another record
(`odoo/orm/fields_properties.py`). An empty one is missing or `false` there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL

from .. import casting
from ..aliases import current_name
from ..field_types import TEXT_TYPES
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
    definitions = [
        item for item in _definitions(owner, fields[-1]) if item["name"] == name
    ]
    if not definitions:
        raise error_class(
            f"Unknown property '{name[:80]}' in {fields[-1].name} of {owner._name}"
        )
    return Property(fields, name, _merge(definitions))


def _definitions(owner: BaseModel, field: Field) -> list[dict[str, Any]]:
    """Return the definitions of all records that the caller may see.

    `get_property_definition` would also find those of hidden records.
    """
    link = owner._fields[field.definition_record]
    containers = owner.env[link.comodel_name]
    if not link.store and link.compute:
        # One for all records of the model, which only the system may read.
        containers = owner.new({})[link.name].sudo()
    elif containers.has_access("read"):
        is_defined = Domain(field.definition_record_field, "!=", False)
        containers = containers.with_context(active_test=False).search(is_defined)
    return [
        item for record in containers for item in record[field.definition_record_field]
    ]


def _merge(definitions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the first definition, with the options of all of its type."""
    first = dict(definitions[0])
    for member in ("selection", "tags"):
        options = [
            option
            for item in definitions
            if item["type"] == first["type"]
            for option in item.get(member) or ()
        ]
        first[member] = list({option[0]: option for option in options}.values())
    return first


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
    if value is False or value is None:
        return False
    if isinstance(value, list | dict):
        raise ValueError("one value")
    if prop.type in TEXT_TYPES:
        return str(value) or False
    if prop.type == "boolean":
        return casting.to_boolean(str(value).lower())
    if str(value).lower() == "false":
        return False
    if prop.type in ("selection", "tags"):
        return _check_option(prop.definition[prop.type], value)
    if prop.type not in _CASTS:
        raise ValueError("a filter on another property")
    return _CASTS[prop.type](value)


def cast_ordered_property(prop: Property, value: Any) -> Any:
    """Parse a value to compare with `<` or `>`; empty is not allowed."""
    parsed = cast_property(prop, value)
    if parsed is False:
        raise ValueError("a value")
    return parsed


def _check_option(options: list[Any], value: Any) -> Any:
    keys = [option[0] for option in options]
    if value not in keys:
        raise ValueError("one of " + ", ".join(map(str, keys)))
    return value


def compare_property(prop: Property, operator: str, value: Any) -> Domain:
    """Return the condition of one of Odoo's operators on a property.

    PostgreSQL sorts `false` behind all numbers and texts, and a missing property is
    neither equal nor unequal to anything.

    :param value: parsed, or a list
    """
    if operator in ("=", "!=", "in", "not in"):
        values = value if isinstance(value, list) else [value]
        condition = Domain.OR(_equals(prop, item) for item in values)
        return condition if operator in ("=", "in") else ~condition
    condition = Domain(prop.expression, operator, value)
    if operator in Domain.NEGATIVE_OPERATORS:
        return condition | _equals(prop, False)
    return condition & ~_equals(prop, False)


def _equals(prop: Property, value: Any) -> Domain:
    """Return the condition that a property has a value, or a list contains it.

    Odoo's own condition takes 0 for false, and 1 for true.
    """

    def to_sql(model: BaseModel, alias: str, query: Any) -> SQL:
        stored = field_to_sql(model, alias, prop.expression, query)
        if value is False:
            empty = SQL("'false'::jsonb, 'null'::jsonb, '[]'::jsonb, '\"\"'::jsonb")
            return SQL("(%s IS NULL OR %s IN (%s))", stored, stored, empty)
        sign = SQL("@>") if prop.type in LISTS else SQL("=")
        return SQL("COALESCE(%s %s %s::jsonb, FALSE)", stored, sign, json.dumps(value))

    return Domain.custom(to_sql=to_sql)


def is_property_set(prop: Property) -> Domain:
    """Return the condition that a property has a value."""
    return ~_equals(prop, False)


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
    "integer": casting.to_integer,
    "float": casting.to_float,
    "monetary": casting.to_float,
    "date": _to_date,
    "datetime": _to_datetime,
    "many2one": casting.to_id,
    "many2many": casting.to_id,
}
