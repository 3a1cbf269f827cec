# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`?field=value` and `?path.of.fields__operator=value` as a domain."""

from __future__ import annotations

import csv
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..aliases import current_name, old_names
from ..casting import to_boolean, to_id
from ..errors import InvalidFilter
from ..errors.hints import hint
from ..orm.queries import is_searchable
from .conditions import (
    along,
    build_query,
    cast_ordered,
    cast_value,
    compare,
    is_set,
)
from .paths import resolve_path
from .properties import (
    Property,
    cast_ordered_property,
    cast_property,
    compare_property,
    find_property,
    is_property_set,
)
from .search_budget import SearchBudget

if TYPE_CHECKING:
    from ..protocol.parameters import Filters


SEPARATOR = "__"


def parse_filters(
    model: BaseModel,
    filters: Filters,
    budget: SearchBudget | None = None,
) -> Domain:
    """Return the domain of all `filters`, joined by and.

    :param filters: a name is a field or a dotted path, alone or with an operator:
        `name`, `country_id.code`, `amount_total__gte`
    :param budget: a `SearchBudget`, by default a full one
    :raise InvalidFilter: unknown field or operator, a field that cannot be searched,
        a value that cannot be cast, or too much
    :raise odoo.exceptions.AccessError: a field that the caller may not read, whose
        values the presence of a record would give away
    :raise KeyRestricted: a path over a model that the API key is not for
    """
    budget = budget or SearchBudget(model.env)
    return Domain.AND(
        _condition(model, name, text, filters.parameters, budget)
        for name, text in filters.pairs
    )


def _condition(
    model: BaseModel,
    name: str,
    text: str,
    parameters: tuple[Any, ...],
    budget: SearchBudget,
) -> Domain:
    path, operator = _split(model, name)
    if prop := find_property(model, path, InvalidFilter):
        return _property_condition(model, prop, name, operator, text, budget)
    fields = _resolve(model, path, parameters)
    field = fields[-1]
    if not is_searchable(field):
        raise InvalidFilter(f"'{path}' is computed and cannot be searched")
    _check_operator(field, name, operator)
    budget.spend()
    if operator in _LIKE:
        budget.spend_pattern(text, fields)
    try:
        if operator in _LISTS:
            budget.spend_list(len(_split_values(text)))
        condition = _BUILDERS[operator](model.env[field.model_name], field, text)
    except ValueError as exc:
        raise InvalidFilter(
            f"{name}={text[:80]} is not a {field.type}: expected {exc}"
        ) from exc
    condition = along(model, fields, condition)
    if operator == "child_of" or not all(
        hop.store and hop.column_type for hop in fields
    ):
        message = f"'{name}' cannot be searched for this value"
        build_query(model, condition, message)
    return condition


def _property_condition(
    model: BaseModel,
    prop: Property,
    name: str,
    operator: str,
    text: str,
    budget: SearchBudget,
) -> Domain:
    allowed = _PROPERTY_OPERATORS.get(prop.type, ())
    if operator not in allowed:
        raise InvalidFilter(
            f"{operator} is not possible on '{name[:80]}', a property of type "
            f"{prop.type}, only " + (", ".join(allowed) or "none")
        )
    budget.spend()
    if operator in _LIKE:
        budget.spend_pattern(text, prop.fields)
    try:
        values = _split_values(text) if operator in (*_LISTS, "between") else [text]
        budget.spend_list(len(values))
        condition = _PROPERTY_BUILDERS[operator](prop, values)
    except ValueError as exc:
        raise InvalidFilter(
            f"{name[:80]}={text[:80]} is not a {prop.type}: expected {exc}"
        ) from exc
    return along(model, prop.fields, condition)


def _split(model: BaseModel, name: str) -> tuple[str, str]:
    """Return the path and the operator of a name; a field with the whole name wins."""
    path, _, operator = name.rpartition(SEPARATOR)
    if not path or _exists(model, name):
        return name, "eq"
    if operator not in _BUILDERS:
        if not _exists(model, path):
            return name, "eq"
        # The error does not reveal fields that the key may not read.
        resolve_path(model, path, InvalidFilter)
        raise InvalidFilter(
            f"Unknown operator '{operator[:80]}' in '{name[:80]}', allowed: "
            + ", ".join(_BUILDERS)
            + hint(operator, _BUILDERS)
        )
    return path, operator


def _exists(model: BaseModel, path: str) -> bool:
    for name in path.split("."):
        field = model is not None and model._fields.get(current_name(model._name, name))
        if not field:
            return False
        model = model.env[field.comodel_name] if field.relational else None
    return True


def _resolve(model: BaseModel, path: str, parameters: tuple[Any, ...]) -> list[Field]:
    name = path.partition(".")[0]
    if current_name(model._name, name) not in model._fields:
        known = [*model._fields, *old_names(model._name), *parameters]
        raise InvalidFilter(f"Unknown filter '{path[:80]}'{hint(name, known)}")
    return resolve_path(model, path, InvalidFilter)


def _check_operator(field: Field, name: str, operator: str) -> None:
    allowed = _OPERATORS.get(field.type, ())
    if field.name == "id":
        allowed = (*allowed, "child_of")
    if not allowed:
        raise InvalidFilter(
            f"Fields of type {field.type} cannot be used in a filter: '{name[:80]}'"
        )
    if operator not in allowed:
        nearest = ""
        if field.relational and operator in _LIKE:
            path = name.removesuffix(SEPARATOR + operator)
            nearest = f" (did you mean '{path}.display_name__{operator}'?)"
        raise InvalidFilter(
            f"{operator} is not possible on '{name[:80]}', a {field.type}, only "
            + ", ".join(allowed)
            + nearest
        )


def _compare(operator: str, model: BaseModel, field: Field, text: str) -> Domain:
    return compare(model, field, operator, cast_value(model.env, field, text))


def _compare_all(operator: str, model: BaseModel, field: Field, text: str) -> Domain:
    values = [cast_value(model.env, field, part) for part in _split_values(text)]
    return compare(model, field, operator, values)


def _compare_ordered(
    operator: str, _model: BaseModel, field: Field, text: str
) -> Domain:
    return Domain(field.name, operator, cast_ordered(field, text))


def _between(model: BaseModel, field: Field, text: str) -> Domain:
    values = _split_values(text)
    if len(values) != 2:
        raise ValueError("two values, separated by a comma")
    low, high = values
    return _compare_ordered(">=", model, field, low) & _compare_ordered(
        "<=", model, field, high
    )


def _like(
    operator: str, pattern: str, _model: BaseModel, field: Field, text: str
) -> Domain:
    """Match text; only `like` and `ilike` support the wildcards `%` and `_`."""
    if not text:
        raise ValueError("text to search for")
    if operator == "=like":
        text = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return Domain(field.name, operator, pattern % text)


def _is_set(model: BaseModel, field: Field, text: str) -> Domain:
    condition = is_set(model, field)
    return condition if to_boolean(text) else ~condition


def _child_of(model: BaseModel, field: Field, text: str) -> Domain:
    ids = [to_id(part) for part in _split_values(text)]
    return compare(model, field, "child_of", ids)


def _split_values(text: str) -> list[str]:
    """Return the values of a list, in which values with a comma are quoted (CSV)."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as exc:
        raise ValueError(f"values separated by commas, as in CSV ({exc})") from exc
    if len(rows) != 1 or not rows[0]:
        raise ValueError("one or more values, separated by commas")
    return rows[0]


_BUILDERS: dict[str, Any] = {
    "eq": partial(_compare, "="),
    "ne": partial(_compare, "!="),
    "gt": partial(_compare_ordered, ">"),
    "gte": partial(_compare_ordered, ">="),
    "lt": partial(_compare_ordered, "<"),
    "lte": partial(_compare_ordered, "<="),
    "in": partial(_compare_all, "in"),
    "nin": partial(_compare_all, "not in"),
    "like": partial(_like, "like", "%s"),
    "ilike": partial(_like, "ilike", "%s"),
    "startswith": partial(_like, "=like", "%s%%"),
    "endswith": partial(_like, "=like", "%%%s"),
    "is_set": _is_set,
    "child_of": _child_of,
    "between": _between,
}

_LISTS = ("in", "nin", "child_of")


def _compare_property(operator: str, prop: Property, values: list[str]) -> Domain:
    return compare_property(prop, operator, cast_property(prop, values[0]))


def _compare_property_ordered(
    operator: str, prop: Property, values: list[str]
) -> Domain:
    return compare_property(prop, operator, cast_ordered_property(prop, values[0]))


def _compare_property_all(operator: str, prop: Property, values: list[str]) -> Domain:
    cast = [cast_property(prop, value) for value in values]
    return compare_property(prop, operator, cast)


def _property_between(prop: Property, values: list[str]) -> Domain:
    if len(values) != 2:
        raise ValueError("two values, separated by a comma")
    low, high = values
    return _compare_property_ordered(">=", prop, [low]) & _compare_property_ordered(
        "<=", prop, [high]
    )


def _property_like(
    operator: str, pattern: str, prop: Property, values: list[str]
) -> Domain:
    # The checks and the wildcards are those of fields.
    condition: Any = _like(operator, pattern, None, prop.fields[-1], values[0])
    return compare_property(prop, condition.operator, condition.value)


def _is_property_set(prop: Property, values: list[str]) -> Domain:
    condition = is_property_set(prop)
    return condition if to_boolean(values[0]) else ~condition


_PROPERTY_BUILDERS: dict[str, Any] = {
    "eq": partial(_compare_property, "="),
    "ne": partial(_compare_property, "!="),
    "gt": partial(_compare_property_ordered, ">"),
    "gte": partial(_compare_property_ordered, ">="),
    "lt": partial(_compare_property_ordered, "<"),
    "lte": partial(_compare_property_ordered, "<="),
    "in": partial(_compare_property_all, "in"),
    "nin": partial(_compare_property_all, "not in"),
    "like": partial(_property_like, "like", "%s"),
    "ilike": partial(_property_like, "ilike", "%s"),
    "startswith": partial(_property_like, "=like", "%s%%"),
    "endswith": partial(_property_like, "=like", "%%%s"),
    "is_set": _is_property_set,
    "between": _property_between,
}

# Operators of each type of fields.
_EQUAL = ("eq", "ne", "in", "nin")
_ORDERED = ("gt", "gte", "lt", "lte", "between")
_LIKE = ("like", "ilike", "startswith", "endswith")
_NUMBER = (*_EQUAL, *_ORDERED)
_RECORDS = (*_EQUAL, "is_set", "child_of")
_OPERATORS = {
    "boolean": _EQUAL,
    "integer": _NUMBER,
    "float": _NUMBER,
    "monetary": _NUMBER,
    "date": (*_NUMBER, "is_set"),
    "datetime": (*_NUMBER, "is_set"),
    "char": (*_NUMBER, *_LIKE, "is_set"),
    "text": (*_EQUAL, *_LIKE, "is_set"),
    "html": (*_EQUAL, *_LIKE, "is_set"),
    "selection": (*_EQUAL, "is_set"),
    "reference": (*_EQUAL, "is_set"),
    "many2one_reference": (*_EQUAL, "is_set"),
    "many2one": _RECORDS,
    "one2many": _RECORDS,
    "many2many": _RECORDS,
    "binary": ("is_set",),
}
_PROPERTY_OPERATORS = {
    "boolean": (*_EQUAL, "is_set"),
    "integer": (*_NUMBER, "is_set"),
    "float": (*_NUMBER, "is_set"),
    "monetary": (*_NUMBER, "is_set"),
    "date": (*_NUMBER, "is_set"),
    "datetime": (*_NUMBER, "is_set"),
    "char": (*_NUMBER, *_LIKE, "is_set"),
    "text": (*_EQUAL, *_LIKE, "is_set"),
    "html": (*_LIKE, "is_set"),
    "selection": (*_EQUAL, "is_set"),
    "many2one": (*_EQUAL, "is_set"),
    "many2many": (*_EQUAL, "is_set"),
    "tags": (*_EQUAL, "is_set"),
}
