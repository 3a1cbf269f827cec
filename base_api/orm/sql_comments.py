# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Comments at the end of SQL statements, in the form of sqlcommenter.

They are at the end, after the text that groups statements in PostgreSQL's statistics,
and hold no character that PostgreSQL, psycopg2 or a comment treats specially. The
`execute` method of the cursor (`odoo.sql_db.Cursor`) is replaced, before others replace
it (`orm.time_limits`, `orm.transactions`): these see statements without a comment.
"""

import re
from functools import partial
from typing import Any

from psycopg2 import sql

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

_ATTRIBUTE = "_base_api_comment"
_HARMLESS = re.compile(r"[A-Za-z0-9._:/+=@~-]*")


def comment_statements(cr: BaseCursor, values: dict[str, str]) -> None:
    """Append a comment to all statements that a cursor executes from now on.

    Statements that do not go through `execute`, such as COPY and those of cursors on
    the server, have none.

    :param values: by name; those that are empty or have other characters than letters,
        digits and `._:/+=@~-` are left out
    """
    pairs = [
        f"{name}='{value}'"
        for name, value in sorted(values.items())
        if value and _HARMLESS.fullmatch(value)
    ]
    if pairs and not vars(cr).get(_ATTRIBUTE):  # a repeated request has it already
        setattr(cr, _ATTRIBUTE, True)
        cr.execute = partial(_execute, cr.execute, f" /*{','.join(pairs)}*/")


def _execute(
    execute: Any, comment: str, query: str | SQL, *args: Any, **kwargs: Any
) -> Any:
    return execute(_commented(query, comment), *args, **kwargs)


def _commented(query: Any, comment: str) -> Any:
    if isinstance(query, SQL):
        return SQL(f"%s{comment}", query)
    if isinstance(query, sql.Composable):
        return sql.Composed([query, sql.SQL(comment)])
    return query + (comment.encode() if isinstance(query, bytes) else comment)
