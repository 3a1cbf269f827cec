# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's domains as JSON: `["|", ["state", "=", "sale"], ["amount", ">", 5]]`."""

from typing import Any

from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..casting import to_id
from ..errors import InvalidFilter, InvalidValue
from ..errors.hints import hint
from ..field_types import OPAQUE_TYPES, ORDERED_TYPES
from ..orm.queries import is_searchable
from ..referencing.ids import replace_references
from ..referencing.reference import is_reference
from .conditions import (
    along,
    any_of,
    build_query,
    compare,
)
from .domain_operators import ANY, EQUAL, HIERARCHY, LIKE, LIST, OPERATORS, ORDERED
from .domain_values import check_pattern, check_value
from .external_ids import ExternalIdTarget, find_external_id
from .paths import follow, resolve_path
from .properties import Property, find_property
from .scans import is_anchored
from .search_budget import SearchBudget

MAX_DOMAIN_DEPTH = 10  # nesting of relations and of and/or, as Odoo recurses

_LOGIC = ("&", "|", "!")
_LEAVES = ([1, "=", 1], [0, "=", 1])  # Odoo's true and false


def parse_domain(
    model: BaseModel, value: Any, budget: SearchBudget | None = None
) -> Domain:
    """Parse a domain in JSON, and check its paths and values.

    :param value: a list of conditions `[path, operator, value]` with the prefix
        operators `"&"`, `"|"` and `"!"`; conditions without one are joined by and
    :param budget: a `SearchBudget`, by default a full one
    :raise InvalidFilter: not a domain, one that cannot be searched for, or too much
    :raise odoo.exceptions.AccessError: a model or a field that the caller may not read
    :raise KeyRestricted: a model that the API key is not for
    """
    domain = _parse(model, value, 0, budget or SearchBudget(model.env))
    if not domain.is_true():
        build_query(model, domain, "domain: Odoo cannot search for this")
    return domain


def _parse(model: BaseModel, value: Any, depth: int, budget: SearchBudget) -> Domain:
    if not isinstance(value, list | tuple):
        raise InvalidFilter('domain: expected a list such as [["id", ">", 7]]')
    if depth > MAX_DOMAIN_DEPTH:
        raise InvalidFilter("domain: too many relations")
    budget.check_length(len(value))
    items = [_parse_item(model, item, depth, budget) for item in value]
    try:
        domain = Domain(items)
    except (RecursionError, ValueError) as exc:
        raise InvalidFilter(
            'domain: "&" and "|" must precede two conditions, "!" one condition'
        ) from exc
    if _height(domain) > MAX_DOMAIN_DEPTH:
        raise InvalidFilter("domain: nested too deeply")
    return domain


def _parse_item(
    model: BaseModel, item: Any, depth: int, budget: SearchBudget
) -> str | Domain:
    """Return a condition, or a logical operator unchanged."""
    if isinstance(item, str) and item in _LOGIC:
        return item
    budget.spend()
    if item in _LEAVES:
        return Domain(*item)
    if not isinstance(item, list) or len(item) != 3:
        raise InvalidFilter(
            f"domain: {_show(item)} is not a condition, expected "
            "[field, operator, value] or one of " + ", ".join(_LOGIC)
        )
    path, operator, value = item
    return _parse_condition(model, path, operator, value, depth, budget)


def _parse_condition(
    model: BaseModel,
    path: str,
    operator: str,
    value: Any,
    depth: int,
    budget: SearchBudget,
) -> Domain:
    if not isinstance(path, str):
        raise InvalidFilter(f"domain: {_show(path)} is not a field name")
    if not isinstance(operator, str) or operator not in OPERATORS:
        raise InvalidFilter(
            f"domain: {_show(operator)} is not an operator, expected one of "
            + ", ".join(OPERATORS)
            + hint(_show(operator), OPERATORS)
        )
    if names := find_external_id(model, path, InvalidFilter):
        return _parse_external_id(model, names, operator, value, depth, budget)
    if prop := find_property(model, path, InvalidFilter):
        return _parse_property(model, prop, operator, value, depth, budget)
    fields = resolve_path(model, path, InvalidFilter)
    field = fields[-1]
    if not is_searchable(field):
        raise InvalidFilter(f"domain: '{path[:80]}' is computed and cannot be searched")
    last_model = model.env[field.model_name]
    if operator in ANY:
        comodel = follow(last_model, field, InvalidFilter)
        inner = _parse(comodel, value, depth + len(fields), budget)
        return along(model, fields, any_of(last_model, field, inner, operator))
    _spend(budget, fields, operator, value, depth)
    try:
        condition = _compare(last_model, field, operator, value)
    except ValueError as exc:
        raise InvalidFilter(
            f"domain: {path[:80]} {operator} {_show(value)} is not possible on a "
            f"{field.type}: expected {exc}"
        ) from exc
    return along(model, fields, condition)


def _parse_external_id(
    model: BaseModel,
    target: ExternalIdTarget,
    operator: str,
    value: Any,
    depth: int,
    budget: SearchBudget,
) -> Domain:
    """Return the condition of a leaf on external ids."""
    _spend(budget, target.fields, operator, value, depth)
    try:
        if operator in LIKE:
            parsed: Any = check_pattern(target.type, operator, value)
        elif operator in LIST and isinstance(value, list):
            parsed = [target.cast(item) for item in value]
        elif operator in ("=", "!="):
            parsed = target.cast(value)
        else:
            raise ValueError("another operator")
    except ValueError as exc:
        raise InvalidFilter(
            f"domain: external_id {operator} {_show(value)} is not possible: expected "
            f"{exc}"
        ) from exc
    return along(model, target.fields, target.compare(operator, parsed))


def _parse_property(
    model: BaseModel,
    prop: Property,
    operator: str,
    value: Any,
    depth: int,
    budget: SearchBudget,
) -> Domain:
    """Return the condition of a leaf on a property."""
    if prop.type == "separator":
        raise InvalidFilter(f"domain: {prop.expression[:80]} is a separator")
    _spend(budget, prop.fields, operator, value, depth)
    try:
        if operator in ("=", "!=") and isinstance(value, list):
            operator = "in" if operator == "=" else "not in"
        if operator in LIST and isinstance(value, list):
            parsed: Any = [prop.cast(item) for item in value]
        elif operator in LIKE:
            parsed = check_pattern(prop.type, operator, value)
        elif operator in ("=", "!="):
            parsed = prop.cast(value)
        elif operator in ORDERED and prop.type in ORDERED_TYPES:
            parsed = prop.cast_ordered(value)
        else:
            raise ValueError("another operator, or a value of its type")
    except ValueError as exc:
        raise InvalidFilter(
            f"domain: {prop.expression[:80]} {operator} {_show(value)} is not possible "
            f"on a {prop.type} property: expected {exc}"
        ) from exc
    return along(model, prop.fields, prop.compare(operator, parsed))


def _spend(
    budget: SearchBudget, fields: list[Field], operator: str, value: Any, depth: int
) -> None:
    """Count the additional cost of a condition.

    :param depth: number of relations in its path
    """
    values = value if isinstance(value, list) else [value]
    budget.spend_list(len(values))
    if operator in LIKE:
        pattern = str(value)
        budget.spend_pattern(pattern, fields, depth, is_anchored(operator, pattern))
    if operator in HIERARCHY:
        for name in values:
            if isinstance(name, str):
                budget.spend_name(name, fields, depth)


def _compare(model: BaseModel, field: Field, operator: str, value: Any) -> Domain:
    """Return the condition of a leaf, with abbreviations expanded."""
    if operator == "=?":
        return _compare(model, field, "=", value) if value else Domain.TRUE
    if operator in ("=", "!=") and isinstance(value, list):
        operator = "in" if operator == "=" else "not in"
        value = value or [False]
    if field.type in OPAQUE_TYPES and (operator not in ("=", "!=") or value):
        raise ValueError("= or != with false")
    if operator in (*EQUAL, *LIST, *HIERARCHY):
        value = _replace_references(model, field, value)
    if field.relational and operator in (*EQUAL, *LIST):
        value = _digits_as_ids(value)
    if field.relational and (operator in LIKE or _is_text(operator, value)):
        return _compare_name(model, field, operator, value)
    return compare(model, field, operator, check_value(model, field, operator, value))


def _replace_references(model: BaseModel, field: Field, value: Any) -> Any:
    """Return the value of a condition with ids in place of references."""
    values = value if isinstance(value, list) else [value]
    if not any(map(is_reference, values)):
        return value
    if field.name != "id":
        model = follow(model, field, InvalidFilter)
    try:
        ids = replace_references(model, field.name, values, [""] * len(values))
    except InvalidValue as exc:
        raise InvalidFilter(f"domain: {exc.description}") from exc
    return ids if isinstance(value, list) else ids[0]


def _digits_as_ids(value: Any) -> Any:
    """Return ids that were sent as text as numbers, as filters accept them."""
    if isinstance(value, list):
        return [_digits_as_ids(item) for item in value]
    is_id = isinstance(value, str) and value.isascii() and value.isdecimal()
    return to_id(value) if is_id else value


def _is_text(operator: str, value: Any) -> bool:
    """Tell whether a relation is compared with names instead of ids."""
    values = value if isinstance(value, list) else [value]
    texts = [item for item in values if isinstance(item, str)]
    if texts and operator in (*EQUAL, *LIST) and len(texts) < len(values):
        raise ValueError("ids or names, not both")
    return bool(texts) and operator not in (*HIERARCHY, *ORDERED)


def _compare_name(model: BaseModel, field: Field, operator: str, value: Any) -> Domain:
    if not value:
        raise ValueError("the name of a record")
    comodel = follow(model, field, InvalidFilter)
    any_operator = "any"
    if operator in Domain.NEGATIVE_OPERATORS:
        operator = Domain.NEGATIVE_OPERATORS[operator]
        any_operator = "not any"
    condition = _compare(comodel, comodel._fields["display_name"], operator, value)
    return any_of(model, field, condition, any_operator)


def _show(value: Any) -> str:
    """Return a value for a message; only the type of nested values."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    return str(value)[:80]


def _height(domain: Domain) -> int:
    """Return how many levels of and and or a domain has."""
    height, level = 0, [domain]
    while level:
        height += 1
        level = [child for item in level for child in getattr(item, "children", ())]
    return height
