# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keyset pagination: search for the records after a position.

Unlike an offset, it costs the same at any depth, and concurrent inserts and deletes
neither hide records nor show them twice.

A position is a list of the sort values of a record: text as PostgreSQL writes it, or
None for NULL. These literals are exact and take the type of the column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel
from odoo.tools import SQL

from ..errors import InvalidFilter
from ..orm.queries import as_query, fetch_query, search_query
from .order import order_terms

if TYPE_CHECKING:
    from .order import Term


@dataclass(frozen=True)
class Search:
    """A search: a model, a domain and an order.

    :param model: an empty recordset
    :param domain: an `odoo.fields.Domain`
    :param sorts: of `parse_order`
    :param asked: the sent domain and filters, which identify the query of a cursor; the
        parsed domain may contain queries and ids that change
    :param most: maximum number of results; None for all, which a cursor can go through
    """

    model: Any
    domain: Any
    sorts: tuple[Any, ...]
    asked: tuple[Any, ...] = ()
    most: int | None = None

    def query(self) -> tuple[Any, Any]:
        """Return an `odoo.tools.Query`, and the terms of the order in it."""
        # Without a limit, as a model may filter the result afterwards (mail.message). A
        # record rule on companies then reads only their parents.
        model = self.model.with_context(prefetch_fields=False)
        query = search_query(model, self.domain)
        if self.model._table_query == "0":  # as in account.root, which is computed
            raise InvalidFilter(f"{self.model._name} has no table to search in")
        return query, order_terms(self.model, self.sorts, query)


def search_after(
    search: Search,
    position: list[Any] | None,
    field_names: list[str],
    limit: int,
    offset: int = 0,
) -> BaseModel:
    """Return the records after a position, with some fields fetched.

    :param position: None for the beginning
    :param int limit: at least 1
    """
    ids: list[Any] = []
    for narrow in _steps(search.sorts, position):
        query, terms = search.query()
        condition, terms = narrow(terms, position)
        query.add_where(condition)
        query.order = order_by(terms)
        query.limit, query.offset = limit - len(ids), offset
        ids += _fetch(search.model, query, field_names)._ids
        if len(ids) == limit:
            break
    return search.model.browse(ids)


def order_by(terms: list[Term]) -> SQL:
    return SQL(", ").join(term.order() for term in terms)


def after(terms: list[Term], position: list[str]) -> SQL:
    """Return the condition for the records after a position."""
    term, value = terms[0], position[0]
    later = _later(term, value)
    if len(terms) == 1:
        return later
    return SQL("(%s OR %s)", later, _same_and_after(terms, position))


def read_position(record: BaseModel, sorts: tuple[Any, ...]) -> list[Any]:
    """Return the position of a record."""
    if len(sorts) == 1:  # the id
        return [str(record.id)]
    query = as_query(record)
    terms = order_terms(record.browse(), sorts, query)
    values = [as_text(term) for term in terms]
    return list(record.env.execute_query(query.select(*values))[0])


def as_text(term: Term) -> SQL:
    return SQL("(%s)::text", term.value)


def _steps(sorts: tuple[Any, ...], position: list[Any] | None) -> list[Callable]:
    """Yield the queries that find the records after a position, in turn.

    An index can be used for a range of values or for NULL, but not for both. So there
    are two queries, the second one only if the first did not find enough.
    """
    if not position:
        return [_everything]
    if len(sorts) == 1:
        return [_following_values]
    if position[0] is None:
        return [_following_nulls, *([_values] if sorts[0].nulls_first else [])]
    return [_following_values, *([] if sorts[0].nulls_first else [_nulls])]


def _everything(terms: list[Term], position: Any) -> tuple[Any, Any]:
    # A query that has run drops its result when a condition is added.
    return SQL("TRUE"), terms


def _following_values(terms: list[Term], position: list[str]) -> tuple[Any, Any]:
    if len(terms) == 1:
        return _later(terms[0], position[0]), terms
    # The second condition implies the range, but not in a form that an index supports.
    sign = SQL("<=") if terms[0].descending else SQL(">=")
    condition = SQL(
        "%s %s %s AND (%s OR %s)",
        *(terms[0].value, sign, position[0]),
        _strictly_later(terms[0], position[0]),
        _same_and_after(terms, position),
    )
    return condition, terms


def _following_nulls(terms: list[Term], position: list[None]) -> tuple[Any, Any]:
    return _same_and_after(terms, position), terms[1:]


def _nulls(terms: list[Term], position: list[str]) -> tuple[Any, Any]:
    return SQL("%s IS NULL", terms[0].value), terms[1:]


def _values(terms: list[Term], position: list[Any]) -> tuple[Any, Any]:
    return SQL("%s IS NOT NULL", terms[0].value), terms


def _same_and_after(terms: list[Term], position: list[Any]) -> SQL:
    return SQL(
        "(%s AND %s)", _same(terms[0], position[0]), after(terms[1:], position[1:])
    )


def _same(term: Term, value: str | None) -> SQL:
    if value is None:
        return SQL("%s IS NULL", term.value)
    return SQL("%s = %s", term.value, value)


def _strictly_later(term: Term, value: str) -> SQL:
    sign = SQL("<") if term.descending else SQL(">")
    return SQL("%s %s %s", term.value, sign, value)


def _later(term: Term, value: str | None) -> SQL:
    """Return the condition for what a column sorts after a value, including NULL."""
    if value is None:
        is_later = SQL("%s IS NOT NULL", term.value)
        return is_later if term.nulls_first else SQL("FALSE")
    condition = _strictly_later(term, value)
    if term.nulls_first or not term.nullable:
        return condition
    return SQL("(%s OR %s IS NULL)", condition, term.value)


def _fetch(model: BaseModel, query: Any, field_names: list[str]) -> BaseModel:
    """Return the records of a query, as `BaseModel.search_fetch` does."""
    if query.is_empty():
        return model.browse()
    if model.has_access("read"):
        return fetch_query(model, query, field_names)
    # Only the model knows what it shows of records that the caller may not read
    # (hr.employee to colleagues).
    rows = model.env.execute_query(query.select())
    records = model.browse(record_id for (record_id,) in rows)
    records.fetch(field_names)
    return records
