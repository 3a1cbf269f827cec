# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The references that a request has resolved so far.

They are kept for one operation: the references of a list, and of all its lines, are
looked up together, and a record that a reference creates is created once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from odoo.sql_db import BaseCursor

from ..orm.scope import bound_scope
from .reference import parse_reference

# (model name, text of the identity) -> ids of the records, at most two.
Known = dict[tuple[str, str], tuple[int, ...]]


def known_references(cr: BaseCursor) -> Known:
    """Return what is known in the request of a cursor; empty without a request."""
    scope = bound_scope(cr)
    return {} if scope is None else scope.references


def known_id(cr: BaseCursor, model_name: str, value: dict[str, Any]) -> int | None:
    """Return the id of the record of a reference, if that is known.

    :param value: the reference in JSON
    """
    try:
        reference = parse_reference(value)
    except ValueError:
        return None
    ids = known_references(cr).get((model_name, reference.text), ())
    return ids[0] if len(ids) == 1 else None


def forget_references(cr: BaseCursor) -> None:
    known_references(cr).clear()


@contextmanager
def references_restored(cr: BaseCursor) -> Iterator[None]:
    """Forget what was resolved in a block if it fails.

    A savepoint undoes the creation of records.
    """
    known = known_references(cr)
    before = dict(known)
    try:
        yield
    except BaseException:
        known.clear()
        known.update(before)
        raise
