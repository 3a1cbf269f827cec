# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``Prefer: dry-run``: everything is run, constraints included, and nothing is kept.

What runs after a commit (mails, notifications of the bus, jobs of other threads) never
runs. What a transaction cannot undo is done: requests to other servers that an addon
sends at once, other cursors that it commits, and numbers of PostgreSQL's sequences.
"""

from dataclasses import replace

from ..envelope import Answer
from ..errors.write import DryRunImpossible
from .changes import CHANGES_KEY
from .commits import without_commit

# They would name what is not kept.
DROPPED_HEADERS = ("ETag", "Location")


def rehearse(env, endpoint, respond):
    """Return the response that an endpoint would give, with what it would change.

    :param endpoint: to be called without arguments
    :param respond: from what it returns to a response
    :raise DryRunImpossible: it tried to commit
    """
    with without_commit(env.cr, DryRunImpossible()):
        answer = endpoint()
        env.cr.flush()
        # Those, too, that would wait for the commit.
        env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if isinstance(answer, Answer):
            answer = _as_rehearsal(answer, env.context[CHANGES_KEY].to_json(env))
        response = respond(answer)
    # As odoo.service.model.retrying does after an error.
    env.cr.rollback()
    env.transaction.reset()
    env.registry.reset_changes()
    return response


def _as_rehearsal(answer, changes):
    return replace(
        answer,
        data=(answer.data or {}) | {"dry_run": True, "changes": changes},
        message=f"Dry run: {answer.message}",
        headers=kept_headers(answer.headers),
        version="",
    )


def kept_headers(headers):
    """Return the headers of an answer without those about what is not kept."""
    return {
        name: value for name, value in headers.items() if name not in DROPPED_HEADERS
    }
