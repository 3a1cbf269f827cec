# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Queries and SQL expressions of the ORM."""

from typing import Any

from odoo.fields import Domain, Field
from odoo.models import BaseModel
from odoo.tools import SQL, Query


def as_query(records: BaseModel) -> Any:
    """Return the query of some records, without an order."""
    return records._as_query(ordered=False)


def search_query(model: BaseModel, domain: Domain | list[Any]) -> Any:
    """Return the query of a domain, with the rules that hold for the user."""
    return model._search(domain)


def searches_by_itself(model: BaseModel) -> bool:
    """Tell whether a model has a search of its own."""
    return type(model)._search is not BaseModel._search


def fetches_by_itself(cls: Any) -> bool:
    """Tell whether a model overrides the reading of records."""
    return cls._fetch_query is not BaseModel._fetch_query


def field_to_sql(model: BaseModel, alias: str, name: str, query: Any) -> Any:
    """Return the SQL expression of a field."""
    return model._field_to_sql(alias, name, query)


def order_to_sql(
    model: BaseModel, alias: str, name: str, direction: Any, nulls: Any, query: Any
) -> Any:
    """Return the SQL terms that sort by a field."""
    return model._order_field_to_sql(alias, name, direction, nulls, query)


def lines_query(model: BaseModel, alias: str, field: Field) -> Query:
    """Return the query of the records in a stored one2many or many2many.

    It is a subquery, for each record of `alias`. Without record rules.
    """
    comodel = model.env[field.comodel_name]
    lines = Query.make_alias(alias, field.name)
    query = Query(model.env, lines, comodel._table_sql)
    owner = SQL.identifier(alias, "id")
    if field.type == "one2many":
        inverse = comodel._field_to_sql(lines, field.inverse_name, query)
        query.add_where(SQL("%s = %s", inverse, owner))
        return query
    links = Query.make_alias(lines, "links")
    own_id = SQL.identifier(lines, "id")
    same = SQL("%s = %s", SQL.identifier(links, field.column2), own_id)
    query.add_join("JOIN", links, field.relation, same)
    query.add_where(SQL("%s = %s", SQL.identifier(links, field.column1), owner))
    return query


def read_translations(
    records: BaseModel, field_names: list[str]
) -> dict[int, dict[str, Any]]:
    """Return `{id: {field name: {language: text}}}` of stored translated fields.

    Only the languages that have a text. No rights are checked.
    """
    records = records.with_context(prefetch_langs=True)
    query = as_query(records)
    columns = [
        field_to_sql(records, records._table, name, query)
        for name in ("id", *field_names)
    ]
    return {
        record_id: dict(zip(field_names, texts, strict=True))
        for record_id, *texts in records.env.execute_query(query.select(*columns))
    }


def fetch_query(model: BaseModel, query: Any, field_names: list[str]) -> BaseModel:
    """Return the records of a query, with some fields in the cache."""
    return model._fetch_query(query, model._determine_fields_to_fetch(field_names))


def check_group(model: BaseModel, specification: str) -> None:
    """Let the ORM check one `groupby` of `formatted_read_group`.

    :raise ValueError: it is not possible
    """
    model._read_group_groupby(model._table, specification, as_query(model))


def check_aggregate(model: BaseModel, specification: str) -> None:
    """Let the ORM check one aggregate of `formatted_read_group`.

    :raise ValueError: it is not possible
    """
    model._read_group_select(specification, as_query(model))


def is_searchable(field: Field) -> bool:
    """Tell whether the ORM can search by a field."""
    return field._description_searchable


def domain_to_sql(domain: Domain, model: BaseModel, alias: str, query: Any) -> Any:
    """Return the SQL condition of a `odoo.fields.Domain`."""
    return domain.optimize_full(model)._to_sql(model, alias, query)
