# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`?field=value` and `?path.of.fields__operator=value` as a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.fields import Domain
from odoo.models import BaseModel

from ..aliases import current_name, old_names
from ..errors import InvalidFilter
from ..errors.hints import hint
from ..orm.queries import is_searchable
from .conditions import along, build_query
from .external_ids import find_external_id, is_external_id
from .name_searches import MAX_SEARCHES, SEARCH, NameSearch
from .operators import (
    ANCHORED,
    BUILDERS,
    LIKE,
    LISTS,
    NAMES,
    allowed_operators,
    split_values,
)
from .paths import known_fields, resolve_path
from .properties import find_property
from .ranking import Rank
from .search_budget import SearchBudget
from .targets import FieldTarget, Target

if TYPE_CHECKING:
    from ..protocol.parameters import Filters


SEPARATOR = "__"


def parse_filters(
    model: BaseModel,
    filters: Filters,
    budget: SearchBudget | None = None,
    others: Domain = Domain.TRUE,
) -> Domain:
    """Return the domain of all `filters`, joined by and.

    :param filters: a name is a field or a dotted path, alone or with an operator:
        `name`, `country_id.code`, `amount_total__gte`
    :param budget: a `SearchBudget`, by default a full one
    :param others: the other conditions of the request, for `search`
    :raise InvalidFilter: unknown field or operator, a field that cannot be searched,
        a value that cannot be cast, or too much
    :raise odoo.exceptions.AccessError: a field that the caller may not read, whose
        values the presence of a record would give away
    :raise KeyRestricted: a path over a model that the API key is not for
    """
    found, searches = _parse_filters(model, filters, budget)
    for search in searches:
        found &= search.condition(others & found)
    return found


def rank_filters(
    model: BaseModel, filters: Filters, budget: SearchBudget, others: Domain
) -> tuple[Domain, list[Rank]]:
    """Return a domain like `parse_filters`, and how `search` ranks the records.

    :return: no ranks where the filters do not rank the records
    """
    found, searches = _parse_filters(model, filters, budget)
    ranks = []
    for search in searches:
        if rank := search.rank(others & found):
            ranks.append(rank)
            found &= search.ranked(rank)
        else:
            found &= search.condition(others & found)
    return found, ranks


def _parse_filters(
    model: BaseModel, filters: Filters, budget: SearchBudget | None
) -> tuple[Domain, list[NameSearch]]:
    """Return the domain of the filters without `search`, and the searches."""
    budget = budget or SearchBudget(model.env)
    conditions, searches = [], []
    for name, text in filters.pairs:
        target, operator = _read_name(model, name, filters.parameters)
        budget.spend()
        if operator == SEARCH:
            searches.append(NameSearch.of(model, target, text, budget))
            if len(searches) > MAX_SEARCHES:
                raise InvalidFilter(f"search: at most {MAX_SEARCHES} in one request")
        else:
            condition = _condition(target, name, operator, text, budget)
            conditions.append(_along(model, target, name, operator, condition))
    return Domain.AND(conditions), searches


def _read_name(
    model: BaseModel, name: str, parameters: tuple[Any, ...]
) -> tuple[Target, str]:
    """Return what a name leads to, and its operator."""
    path, operator = _split(model, name)
    target: Target | None = find_property(model, path, InvalidFilter)
    target = target or find_external_id(model, path, InvalidFilter)
    target = target or _find_field(model, path, parameters)
    _check_operator(target, name, operator)
    return target, operator


def _condition(
    target: Target, name: str, operator: str, text: str, budget: SearchBudget
) -> Domain:
    """Return the condition of a filter on the model of its last field."""
    if operator in LIKE:
        is_anchored = operator in ANCHORED
        budget.spend_pattern(text, target.fields, is_anchored=is_anchored)
    try:
        if operator in LISTS:
            budget.spend_list(len(split_values(text)))
        return BUILDERS[operator](target, text)
    except ValueError as exc:
        raise InvalidFilter(
            f"{name}={text[:80]} is not a {target.type}: expected {exc}"
        ) from exc


def _along(
    model: BaseModel, target: Target, name: str, operator: str, condition: Domain
) -> Domain:
    """Return a condition on the last field of a path as one on `model`."""
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
    if operator not in NAMES:
        # The error does not reveal fields that the key may not read.
        if not find_property(model, path, InvalidFilter):
            if not _exists(model, path):
                return name, "eq"
            if not find_external_id(model, path, InvalidFilter):
                resolve_path(model, path, InvalidFilter)
        raise InvalidFilter(
            f"Unknown operator '{operator[:80]}' in '{name[:80]}', allowed: "
            + ", ".join(NAMES)
            + hint(operator, NAMES)
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
    allowed = allowed_operators(target)
    if not allowed:
        raise InvalidFilter(
            f"Fields of type {target.type} cannot be used in a filter: '{name[:80]}'"
        )
    if operator not in allowed:
        nearest = ""
        if isinstance(target, FieldTarget) and target.field.relational:
            if operator in LIKE:
                path = name.removesuffix(SEPARATOR + operator)
                nearest = f" (did you mean '{path}.display_name__{operator}'?)"
        raise InvalidFilter(
            f"{operator} is not possible on '{name[:80]}', a {target.type}, only "
            + ", ".join(allowed)
            + nearest
        )
