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
from ..field_types import TEXT_TYPES
from ..orm.queries import field_to_sql
from .paths import known_fields, resolve_path

if TYPE_CHECKING:
    from odoo.fields import Field


LISTS = ("many2many", "tags")
_EMPTY = SQL("'false'::jsonb, 'null'::jsonb, '[]'::jsonb, '\"\"'::jsonb")


@dataclass(frozen=True)
class Property:
    """A property of the records that a path leads to, to compare with values.

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

    def cast(self, value: Any) -> Any:
        """Parse the value of a condition by the type of the property.

        :raise ValueError: saying what was expected
        """
        if value is False or value is None:
            return False
        if isinstance(value, list | dict):
            raise ValueError("one value")
        if self.type in TEXT_TYPES:
            return str(value) or False
        if self.type == "boolean":
            return casting.to_boolean(str(value).lower())
        if str(value).lower() == "false":
            return False
        if self.type in ("selection", "tags"):
            return self._check_option(value)
        return _CASTS[self.type](value)

    def cast_ordered(self, value: Any) -> Any:
        """Parse a value to compare with `<` or `>`; empty is not allowed."""
        parsed = self.cast(value)
        if parsed is False:
            raise ValueError("a value")
        return parsed

    def _check_option(self, value: Any) -> Any:
        keys = [option[0] for option in self.definition[self.type]]
        if value not in keys:
            raise ValueError("one of " + ", ".join(map(str, keys)))
        return value

    def compare(self, operator: str, value: Any) -> Domain:
        """Return the condition of one of Odoo's operators.

        PostgreSQL sorts `false` after all numbers and texts, and a comparison with a
        missing property is neither true nor false.

        :param value: parsed, or a list
        """
        if operator in ("=", "!=", "in", "not in"):
            values = value if isinstance(value, list) else [value]
            condition = Domain.OR(map(self._equals, values))
            return condition if operator in ("=", "in") else ~condition
        condition = Domain(self.expression, operator, value)
        if operator in Domain.NEGATIVE_OPERATORS:
            return condition | self._equals(False)
        return condition & self.is_set()

    def is_set(self) -> Domain:
        """Return the condition that the property has a value."""
        return ~self._equals(False)

    def _equals(self, value: Any) -> Domain:
        """Return the condition that the property has a value, or that its list has it.

        Odoo's own condition takes 0 for false, and 1 for true.
        """

        def to_sql(model: BaseModel, alias: str, query: Any) -> SQL:
            stored = field_to_sql(model, alias, self.expression, query)
            if value is False:
                return SQL("(%s IS NULL)", _without_empty(stored))
            sign = SQL("@>") if self.type in LISTS else SQL("=")
            wanted = json.dumps(value)
            return SQL("COALESCE(%s %s %s::jsonb, FALSE)", stored, sign, wanted)

        return Domain.custom(to_sql=to_sql)


def find_property(
    model: BaseModel, path: str, error_class: type | Callable
) -> Property | None:
    """Return the property that a path ends at, or None if it leads to a field.

    :param error_class: what to raise for a property that nobody has defined
    :raise ApiError: see `resolve_path`, for the path to the properties field
    """
    prefix, _, name = path.rpartition(".")
    fields = known_fields(model, prefix)
    is_whole = len(fields) == prefix.count(".") + 1
    if not (fields and is_whole and fields[-1].type == "properties"):
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
    return [
        item
        for record in find_containers(owner, field)
        for item in record[field.definition_record_field]
    ]


def find_containers(owner: BaseModel, field: Field) -> BaseModel:
    """Return the records that define properties and that the caller can read.

    `get_property_definition` also finds those in hidden records.

    :param owner: the model of the properties field
    """
    link = owner._fields[field.definition_record]
    containers = owner.env[link.comodel_name]
    if not link.store:
        # sudo: only administrators can read `properties.base.definition`. Its record
        # belongs to the model, whose properties everybody sees who reads a record.
        return owner.new({})[link.name].sudo()
    if not containers.has_access("read"):
        return containers
    is_defined = Domain(field.definition_record_field, "!=", False)
    return containers.with_context(active_test=False).search(is_defined)


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


def property_to_sql(model: BaseModel, alias: str, expression: str, query: Any) -> SQL:
    """Return the JSON value of a property to sort by, NULL where it is empty.

    :param expression: such as `lead_properties.size`
    """
    return _without_empty(field_to_sql(model, alias, expression, query))


def _without_empty(stored: SQL) -> SQL:
    """Return a JSON value, NULL where it stands for an empty property."""
    return SQL("CASE WHEN %s IN (%s) THEN NULL ELSE %s END", stored, _EMPTY, stored)


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
