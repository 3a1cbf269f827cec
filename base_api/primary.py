# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A short transaction beside the request's own, on the primary database."""

from contextlib import contextmanager


@contextmanager
def primary_cursor(env):
    """Yield a read/write cursor of its own, committed at the end.

    Only for the time before a request's own work: its transaction starts anew, so that
    it sees what is written here, and does not collide with it.
    """
    env.cr.rollback()
    with env.registry.cursor() as cr:
        yield cr


def fetch_credential(env, query):
    """Return the first row of ``query``, or None.

    A replica that lags behind may not know a credential made a moment ago: what it does
    not find is looked up on the primary.
    """
    row = next(iter(env.execute_query(query)), None)
    if row is None and env.cr.readonly:
        with primary_cursor(env) as cr:
            cr.execute(query)
            row = cr.fetchone()
    return row
