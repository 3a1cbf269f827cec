# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run one task of many in a savepoint."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Iterator,
    MutableMapping,
    MutableSequence,
    MutableSet,
)
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg2

from odoo.api import Environment
from odoo.exceptions import ValidationError
from odoo.sql_db import BaseCursor
from odoo.tools.translate import get_translation

from ..errors.causes import models_of
from ..errors.mistakes import PYTHON_ERRORS
from ..errors.sent_body import NOTHING_SENT
from ..errors.table import CALLER_ERRORS, as_api_error, find_mistake
from ..errors.write import TransactionEnded
from ..orm.callbacks import drop_callbacks
from ..orm.constraints import sql_message
from ..orm.models import models_noted, set_up_models
from ..orm.transactions import kept_open
from ..referencing.known import references_restored

if TYPE_CHECKING:
    from ..errors.sent_body import SentBody


def attempt(
    env: Environment, task: Callable, *arguments: Any, sent: SentBody = NOTHING_SENT
) -> tuple[Any, ...]:
    """Run one task in a savepoint. A client error rolls back only this task; any other
    exception propagates, so that Odoo can retry the request.

    :param sent: the `SentBody` of the task
    :return: the result of `task` and None, or None and an `ApiError`
    """
    # Flush first, so that errors of earlier writes do not belong to this task.
    env.cr.flush()
    try:
        with (
            models_noted(env.registry) as are_changed,
            _callbacks_undone(env.cr.postcommit),
            references_restored(env.cr),
            env.cr.savepoint(),
        ):
            return _run(env.cr, task, *arguments), None
    except CALLER_ERRORS as exc:
        error = as_api_error(translate_violation(env, exc), sent)
        if error.code >= 500:
            raise
    except PYTHON_ERRORS as exc:
        error = find_mistake(exc, sent)
        if error is None:
            raise
    if are_changed():
        set_up_models(env)
    _forget(env.registry)
    return None, error


class _Undone(Exception):
    """Raised to roll back a savepoint."""


def run_and_undo(env: Environment, task: Callable) -> Any:
    """Return the result of a task, and roll back what it has written.

    For code of apps that is asked a question, and may write while it answers.
    """
    result = None
    with suppress(_Undone), env.cr.savepoint():
        result = task()
        raise _Undone()
    return result


def _run(
    cr: BaseCursor, task: Callable, *arguments: Any
) -> str | dict[str, Any] | None:
    # Without its savepoint the task could not be rolled back alone.
    with kept_open(cr, TransactionEnded.of):
        result = task(*arguments)
        cr.flush()
        return result


@contextmanager
def _callbacks_undone(queue: Any) -> Iterator[None]:
    """Remove callbacks for the commit, such as mails to send, if a block fails.

    A savepoint does not: the callbacks would look for mails that do not exist.

    :param queue: the `odoo.tools.misc.Callbacks` of the cursor
    """
    count = len(queue)
    data = dict(queue.data)
    contents = [pair for value in data.values() for pair in _contents(value)]
    try:
        yield
    except BaseException:
        drop_callbacks(queue, count)
        queue.data.clear()
        queue.data.update(data)
        for container, content in contents:
            _put_back(container, content)
        raise


def _contents(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container in a value, the outermost first, with a copy of its content.

    Items of a set are immutable.
    """
    if isinstance(value, MutableSet):
        yield value, set(value)
    elif isinstance(value, MutableMapping):
        yield value, dict(value)
        for item in value.values():
            yield from _contents(item)
    elif isinstance(value, MutableSequence):
        yield value, list(value)
        for item in value:
            yield from _contents(item)


def _put_back(container: Any, content: Any) -> None:
    """Restore the content of a container, which callbacks may refer to."""
    if isinstance(container, MutableSet):
        container &= content
        container |= content
    elif isinstance(container, MutableMapping):
        container.clear()
        container.update(content)
    else:
        container.clear()
        container.extend(content)


def _forget(registry: Any) -> None:
    """Clear the caches that a failed task may have filled.

    A savepoint does not restore them. They are also cleared on the other workers, which
    is harmless.
    """
    if registry.cache_invalidated:
        registry.clear_cache(*registry.cache_invalidated)


def translate_violation(env: Environment, exc: Any) -> Any:
    """Return Odoo's error for a broken constraint (odoo.service.model.retrying).

    Other errors are returned as they are.
    """
    if not isinstance(exc, psycopg2.IntegrityError):
        return exc
    models = models_of(exc.diag.table_name, env.registry)
    model = env[models[0]._name if models else "base"]
    message = get_translation(
        "base",
        env.lang or "en_US",
        "The operation cannot be completed: %s",
        (sql_message(model, exc),),
    )
    error = ValidationError(message)
    error.__cause__ = exc
    return error
