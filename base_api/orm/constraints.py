# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The constraints of models, in Python and in SQL."""

import traceback
from collections.abc import Collection
from types import TracebackType
from typing import Any

from odoo.models import BaseModel
from odoo.sql_db import BaseCursor
from odoo.tools import SQL


def sql_message(model: BaseModel, exc: Any) -> str:
    """Return Odoo's message about a broken constraint of PostgreSQL."""
    return model._sql_error_to_message(exc)


def table_object(model: Any, name: str) -> Any:
    """Return the constraint or the index of a model with a name in SQL, or None."""
    return model._table_objects.get(name)


def failed_check(trace: TracebackType | None) -> tuple[Any, ...]:
    """Return the records and the `@api.constrains` method that an error comes from.

    The exception does not contain it. But `_validate_fields` (odoo/orm/models.py) calls
    every such method, and its frame is in the traceback. If Odoo renames its variables,
    nothing is found.

    :param trace: the traceback of the exception
    :return: a pair of None if it has another origin
    """
    frames = [
        frame
        for frame, _line in traceback.walk_tb(trace)
        if frame.f_code is BaseModel._validate_fields.__code__
    ]
    if not frames or not {"self", "check"} <= frames[-1].f_locals.keys():
        return None, None
    return frames[-1].f_locals["self"], frames[-1].f_locals["check"]


def constrained_fields(check: Any) -> tuple[Any, ...]:
    """Return the names of the fields of a `@api.constrains` method."""
    return check._constrains


def unique_columns(
    cr: BaseCursor, tables: Collection[str]
) -> list[tuple[str, list[str]]]:
    """Return the columns of the unique indexes of some tables.

    Without primary keys, and without indexes on a part of the rows or on expressions.

    :return: pairs of a table and its columns
    """
    query = SQL(
        """SELECT c.relname, array_agg(a.attname::text ORDER BY k.place)
             FROM pg_index i
             JOIN pg_class c ON c.oid = i.indrelid
             JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(number, place) ON TRUE
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
            WHERE i.indisunique AND NOT i.indisprimary
              AND i.indpred IS NULL AND i.indexprs IS NULL
              AND c.relname = ANY(%s) AND pg_table_is_visible(c.oid)
            GROUP BY i.indexrelid, c.relname
            ORDER BY i.indexrelid""",
        list(tables),
    )
    cr.execute(query)
    return cr.fetchall()
