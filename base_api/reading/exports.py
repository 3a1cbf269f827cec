# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Export all records that a search finds, in batches.

Everything is read in one transaction, which Odoo runs as REPEATABLE READ, so that all
batches show one snapshot. It uses a separate cursor, as that of the request is closed
before the answer is sent.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import SQL

from ..errors import AnswerTooLarge
from ..orm.side_effects import open_cursor
from ..searching.cursors import seal
from ..searching.keyset import after, as_text, order_by
from .serializers import serialize

if TYPE_CHECKING:
    from ..searching.keyset import Search
    from .projection import Projection


BATCH_SIZE = 1000  # records
_NAME = SQL.identifier("base_api_export")


def export_batches(
    search: Search,
    projection: Projection,
    position: Any = None,
    limit: int | None = None,
    with_cursors: bool = False,
) -> Generator[Any, None, None]:
    """Yield the number of records, and then lists of records as JSON.

    The first list is read before the number is yielded, so that most errors occur
    there. The cursor is closed with the generator, or when everything is read.

    :param search: a `Search`
    :param projection: of `parse_fields`
    :param position: the position to continue after (`searching.keyset`), or None
    :param limit: maximum number of records, or None
    :param with_cursors: whether the last record of each batch, if others follow, gets a
        `next_cursor`
    :raise AnswerTooLarge: see `_serialize`
    """
    with own_environment(search.model.env) as env:
        search = replace(search, model=search.model.with_env(env))
        query = _open(search, position, limit)
        found = _fetch(env)
        count = _count(query, len(found), limit, with_cursors)
        total = min(count, limit or count)
        for start in range(0, total or 1, BATCH_SIZE):
            found = _fetch(env) if start else found
            end = min(start + BATCH_SIZE, total)
            batch = _read(search, projection, found, with_cursors and end < count)
            for number, (rows, is_whole) in enumerate(batch):
                if is_whole and end == total:
                    env.cr.close()
                if not start and not number:
                    yield total
                yield rows


@contextmanager
def own_environment(env: Environment) -> Iterator[Environment]:
    """Yield the environment of the caller with a separate cursor.

    User, context, companies and the restrictions of the API key are those of the
    request. So is the server: where the replica does not serve the request, the primary
    does.
    """
    with closing(open_cursor(env, readonly=env.cr.readonly)) as cr:
        yield env(cr=cr)


def _open(search: Search, position: Any, limit: int | None) -> Any:
    """Start reading on the database; return the query.

    A server-side cursor sorts once. Without a suitable index, a query for each batch
    would sort each time.
    """
    query, terms = search.query()
    query.add_where(after(terms, position) if position else SQL("TRUE"))
    query.order, query.limit = order_by(terms), limit
    record_id = SQL.identifier(search.model._table, "id")
    select = query.select(record_id, *map(as_text, terms))
    search.model.env.cr.execute(SQL("DECLARE %s CURSOR FOR %s", _NAME, select))
    return query


def _fetch(env: Environment) -> list[Any]:
    """Return ids and positions of the next records."""
    return env.execute_query(SQL("FETCH %s FROM %s", BATCH_SIZE, _NAME))


def _count(query: Any, fetched: int, limit: int | None, with_cursors: bool) -> int:
    """Return the number of records, up to the limit.

    Nothing is counted if the first batch is the last.
    """
    if fetched < min(BATCH_SIZE, limit or BATCH_SIZE):
        return fetched
    if fetched == limit and not with_cursors:
        return fetched
    query.order = query.limit = None
    return len(query)


def _read(
    search: Search, projection: Projection, found: list[Any], with_cursor: bool
) -> Iterator[tuple[Any, bool]]:
    """Yield the rows of a batch in lists, each with whether it is the last.

    :param found: of `_fetch`
    """
    records = search.model.browse(record_id for record_id, *_position in found)
    for rows, is_last in _serialize(records, projection):
        if rows and is_last and with_cursor:
            rows[-1]["next_cursor"] = seal(search, found[-1][1:])
        yield rows, is_last


def _serialize(
    records: BaseModel, projection: Projection
) -> Iterator[tuple[Any, bool]]:
    """Yield the rows of some records in lists, each with whether it is the last.

    The number of nested records in each list is limited, to bound the memory.

    :raise AnswerTooLarge: a single record has too many
    """
    waiting = [records]
    while waiting:
        part = waiting.pop()
        part.fetch(list(projection.values()))
        try:
            rows = serialize(part, projection)
        except AnswerTooLarge:
            if len(part) == 1:
                raise
            half = len(part) // 2
            waiting += part[half:], part[:half]
            continue
        part.env.invalidate_all(flush=False)  # constant memory
        yield rows, not waiting
