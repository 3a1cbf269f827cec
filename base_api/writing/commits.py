# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A transaction that nothing inside of it may end."""

from contextlib import contextmanager


@contextmanager
def without_commit(cr, error):
    """Refuse to commit, even to who catches the refusal and goes on.

    Some methods of Odoo's apps commit what they did so far, and with it all that came
    before in the same request.

    :param error: the :class:`~.errors.ApiError` to raise
    """
    attempts = []
    outer = vars(cr).get("commit")  # of a dry run, where this is a batch in one

    def refuse():
        attempts.append(True)
        raise error

    cr.commit = refuse
    try:
        yield
    finally:
        if outer:
            cr.commit = outer
        else:
            del cr.commit
    if attempts:
        raise error
