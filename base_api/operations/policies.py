# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Policies: functions around the endpoint of an operation.

A policy is called with the environment, the `Operation`, the `RequestScope`, and a
function without arguments that runs the inner policies and the endpoint, and returns
the `Answer`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.api import Environment

from ..auditing.entry import insert_entries
from ..auditing.reads import keep_step
from ..auditing.trail import insert_apart, open_trail
from ..auditing.written import describe_success
from ..envelope import Answer
from ..errors.write import TransactionEnded
from ..orm.transactions import held, kept_open
from ..safety.dry_run import dry_run
from ..safety.dry_run_diff import Changes
from ..safety.idempotency import fingerprint, kept_answer, read_key

if TYPE_CHECKING:
    from ..request_scope import RequestScope
    from .operation import Operation


def apply_dry_run(
    env: Environment, operation: Operation, scope: RequestScope, call: Callable
) -> Any:
    """Run the operation and roll it back, for `Prefer: dry-run`."""
    if not scope.preferences.dry_run:
        return call()
    scope.changes = Changes()
    return dry_run(env, call, scope.changes)


def guard_transaction(
    env: Environment, operation: Operation, scope: RequestScope, call: Callable
) -> Any:
    """Keep apps from ending the transaction of a write.

    :raise TransactionEnded: it tried to
    """
    if env is None or operation.is_read or scope.preferences.dry_run:
        return call()
    may_roll_back = operation.routing["may_roll_back"]
    ends = ("close",) if may_roll_back else ("rollback", "close")
    with kept_open(env.cr, TransactionEnded.of, ends):
        answer = call()
        # Code that the flush runs can end the transaction, too.
        env.cr.flush()
    return answer


def apply_idempotency_key(
    env: Environment, operation: Operation, scope: RequestScope, call: Callable
) -> Any:
    """Run a write with an `Idempotency-Key` once, and repeat its answer.

    :raise ApiError: see `api.idempotency`
    """
    if env is None or operation.is_read or scope.preferences.dry_run or not env.uid:
        return call()
    key = read_key(operation.headers)
    if key is None:
        return call()
    request_hash = fingerprint(key, operation, env, scope.localization)
    claim, answer = env["api.idempotency"]._claim(key, request_hash)
    if answer:
        return answer
    with held(env.cr, claim.take_again):
        answer = call()
        # Find errors before the answer is stored.
        env.cr.flush()
    claim.keep(kept_answer(answer, scope))
    return answer


def describe_write(
    env: Environment, operation: Operation, scope: RequestScope, call: Callable
) -> Any:
    """Add a row about a write, or about a step that reads, to the trail of the request.

    Other reads are noted later, see `auditing.reads`. A replayed answer leaves no row,
    as this runs inside `apply_idempotency_key`.
    """
    answer = call()
    routing = operation.routing
    if env is None or routing["has_steps"]:
        return answer
    if routing["readonly"]:
        if scope.step:
            keep_step(env, operation, scope, int(answer.status))
        return answer
    trail = open_trail(env, scope)
    if trail.is_on:
        entry = trail.new_entry(operation, scope)
        if isinstance(answer, Answer):
            describe_success(env, entry, operation, scope, answer.data)
            entry.status = int(answer.status)
        else:  # a file
            describe_success(env, entry, operation, scope, None)
            entry.status = answer.status_code
        trail.entries.append(entry)
    return answer


def keep_trail(
    env: Environment, operation: Operation, scope: RequestScope, call: Callable
) -> Any:
    """Insert the rows of the trail, in one statement in the transaction of the write.

    Those of a dry run are inserted after it was rolled back, in another transaction.
    """
    answer = call()
    if scope.trail and scope.trail.entries:
        if scope.preferences.dry_run:
            insert_apart(env, scope.trail.entries)
        else:
            insert_entries(env.cr, scope.trail.entries)
    return answer


# The outermost first.
POLICIES = (
    keep_trail,
    apply_dry_run,
    guard_transaction,
    apply_idempotency_key,
    describe_write,
)
# A batch is one operation: its steps run inside its policies.
STEP_POLICIES = (describe_write,)
