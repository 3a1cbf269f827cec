# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One of many things that a request asks for, done in full or not at all."""

from contextlib import contextmanager

import psycopg2

from odoo.exceptions import ValidationError
from odoo.tools.misc import Callbacks

from .error_table import CALLER_ERRORS, as_api_error
from .places import NOTHING_SENT


def attempt(env, task, *arguments, sent=NOTHING_SENT):
    """Do one thing in a savepoint: what is the caller's mistake undoes it alone.

    Anything else ends the request, so that Odoo's retry sees what it has to see.

    :param sent: the :class:`~.places.SentBody` of this thing
    :return: what ``task`` returned and nothing, or nothing and an
        :class:`~.errors.ApiError`
    """
    # Errors of what was written before are not those of this task.
    env.cr.flush()
    try:
        with _own_callbacks(env.cr), env.cr.savepoint():
            return task(*arguments), None
    except CALLER_ERRORS as exc:
        error = exc
    _forget(env.registry)
    return None, as_api_error(_translate(env, error), sent)


@contextmanager
def _own_callbacks(cr):
    """Forget what waits for the commit, such as mails to send, where a block fails.

    A savepoint does not: those mails would be sought after the commit, and be missing.
    """
    outer, own = cr.postcommit, Callbacks()
    cr.postcommit = own
    try:
        yield
    finally:
        cr.postcommit = outer

    def run():
        # Callbacks look for their data in the queue of the cursor (bus.bus).
        cr.postcommit = own
        try:
            own.run()
        finally:
            cr.postcommit = outer

    outer.add(run)


def _forget(registry):
    """Empty the caches that a failed task may have filled after it changed something.

    A savepoint does not know them. Marked as changed, they are emptied on the other
    workers too, which does no harm.
    """
    if registry.cache_invalidated:
        registry.clear_cache(*registry.cache_invalidated)


def _translate(env, exc):
    """Return what Odoo makes of a broken constraint (odoo.service.model.retrying)."""
    if not isinstance(exc, psycopg2.IntegrityError):
        return exc
    model = env["base"]
    for model_class in env.registry.values():
        if model_class._table == exc.diag.table_name:
            model = env[model_class._name]
            break
    error = ValidationError(model._sql_error_to_message(exc))
    error.__cause__ = exc
    return error
