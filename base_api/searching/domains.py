# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's domains as JSON: `["|", ["state", "=", "sale"], ["amount", ">", 5]]`."""

from typing import Any

from odoo.api import Environment
from odoo.fields import Domain, Field
from odoo.models import BaseModel
from odoo.tools.date_utils import parse_date

from ..casting import to_id
from ..errors import InvalidFilter, InvalidValue
from ..errors.hints import hint
from ..field_types import LIKE_TYPES, OPAQUE_TYPES, ORDERED_TYPES, TEXT_TYPES
from ..orm.queries import is_searchable
from ..referencing.ids import replace_references
from ..referencing.reference import is_reference
from .conditions import (
    along,
    any_of,
    build_query,
    cast_ordered,
    cast_value,
    compare,
)
from .external_ids import ExternalIdTarget, find_external_id
from .paths import follow, resolve_path
from .properties import Property, find_property
from .search_budget import SearchBudget

MAX_DOMAIN_DEPTH = 10  # nesting of relations and of and/or, as Odoo recurses

_LOGIC = ("&", "|", "!")
_LEAVES = ([1, "=", 1], [0, "=", 1])  # Odoo's true and false
_ANY = ("any", "not any")
_EQUAL = ("=", "!=", "=?")
_LIST = ("in", "not in")
_ORDERED = ("<", ">", "<=", ">=")
_PATTERNS = ("=like", "not =like", "=ilike", "not =ilike")
_LIKE = ("like", "not like", "ilike", "not ilike", *_PATTERNS)
_HIERARCHY = ("child_of", "parent_of")
# Neither "any!" and "not any!", which skip record rules, nor deprecated spellings.
OPERATORS = (*_EQUAL, *_ORDERED, *_LIST, *_LIKE, *_ANY, *_HIERARCHY)

_RELATIVE_DATE = ("today", "now", "+", "-", "=")


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
    if operator in _ANY:
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
        if operator in _LIKE:
            parsed: Any = _check_pattern(target.type, operator, value)
        elif operator in _LIST and isinstance(value, list):
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
        if operator in _LIST and isinstance(value, list):
            parsed: Any = [prop.cast(item) for item in value]
        elif operator in _LIKE:
            parsed = _check_pattern(prop.type, operator, value)
        elif operator in ("=", "!="):
            parsed = prop.cast(value)
        elif operator in _ORDERED and prop.type in ORDERED_TYPES:
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
    if operator in _LIKE:
        budget.spend_pattern(str(value), fields, depth)
    if operator in _HIERARCHY:
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
    if operator in (*_EQUAL, *_LIST, *_HIERARCHY):
        value = _replace_references(model, field, value)
    if field.relational and operator in (*_EQUAL, *_LIST):
        value = _digits_as_ids(value)
    if field.relational and (operator in _LIKE or _is_text(operator, value)):
        return _compare_name(model, field, operator, value)
    return compare(model, field, operator, _check_value(model, field, operator, value))


def _check_value(model: BaseModel, field: Field, operator: str, value: Any) -> Any:
    if operator in _LIKE:
        return _check_pattern(field.type, operator, value)
    if operator in _ORDERED:
        return _cast_ordered(model.env, field, value)
    if operator in _HIERARCHY:
        return _cast_hierarchy(field, value)
    if operator not in _LIST:
        return _cast(model.env, field, value)
    if not isinstance(value, list):
        raise ValueError("a list")
    return [_cast(model.env, field, item) for item in value]


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
    if texts and operator in (*_EQUAL, *_LIST) and len(texts) < len(values):
        raise ValueError("ids or names, not both")
    return bool(texts) and operator not in (*_HIERARCHY, *_ORDERED)


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


def _check_pattern(kind: str, operator: str, value: Any) -> str:
    if kind not in LIKE_TYPES:
        raise ValueError("another operator")
    if not isinstance(value, str):
        raise ValueError("text")
    escapes = len(value) - len(value.rstrip("\\"))
    if operator in _PATTERNS and escapes % 2:
        raise ValueError("a pattern that does not end with a single backslash")
    return value


def _cast_hierarchy(field: Field, value: Any) -> list[Any]:
    if field.name != "id" and not field.relational:
        raise ValueError("another operator")
    values = value if isinstance(value, list) else [value]
    for item in values:
        if type(item) not in (int, str):
            raise ValueError("ids or names")
    return [item if isinstance(item, str) else to_id(item) for item in values]


def _cast_ordered(env: Environment, field: Field, value: Any) -> Any:
    if field.type not in ORDERED_TYPES:
        raise ValueError("another operator")
    if isinstance(value, bool | list | dict | None):
        raise ValueError("one value")
    if _is_relative_date(env, field, value):
        return value
    return cast_ordered(field, str(value) if field.type in TEXT_TYPES else value)


def _cast(env: Environment, field: Field, value: Any) -> Any:
    if value is None or value is False:
        return False
    if isinstance(value, list | dict):
        raise ValueError("one value")
    if field.type == "boolean" and type(value) in (bool, int):
        return cast_value(env, field, str(int(value)))
    if field.type == "boolean" and isinstance(value, str):
        return cast_value(env, field, value)
    if value is True or field.type == "boolean":
        raise ValueError("true or false" if field.type == "boolean" else "one value")
    if field.type in TEXT_TYPES:
        return str(value)
    if _is_relative_date(env, field, value):
        return value
    return cast_value(env, field, value)


def _is_relative_date(env: Environment, field: Field, value: Any) -> bool:
    """Tell whether this is one of Odoo's relative dates, such as `today -7d`."""
    if (
        field.type not in ("date", "datetime")
        or not isinstance(value, str)
        or not value.startswith(_RELATIVE_DATE)
    ):
        return False
    try:
        parse_date(value, env)
    except OverflowError:
        raise ValueError("a date closer to today") from None
    return True


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
