# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`Prefer: dry-run`: everything is run, constraints included, and nothing is kept.

What runs after a commit (mails, notifications of the bus, jobs of other threads) never
runs. Code that would keep something beside the transaction, or end it, is refused. What
can neither be undone nor seen is done: requests to other servers that an addon sends at
once, and numbers of PostgreSQL's sequences.
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


# They would name what is not kept.
DROPPED_HEADERS = ("ETag", "Location")


def dry_run(env: Environment, endpoint: Callable, changes: Changes) -> Answer:
    """Return the answer that an endpoint would give, with what it would change.

    :param endpoint: to be called without arguments
    :param changes: the `Changes` of the request
    :raise DryRunImpossible: it tried to keep something
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
        # Those, too, that would wait for the commit.
        env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if isinstance(answer, Answer):
            answer = _as_dry_run(answer, changes.to_json(env))
            answer.content()  # before the records are gone
        return answer


def _roll_back(cr: BaseCursor) -> None:
    """Roll back, and run what apps do before and after that, all of it.

    Each function runs once. A refusal of one of them is raised when the dry run ends.
    """
    done = cr.closed  # where the connection was lost
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
    """Return the headers of an answer without those about what is not kept."""
    return {
        name: value for name, value in headers.items() if name not in DROPPED_HEADERS
    }
