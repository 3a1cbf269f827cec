# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`?field=value` and `?path.of.fields__operator=value` as a domain."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..aliases import current_name, old_names
from ..casting import to_boolean
from ..errors import InvalidFilter, RecordNotFound
from ..errors.hints import hint
from ..external_ids import MARK
from ..lookup import named_ids, parse_id
from ..orm.queries import is_searchable
from .conditions import (
    along,
    build_query,
    cast_ordered,
    cast_value,
    compare,
    is_set,
)
from .external_ids import ExternalIdTarget, find_external_id, is_external_id
from .paths import follow, known_fields, resolve_path
from .properties import Property, find_property
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


@dataclass(frozen=True)
class FieldTarget:
    """A field to compare with values, with the interface of a `Property`.

    :param model: of the last field
    :param fields: along the path
    """

    model: BaseModel
    fields: list[Field]

    @property
    def field(self) -> Field:
        return self.fields[-1]

    @property
    def type(self) -> str:
        return self.field.type

    def cast(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(MARK) and self.holds_ids:
            return self.cast_id(value)
        return cast_value(self.model.env, self.field, value)

    @property
    def holds_ids(self) -> bool:
        return bool(self.field.relational) or self.field.name == "id"

    def cast_id(self, text: str) -> int:
        """Return the id of a record, or that of `@module.name`."""
        model = self.model
        if self.field.relational and text.startswith(MARK):
            model = follow(model, self.field, InvalidFilter)
        try:
            return named_ids(model, [parse_id(text)])[0]
        except RecordNotFound:
            message = f"the external id of a record of {model._name}"
            raise ValueError(message) from None

    def cast_ordered(self, value: Any) -> Any:
        return cast_ordered(self.field, value)

    def compare(self, operator: str, value: Any) -> Domain:
        return compare(self.model, self.field, operator, value)

    def is_set(self) -> Domain:
        return is_set(self.model, self.field)


Target = ExternalIdTarget | FieldTarget | Property


def _condition(
    model: BaseModel,
    name: str,
    text: str,
    parameters: tuple[Any, ...],
    budget: SearchBudget,
) -> Domain:
    path, operator = _split(model, name)
    target: Target | None = find_property(model, path, InvalidFilter)
    target = target or find_external_id(model, path, InvalidFilter)
    target = target or _find_field(model, path, parameters)
    _check_operator(target, name, operator)
    budget.spend()
    if operator in _LIKE:
        budget.spend_pattern(text, target.fields)
    try:
        if operator in _LISTS:
            budget.spend_list(len(_split_values(text)))
        condition = _BUILDERS[operator](target, text)
    except ValueError as exc:
        raise InvalidFilter(
            f"{name}={text[:80]} is not a {target.type}: expected {exc}"
        ) from exc
    condition = along(model, target.fields, condition)
    if operator == "child_of" or not all(
        hop.store and hop.column_type for hop in target.fields
    ):
        message = f"'{name}' cannot be searched for this value"
        build_query(model, condition, message)
    return condition


def _split(model: BaseModel, name: str) -> tuple[str, str]:
    """Return the path and the operator of a name; a field with the whole name wins."""
    path, _, operator = name.rpartition(SEPARATOR)
    if not path or _exists(model, name):
        return name, "eq"
    if operator not in _BUILDERS:
        # The error does not reveal fields that the key may not read.
        if not find_property(model, path, InvalidFilter):
            if not _exists(model, path):
                return name, "eq"
            if not find_external_id(model, path, InvalidFilter):
                resolve_path(model, path, InvalidFilter)
        raise InvalidFilter(
            f"Unknown operator '{operator[:80]}' in '{name[:80]}', allowed: "
            + ", ".join(_BUILDERS)
            + hint(operator, _BUILDERS)
        )
    return path, operator


def _exists(model: BaseModel, path: str) -> bool:
    if is_external_id(model, path):
        return True
    return len(known_fields(model, path)) == path.count(".") + 1


def _find_field(
    model: BaseModel, path: str, parameters: tuple[Any, ...]
) -> FieldTarget:
    name = path.partition(".")[0]
    if current_name(model._name, name) not in model._fields:
        known = [*model._fields, *old_names(model._name), *parameters]
        raise InvalidFilter(f"Unknown filter '{path[:80]}'{hint(name, known)}")
    fields = resolve_path(model, path, InvalidFilter)
    if not is_searchable(fields[-1]):
        raise InvalidFilter(f"'{path}' is computed and cannot be searched")
    return FieldTarget(model.env[fields[-1].model_name], fields)


def _check_operator(target: Target, name: str, operator: str) -> None:
    allowed = _allowed_operators(target)
    if not allowed:
        raise InvalidFilter(
            f"Fields of type {target.type} cannot be used in a filter: '{name[:80]}'"
        )
    if operator not in allowed:
        nearest = ""
        if isinstance(target, FieldTarget) and target.field.relational:
            if operator in _LIKE:
                path = name.removesuffix(SEPARATOR + operator)
                nearest = f" (did you mean '{path}.display_name__{operator}'?)"
        raise InvalidFilter(
            f"{operator} is not possible on '{name[:80]}', a {target.type}, only "
            + ", ".join(allowed)
            + nearest
        )


def _allowed_operators(target: Target) -> tuple[str, ...]:
    operators = _OPERATORS.get(target.type, ())
    if isinstance(target, FieldTarget):
        return (*operators, "child_of") if target.field.name == "id" else operators
    # Every property can be empty, and there is no hierarchy to search in.
    found = dict.fromkeys((*operators, "is_set") if operators else ())
    return tuple(operator for operator in found if operator != "child_of")


def _compare(operator: str, target: Target, text: str) -> Domain:
    return target.compare(operator, target.cast(text))


def _compare_all(operator: str, target: Target, text: str) -> Domain:
    values = [target.cast(part) for part in _split_values(text)]
    return target.compare(operator, values)


def _compare_ordered(
    operator: str, target: FieldTarget | Property, text: str
) -> Domain:
    return target.compare(operator, target.cast_ordered(text))


def _between(target: FieldTarget | Property, text: str) -> Domain:
    values = _split_values(text)
    if len(values) != 2:
        raise ValueError("two values, separated by a comma")
    low, high = values
    return _compare_ordered(">=", target, low) & _compare_ordered("<=", target, high)


def _like(operator: str, pattern: str, target: Target, text: str) -> Domain:
    """Match text; only `like` and `ilike` support the wildcards `%` and `_`."""
    if not text:
        raise ValueError("text to search for")
    if operator == "=like":
        text = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return target.compare(operator, pattern % text)


def _is_set(target: Target, text: str) -> Domain:
    condition = target.is_set()
    return condition if to_boolean(text) else ~condition


def _child_of(target: FieldTarget, text: str) -> Domain:
    ids = [target.cast_id(part) for part in _split_values(text)]
    return target.compare("child_of", ids)


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

# Operators of each type of fields and properties.
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
    "tags": (*_EQUAL, "is_set"),  # of properties
    "reference": (*_EQUAL, "is_set"),
    "many2one_reference": (*_EQUAL, "is_set"),
    "many2one": _RECORDS,
    "one2many": _RECORDS,
    "many2many": _RECORDS,
    "binary": ("is_set",),
}
