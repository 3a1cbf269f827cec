# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Queries of the ORM, and the SQL that it makes of fields."""

from odoo.models import BaseModel


def as_query(records):
    """Return the query of some records, in no order."""
    return records._as_query(ordered=False)


def search_query(model, domain):
    """Return the query of a domain, with the rules that hold for the user."""
    return model._search(domain)


def searches_by_itself(model):
    """Tell whether a model has a search of its own."""
    return type(model)._search is not BaseModel._search


def fetches_by_itself(cls):
    """Tell whether the class of a model has a way of its own to read records."""
    return cls._fetch_query is not BaseModel._fetch_query


def field_to_sql(model, alias, name, query):
    """Return the SQL expression of a field."""
    return model._field_to_sql(alias, name, query)


def order_to_sql(model, alias, name, direction, nulls, query):
    """Return the SQL terms that sort by a field."""
    return model._order_field_to_sql(alias, name, direction, nulls, query)


def fetch_query(model, query, field_names):
    """Return the records of a query with some fields in the cache."""
    return model._fetch_query(query, model._determine_fields_to_fetch(field_names))


def check_group(model, specification):
    """Let the ORM check one `groupby` of `formatted_read_group`.

    :raise ValueError: it is not possible
    """
    model._read_group_groupby(model._table, specification, as_query(model))


def check_aggregate(model, specification):
    """Let the ORM check one aggregate of `formatted_read_group`.

    :raise ValueError: it is not possible
    """
    model._read_group_select(specification, as_query(model))


def is_searchable(field):
    """Tell whether the ORM can search by a field."""
    return field._description_searchable


def domain_to_sql(domain, model, alias, query):
    """Return the SQL condition of a `odoo.fields.Domain`."""
    return domain.optimize_full(model)._to_sql(model, alias, query)
