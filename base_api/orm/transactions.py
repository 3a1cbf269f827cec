# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep code that runs inside a request from ending its transaction.

The methods of one cursor (`odoo.sql_db.Cursor`) are replaced while a block runs, and
equivalent SQL is recognised. Blocks nest: the innermost one decides. Savepoints are not
affected, nor is `odoo.service.model.retrying`, which ends the transaction after the
block. SQL sent with another psycopg2 cursor is not detected.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql_db import BaseCursor
from odoo.tools import SQL

if TYPE_CHECKING:
    pass


# Ways to end a transaction -> verb phrase for messages.
ENDS = {
    "commit": "commits the transaction part-way through",
    "rollback": "rolls back the whole transaction",
    "close": "closes the database cursor",
}
RETRIED = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)

# A statement that ends a transaction, also after others and after comments. "END" is
# looked for at the beginning only, as blocks of PL/pgSQL end with it.
_SKIPPED = r"(?:\s|--[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*"
_COMMIT = r"commit\b|prepare\s+transaction\b"
_ROLLBACK = r"(?:abort|rollback)\b(?!\s+(?:(?:work|transaction)\s+)?to\b)"
_FIRST = re.compile(
    rf"{_SKIPPED}(?:(?P<commit>{_COMMIT}|end\b)|(?P<rollback>{_ROLLBACK}))", re.I
)
_LATER = re.compile(
    rf";{_SKIPPED}(?:(?P<commit>{_COMMIT})|(?P<rollback>{_ROLLBACK}))", re.I
)

# The beginning of most queries of the ORM, which need no further search.
_HARMLESS = frozenset(("SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPO", "RELEAS"))


class Refusal:
    """Refuse an action in a block, and raise the error again at the end of the block.

    Apps may catch the error and continue: then it is raised when the block ends,
    instead of any other exception.

    :param make_error: from what was tried, as the values of `ENDS`, to an error
    """

    def __init__(self, make_error: Callable | type) -> None:
        self._make_error = make_error
        self._raised = None

    def refuse(self, what: str) -> None:
        """Raise the error, or a conflict that an app is handling.

        Apps roll back after a conflict with another transaction. Odoo has to see the
        conflict, to repeat the request.
        """
        handled = sys.exc_info()[1]
        error = handled if isinstance(handled, RETRIED) else self._make_error(what)
        self._raised = self._raised or error
        raise error

    def __enter__(self) -> Refusal:
        return self

    def __exit__(self, _type: type | None, exc: Any, _traceback: Any) -> None:
        if exc is None or (isinstance(exc, Exception) and not isinstance(exc, RETRIED)):
            if self._raised not in (None, exc):
                raise self._raised


@contextmanager
def kept_open(
    cr: BaseCursor, make_error: Callable, ends: tuple[Any, ...] = tuple(ENDS)
) -> Iterator[None]:
    """Refuse to end the transaction of a cursor while a block runs.

    :param make_error: see `Refusal`
    :param ends: what is refused, of `ENDS`
    """
    with Refusal(make_error) as refusal:

        def handle(end: str, proceed: Callable) -> Any:
            if end in ends:
                refusal.refuse(ENDS[end])
            return proceed()

        # The methods of its connection are refused, too.
        below = {end: partial(refusal.refuse, ENDS[end]) for end in ends}
        with intercepted(cr, handle), _replaced(cr.connection, below):
            yield


@contextmanager
def held(cr: Any, take: Callable) -> Iterator[None]:
    """Call `take` after each end of the transaction of a cursor in a block.

    For locks and rows that are lost at the end of the transaction. It runs first in the
    next transaction.

    :param take: called without arguments; raises one of `RETRIED` where another
        transaction was faster, which is raised again at the end of the block
    """
    with Refusal(ConcurrencyError) as refusal:

        def handle(_end: str, proceed: Callable) -> None:
            proceed()
            try:
                take()
            except RETRIED as exc:
                refusal.refuse(str(exc))

        with intercepted(cr, handle):
            yield


@contextmanager
def intercepted(cr: BaseCursor, handle: Callable) -> Iterator[None]:
    """Call `handle` instead of ending the transaction of a cursor in a block.

    :param handle: called with one of `ENDS` and a function without arguments that
        ends the transaction
    """
    execute = cr.execute
    is_running = True

    def end_with(end: str, proceed: Callable) -> Any:
        # Apps can keep a reference to a method, and call it after the block.
        return handle(end, proceed) if is_running else proceed()

    def execute_unless_end(query: SQL | str, *args: Any, **kwargs: Any) -> Any:
        if end := _find_end(query):
            return end_with(end, partial(execute, query, *args, **kwargs))
        return execute(query, *args, **kwargs)

    methods = {end: partial(end_with, end, getattr(cr, end)) for end in ENDS}
    try:
        with _replaced(cr, methods | {"execute": execute_unless_end}):
            yield
    finally:
        is_running = False


@contextmanager
def _replaced(target: Any, methods: dict[str, Any]) -> Iterator[None]:
    own = vars(target)
    outer = {name: own[name] for name in methods if name in own}
    own.update(methods)
    try:
        yield
    finally:
        for name in methods:
            del own[name]
        own.update(outer)


def _find_end(query: SQL | str) -> Any:
    """Return which of `ENDS` an SQL query is, or None."""
    if isinstance(query, SQL):
        query = query.code
    if isinstance(query, str) and query[:6] in _HARMLESS and ";" not in query:
        return None
    if isinstance(query, bytes):
        # It contains values (Cursor.execute_values), which may look like SQL.
        match = _FIRST.match(query[:200].decode(errors="replace"))
    else:
        text = query if isinstance(query, str) else ""
        match = _FIRST.match(text) or (_LATER.search(text) if ";" in text else None)
    return match.lastgroup if match else None
