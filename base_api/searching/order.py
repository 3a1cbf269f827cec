# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`order=name desc,id`: the columns to sort by, and their SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel
from odoo.tools import SQL

from ..errors import InvalidParameter
from ..orm.queries import as_query, field_to_sql, order_to_sql
from .paths import follow, resolve_path
from .properties import LISTS, Property, find_property, property_to_sql
from .ranking import Rank, rank_to_sql
from .rules import rules_to_sql

MAX_PARTS = 16  # of one order, after the expansion of many2one fields
DEFAULT_ORDER = "id"

_PART = re.compile(
    r"\s*(?P<path>[\w.]+)"
    r"(\s+(?P<direction>asc|desc))?"
    r"(\s+nulls\s+(?P<nulls>first|last))?\s*",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Sort:
    """One column to sort by.

    :param path: over many2one fields, such as `("partner_id", "name")`
    :param nulls_first: by default as in PostgreSQL: last, and first with `desc`
    :param is_null: whether to sort by the existence of a value, not by the value
    :param guarded: whether values of records that the caller may not see count as empty
    :param prop: the property to sort by, of the properties field that the path leads to
    :param rank: sorts by a name search instead of the path
    """

    path: tuple[Any, ...]
    descending: bool = False
    nulls_first: bool = False
    is_null: bool = False
    guarded: bool = False
    prop: str = ""
    rank: Rank | None = None


@dataclass(frozen=True)
class Term:
    """The SQL of a `Sort` in one query."""

    value: SQL
    descending: bool
    nulls_first: bool
    nullable: bool

    def order(self) -> SQL:
        direction = SQL("DESC") if self.descending else SQL("ASC")
        if (
            self.nulls_first == self.descending
        ):  # the default of PostgreSQL and its indexes
            return SQL("%s %s", self.value, direction)
        nulls = SQL("NULLS FIRST") if self.nulls_first else SQL("NULLS LAST")
        return SQL("%s %s %s", self.value, direction, nulls)


def parse_order(model: BaseModel, text: str) -> tuple[Any, ...]:
    """Return the columns behind `field [asc|desc] [nulls first|last], ...`.

    The last one is the id, so that the order is total. A many2one sorts by the order of
    its model, as in Odoo.

    :return: a tuple of `Sort`
    :raise InvalidParameter: not an order, or a field that cannot be sorted by
    :raise odoo.exceptions.AccessError: a field or model that the caller may not read
    :raise KeyRestricted: a model that the API key is not for
    """
    sorts = []
    for part in (text or DEFAULT_ORDER).split(","):
        path, descending, nulls = _parse_part(part)
        # A many2one sorts by its name, which answers show; a path by any value.
        sorts += [
            replace(sort, guarded="." in path)
            for sort in _sorts(model, path, descending, nulls)
        ]
        if len(sorts) > MAX_PARTS:
            raise InvalidParameter(f"order sorts by more than {MAX_PARTS} columns")
    paths = [sort.path for sort in sorts]
    if paths != [("id",)]:
        # hr.employee shows colleagues the values of another table.
        model.check_access("read")
    if ("id",) in paths:
        return tuple(sorts[: paths.index(("id",)) + 1])
    return (*sorts, Sort(("id",)))


def rank_order(model: BaseModel, ranks: list[Rank]) -> tuple[Sort, ...]:
    """Return the columns that sort by name searches, the first one above all."""
    if any(rank.fields for rank in ranks):
        model.check_access("read")  # as for an order
    return (*(Sort((), rank=rank) for rank in ranks), Sort(("id",)))


def order_terms(model: BaseModel, sorts: tuple[Any, ...], query: Any) -> list[Term]:
    """Return a list of `Term`; add the joins that they need to `query`."""
    return [_term(model, sort, query) for sort in sorts]


def _parse_part(part: str) -> tuple[Any, ...]:
    match = _PART.fullmatch(part)
    if not match:
        raise InvalidParameter(
            f"order: '{part.strip()[:80]}' is not allowed, expected a field, then "
            "optionally asc or desc, then optionally nulls first or nulls last"
        )
    direction, nulls = match["direction"] or "", match["nulls"]
    return match["path"], direction.lower() == "desc", nulls and nulls.lower()


def _sorts(
    model: BaseModel,
    path: str,
    descending: bool,
    nulls: str | None,
    seen: Any = (),
) -> list[Sort]:
    """Return the columns that one path sorts by.

    :param seen: the many2one fields that led here, as in `_order_field_to_sql`
    """
    if prop := find_property(model, path, _invalid_order):
        return [_property_sort(model, prop, descending, nulls)]
    # "partner_id.id" is the many2one itself, and reads nothing of the partner.
    is_id = path.endswith(".id")
    fields = resolve_path(model, path.removesuffix(".id"), _invalid_order)
    for field in fields:
        leads_on = is_id or field is not fields[-1]
        _check_sortable(model.env[field.model_name], field, leads_on)
    names = tuple(field.name for field in fields)
    if fields[-1].type == "many2one" and not is_id:
        return _many2one_sorts(model.env, fields[-1], names, descending, nulls, seen)
    nulls_first = nulls == "first" if nulls else descending
    return [Sort((*names, "id") if is_id else names, descending, nulls_first)]


def _property_sort(
    model: BaseModel, prop: Property, descending: bool, nulls: str | None
) -> Sort:
    for field in prop.fields[:-1]:
        _check_sortable(model.env[field.model_name], field, True)
    if prop.type in LISTS:
        raise _invalid_order(f"the property '{prop.name}' is a list")
    names = tuple(field.name for field in prop.fields)
    nulls_first = nulls == "first" if nulls else descending
    return Sort(names, descending, nulls_first, prop=prop.name)


def _many2one_sorts(
    env: Environment,
    field: Field,
    names: tuple[Any, ...],
    descending: bool,
    nulls: str | None,
    seen: tuple[Any, ...],
) -> list[Sort]:
    if field in seen:
        return []
    comodel = follow(env[field.model_name], field, _invalid_order)
    if comodel._order == "id":
        nulls_first = nulls == "first" if nulls else descending
        return [Sort((*names, "id"), descending, nulls_first)]
    sorts = []
    if nulls:
        sorts.append(Sort((*names, "id"), nulls == "first", is_null=True))
    for part in comodel._order.split(","):
        path, part_descending, part_nulls = _parse_part(part)
        if descending:
            part_descending = not part_descending
            part_nulls = part_nulls and {"first": "last", "last": "first"}[part_nulls]
        sorts += [
            replace(sort, path=(*names, *sort.path))
            for sort in _sorts(
                comodel, path, part_descending, part_nulls, (*seen, field)
            )
        ]
    return sorts


def _invalid_order(message: str) -> InvalidParameter:
    return InvalidParameter(f"order: {message}")


def _check_sortable(model: BaseModel, field: Field, leads_on: bool) -> None:
    """Refuse fields that Odoo cannot sort by, without running a query."""
    if leads_on and field.type != "many2one":
        count = "many records" if field.relational else "no record"
        raise _invalid_order(f"'{field.name}' of {model._name} leads to {count}")
    if field.store and field.column_type:
        return
    query = as_query(model)
    try:
        up, down = (
            order_to_sql(model, model._table, field.name, SQL(direction), SQL(), query)
            for direction in ("ASC", "DESC")
        )
    except ValueError:
        up = down = None
    if (
        up == down
    ):  # also fields that are sorted in one direction only (res.device.is_current)
        raise _invalid_order(
            f"'{field.name}' of {model._name} is not stored, so it cannot be sorted by"
        )


def _term(model: BaseModel, sort: Sort, query: Any) -> Term:
    """Return a column as `BaseModel._order_field_to_sql` does."""
    if sort.rank:
        position = rank_to_sql(model, sort.rank, query)
        return Term(position, descending=False, nulls_first=False, nullable=True)
    *hops, name = sort.path
    # For "partner_id.id", use the many2one itself: no join, and its index.
    is_id = bool(hops) and name == "id"
    if is_id:
        *hops, name = hops
    alias, visible = model._table, []
    for hop in hops:
        model, alias = model._fields[hop].join(model, alias, query)
        if sort.guarded:
            visible.append(rules_to_sql(model, alias, query))
    if is_id:
        value = field_to_sql(model, alias, name, query)
    elif sort.prop:
        value = property_to_sql(model, alias, f"{name}.{sort.prop}", query)
    else:
        value = order_to_sql(model, alias, name, SQL(), SQL(), query)
    if sort.is_null:
        value = SQL("(%s IS NULL)", value)
    if visible:
        value = SQL("(CASE WHEN %s THEN %s END)", SQL(" AND ").join(visible), value)
    nullable = sort.path != ("id",)
    return Term(value, sort.descending, sort.nulls_first, nullable)
