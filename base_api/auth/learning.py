# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Learning keys, which note what they are used for and are later restricted to it.

Until `learn_until`, such a key allows what its user may do, except for administrative
operations and for what its restrictions exclude. From then on, it allows only what it
was used for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from odoo import fields
from odoo.api import Environment
from odoo.tools import SQL

from ..errors import KeyRestricted
from .administration import OPERATIONS
from .notes import write_note
from .restrictions import ANY_MODEL, Restrictions, how_to_allow

if TYPE_CHECKING:
    from ..request_scope import RequestScope

LONGEST = timedelta(days=30)  # that a key may learn
_OWN = "own"
_TRIES = 5  # to write a note, if other processes write to the same key


class Use(NamedTuple):
    """An operation that a key was used for.

    :param own: whether it was on the caller's own keys, sessions or profile, so that it
        was not administrative
    """

    operation: str
    model_name: str
    own: bool = False

    @classmethod
    def from_text(cls, text: str) -> Use:
        operation, model_name, *own = text.split(" ")
        return cls(operation, model_name, bool(own))

    def to_text(self) -> str:
        """Return the use as it is stored, such as `read res.partner`."""
        return " ".join((self.operation, self.model_name, *([_OWN] * self.own)))


@dataclass(frozen=True)
class Learning:
    """What a learning key was used for.

    :param until: when it stops learning; naive UTC
    """

    until: datetime
    uses: frozenset[Use] = frozenset()

    @classmethod
    def from_row(
        cls, until: datetime | None, used_operations: dict[str, bool] | None
    ) -> Learning | None:
        """Return what is stored about a key; None if it is not a learning key."""
        if not until:
            return None
        return cls(until, frozenset(map(Use.from_text, used_operations or ())))

    def is_over(self, now: datetime) -> bool:
        return self.until <= now

    def to_json(self) -> str:
        """Return the uses as JSON text, see `from_row`."""
        return _to_json(self.uses)

    def check(self, operation: str, model_name: str | None, own: bool) -> None:
        """Refuse an operation that the key was not used for.

        :param model_name: None for a request that is about the caller alone
        :raise KeyRestricted: naming the operation
        """
        if not model_name or self.includes(operation, model_name):
            return
        if not (own and Use(operation, model_name, own) in self.uses):
            raise KeyRestricted(
                f"This API key does not allow {operation} on {model_name}: it was not "
                "used for that while it was learning"
                + how_to_allow(operation, model_name)
            )

    def includes(self, operation: str, model_name: str) -> bool:
        """Tell whether the key was used for an operation."""
        return Use(operation, model_name) in self.uses

    def open(self, restrictions: Restrictions) -> Restrictions:
        """Return the restrictions while a key learns: all other models are allowed.

        As with `*`, that does not include administrative operations.
        """
        if ANY_MODEL in dict(restrictions.models):
            return restrictions
        models = (*restrictions.models, (ANY_MODEL, OPERATIONS))
        return replace(restrictions, models=models)

    def close(self, restrictions: Restrictions) -> Restrictions:
        """Return the restrictions after learning, which `check` limits further.

        They name no model that the key did not name before, as that could allow
        administrative operations.
        """
        models = tuple(
            (name, self._keep_used(name, operations))
            for name, operations in self.open(restrictions).models
        )
        return replace(restrictions, models=models)

    def _keep_used(
        self, model_name: str, operations: tuple[str, ...]
    ) -> tuple[str, ...]:
        if model_name == ANY_MODEL:
            return operations
        used = {use.operation for use in self.uses if use.model_name == model_name}
        return tuple(item for item in operations if item in used)

    def learned(self, restrictions: Restrictions) -> Restrictions:
        """Return the restrictions of an ordinary key for what this key was used for.

        They leave out what concerned the caller alone: a key would have to name models
        with administrative operations for it.
        """
        names = sorted({use.model_name for use in self.uses if not use.own})
        models = tuple(
            (name, tuple(item for item in OPERATIONS if self.includes(item, name)))
            for name in names
        )
        return replace(restrictions, models=models or ((ANY_MODEL, ()),))

    def in_force(self, restrictions: Restrictions, now: datetime) -> Restrictions:
        """Return the restrictions that an ordinary key would need now, to show them."""
        return (self.learned if self.is_over(now) else self.open)(restrictions)

    def suggestion(self, restrictions: Restrictions) -> dict | None:
        """Return `read_only` and `models` for the uses of the key; None without any."""
        if not self.uses:
            return None
        options = self.learned(restrictions).to_json()
        only_reads = all(use.operation == "read" for use in self.uses)
        return {
            "read_only": options["read_only"] or only_reads,
            "models": options["models"],
        }


def is_time_to_learn(until: datetime) -> bool:
    """Tell whether a key may learn until a time, naive UTC."""
    return timedelta() < until - fields.Datetime.now() <= LONGEST


def note_uses_after_commit(env: Environment, scope: RequestScope) -> None:
    """Note what a learning key was used for, once the request has been committed.

    Before that, the request may hold a lock on the row of its key.
    """
    if scope.uses:
        env.cr.postcommit.add(partial(note_uses, env, scope))


def note_uses_after_error(env: Environment, scope: RequestScope) -> None:
    """Note what a learning key was used for in a request that failed."""
    if scope.uses:
        env.cr.rollback()
        note_uses(env, scope)


def note_uses(env: Environment, scope: RequestScope) -> None:
    """Add the uses of a request to those of its key.

    If that fails, the next request that does the same will note it.
    """
    uses = scope.uses - scope.key.learning.uses
    if not uses:
        return
    query = SQL(
        """UPDATE res_users_apikeys
              SET used_operations = COALESCE(used_operations, '{}') || %s::jsonb
            WHERE id = %s AND learn_until IS NOT NULL
              AND NOT COALESCE(used_operations, '{}') @> %s::jsonb""",
        _to_json(uses),
        scope.key.id,
        _to_json(uses),
    )
    write_note(env, query, tries=_TRIES)


def _to_json(uses: Iterable[Use]) -> str:
    return json.dumps({use.to_text(): True for use in sorted(uses)})
