# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`Prefer: dry-run`: run a request, including constraints, and roll it back.

Code that runs after a commit (mails, bus notifications, jobs of other threads) does not
run. Code that would end the transaction, or save something outside it, is refused. Some
effects cannot be undone or detected: requests to other servers, and numbers of
PostgreSQL's sequences.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.sql_db import BaseCursor

from ..envelope import Answer
from ..errors import ApiError
from ..errors.write import DryRunImpossible
from ..orm.side_effects import confined
from ..orm.transactions import kept_open

if TYPE_CHECKING:
    from .dry_run_diff import Changes


# They would refer to records that are not kept.
DROPPED_HEADERS = ("ETag", "Location")


def dry_run(env: Environment, endpoint: Callable, changes: Changes) -> Answer:
    """Return the answer of an endpoint with its changes, and roll back.

    :param endpoint: a function without arguments
    :param changes: the `Changes` of the request
    :raise DryRunImpossible: it tried to save something
    """
    with confined(DryRunImpossible.of):
        try:
            answer = _run(env, endpoint, changes)
        finally:
            _roll_back(env.cr)
    # As odoo.service.model.retrying does after an error.
    env.transaction.reset()
    env.registry.reset_changes()
    return answer


def _run(env: Environment, endpoint: Callable, changes: Changes) -> Answer:
    with kept_open(env.cr, DryRunImpossible.of):
        answer = endpoint()
        env.cr.flush()
        # Including those that wait for the commit.
        env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if isinstance(answer, Answer):
            answer = _as_dry_run(answer, changes.to_json(env))
            answer.content()  # before the records are gone
        return answer


def _roll_back(cr: BaseCursor) -> None:
    """Roll back, and run all callbacks of apps before and after the rollback.

    Each callback runs once. An error of one of them is raised at the end of the dry
    run.
    """
    done = cr.closed  # if the connection was lost
    while not done:
        with suppress(ApiError):
            cr.rollback()
            done = True


def _as_dry_run(answer: Answer, changes: list[dict[str, Any]]) -> Answer:
    return replace(
        answer,
        data=(answer.data or {}) | {"dry_run": True, "changes": changes},
        message=f"Dry run: {answer.message}",
        headers=kept_headers(answer.headers),
        version="",
    )


def kept_headers(headers: dict[str, Any]) -> dict[str, Any]:
    """Return the headers without those that refer to records that are not kept."""
    return {
        name: value for name, value in headers.items() if name not in DROPPED_HEADERS
    }
