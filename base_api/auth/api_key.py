# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The API key that a request came with, and what it allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from werkzeug.http import http_date

from odoo.api import Environment

from ..errors import KeyRestricted
from ..errors.details import detail
from ..orm.access import allowed_models
from ..orm.scope import bound_scope
from .administration import (
    CHANGES,
    CODE,
    MODES,
    RIGHTS,
    USERS,
    consequence,
    is_administrative,
    is_granted_to_administrators,
    listed_operations,
)
from .administrators import manages_settings
from .learning import Learning, Use
from .restrictions import UNRESTRICTED, Restrictions, how_to_allow

if TYPE_CHECKING:
    from .key_table import KeyRow

WARNING_PERIOD = timedelta(days=14)  # before a key expires


@dataclass(frozen=True)
class ApiKey:
    """The API key that authenticated a request.

    :param expiration_date: naive UTC; None for a key that does not expire
    :param strict_types: how its answers represent values, see `strict`
    :param learning: None unless it is a learning key
    :param has_learned: whether it allows only what it was used for
    :param limits: its own rate limits, see `limiting.policies`
    :param metrics: whether it may read the metrics of the server
    :param audit_reads: see `audited_reads`; "" where the setting decides
    """

    id: int
    restrictions: Restrictions
    expiration_date: datetime | None
    strict_types: bool
    learning: Learning | None = None
    has_learned: bool = False
    limits: dict[str, int] = field(default_factory=dict, hash=False)
    metrics: bool = False
    name: str = ""
    audit_reads: str = ""
    _known: dict = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def from_row(cls, row: KeyRow, now: datetime) -> ApiKey:
        """Return the key in a row of the database."""
        restrictions = UNRESTRICTED
        if row.restrictions:
            restrictions = Restrictions.from_json(row.restrictions)
        learning = Learning.from_row(row.learn_until, row.used_operations)
        has_learned = learning is not None and learning.is_over(now)
        if learning:
            limit = learning.close if has_learned else learning.open
            restrictions = limit(restrictions)
        return cls(
            row.id,
            restrictions,
            row.expiration_date,
            bool(row.strict_types),
            learning,
            has_learned,
            row.limits or {},
            bool(row.metrics),
            row.name or "",
            row.audit_reads or "",
        )

    def outlives(self, expiration_date: datetime | None) -> bool:
        """Tell whether a key with this expiration date expires no later than this one.

        :param expiration_date: naive UTC; None for a key that does not expire
        """
        return not self.expiration_date or bool(
            expiration_date and expiration_date <= self.expiration_date
        )

    def trusts_administrator(self, env: Environment) -> bool:
        """Tell whether the key names operations that make its user an administrator.

        These are changes of users, access rights or code. The result is cached.
        """
        if "trusts" not in self._known:
            self._known["trusts"] = any(
                operation in CHANGES
                and consequence(env, model_name) in (USERS, RIGHTS, CODE)
                for operation, model_name in self.restrictions.named_operations()
                if model_name in env and is_administrative(env, operation, model_name)
            )
        return self._known["trusts"]

    def warning_headers(self, now: datetime) -> dict[str, Any]:
        """Return the header with the expiration date of the key, if it is near."""
        if not self.expiration_date or self.expiration_date - now > WARNING_PERIOD:
            return {}
        return {"Api-Key-Expires": http_date(self.expiration_date)}


def check_operation(
    env: Environment, operation: str, model_name: str | None, own: bool = False
) -> None:
    """Refuse an operation that the API key of the request does not allow.

    The key must name an administrative operation, unless the user has no right to it
    either: then Odoo refuses it, with a reason that the user can act on.

    :param own: whether it concerns the caller's own keys, sessions or profile, which
        are not administrative
    :raise KeyRestricted: naming model and operation, and how to allow it
    """
    key = current_key(env)
    if not key or not key.restrictions.limits_operations:
        return
    _check(env, key, operation, model_name, own)
    if key.learning and not key.has_learned and model_name and model_name in env:
        _note_use(env, key, Use(operation, model_name, own))


def _note_use(env: Environment, key: ApiKey, use: Use) -> None:
    """Note a use, to be stored after the request.

    Except for an administrative operation that the key does not name: it is allowed
    here only because Odoo will refuse it, as the user has no right to it either.
    """
    operation, model_name, own = use
    is_named = key.restrictions.names(operation, model_name)
    if own or is_named or not is_administrative(env, operation, model_name):
        scope: Any = bound_scope(env.cr)
        scope.uses.add(use)


def _check(
    env: Environment, key: ApiKey, operation: str, model_name: str | None, own: bool
) -> None:
    restrictions = key.restrictions
    restrictions.check_operation(operation, model_name)
    if key.learning and key.has_learned:
        key.learning.check(operation, model_name, own)
    if own or not model_name or model_name not in env:
        return
    if restrictions.names(operation, model_name):
        return
    if is_administrative(env, operation, model_name) and _is_for_user(
        env, operation, model_name
    ):
        raise KeyRestricted(
            f"This API key does not allow {operation} on {model_name}: neither '*' nor "
            "read_only covers administrative operations"
            + how_to_allow(operation, model_name),
            refused=((operation, model_name),),
        )


def check_operations(
    env: Environment, operations: Iterable[str], model_name: str
) -> None:
    """Refuse operations on a model together, see `check_operation`.

    :raise KeyRestricted: the first error, with all of them in `details` if there are
        more
    """
    refused = []
    for operation in operations:
        try:
            check_operation(env, operation, model_name)
        except KeyRestricted as exc:
            refused.append((model_name, exc))
    raise_together(refused)


def raise_together(refused: list[tuple[str, KeyRestricted]]) -> None:
    """Raise the first of some errors, if any, with all of them in `details`.

    :param refused: pairs `(name, error)`; `details` have the name as `field`
    """
    if not refused:
        return
    (_name, first), *others = refused
    if others:
        first.details = [
            entry for name, exc in refused for entry in describe_refusal(name, exc)
        ]
        first.refused = tuple(
            chain.from_iterable(exc.refused for _name, exc in refused)
        )
    raise first


def describe_refusal(name: str, error: KeyRestricted) -> list[dict[str, Any]]:
    """Return the entries of `details` for an error, which may have some already."""
    return error.details or [detail(name, error.description, "key_restricted")]


def allows_operation(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether the API key of the request allows an operation, without using it."""
    key = current_key(env)
    try:
        if key and key.restrictions.limits_operations:
            _check(env, key, operation, model_name, own=False)
    except KeyRestricted:
        return False
    return True


def can_use(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether the API key allows an operation, and use it if so.

    For what a request does only if the key allows it. A learning key notes the use.
    """
    try:
        check_operation(env, operation, model_name)
    except KeyRestricted:
        return False
    return True


def current_key(env: Environment) -> ApiKey | None:
    """Return the `ApiKey` that authenticated the request, or None."""
    scope = bound_scope(env.cr)
    return scope.key if scope else None


def current_session_id(env: Environment) -> int | None:
    """Return the id of the session that authenticated the request, or None."""
    scope = bound_scope(env.cr)
    return scope.caller.session_id if scope and scope.caller else None


def current_restrictions(env: Environment) -> Restrictions:
    """Return the restrictions of the API key of the request, if any."""
    key = current_key(env)
    return key.restrictions if key else UNRESTRICTED


def hides(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether the key takes away an access right of its user.

    It takes away administrators' rights on models that it does not name, also in code
    that runs with the rights of the user, such as a called method. Much of that code
    reads administrators' models in passing, such as the categories of groups: reading
    is hidden only for models that hold secrets. As Odoo updates a user while it creates
    one, a key that names one kind of change also has the others.
    """
    restrictions = current_restrictions(env)
    if not restrictions.limits_operations:
        return False
    named = ("read",) if operation == "read" else CHANGES
    return (
        is_granted_to_administrators(env, operation, model_name)
        and (operation != "read" or operation in listed_operations(env, model_name))
        and not any(restrictions.names(other, model_name) for other in named)
    )


def limits_administrator(env: Environment) -> bool:
    """Tell whether Odoo treats an administrator as an ordinary user in this request.

    It does so with a key that limits operations and names no change of users, access
    rights or code.
    """
    key = current_key(env)
    return (
        key is not None
        and key.restrictions.limits_operations
        and not key.trusts_administrator(env)
    )


def opens_fields(env: Environment, model_name: str) -> bool:
    """Tell whether the key gives access to the administrator fields of a model.

    It does only if it names an administrative operation on that model: on a mail
    server, say, but not on a contact.
    """
    return any(
        name == model_name and is_administrative(env, operation, name)
        for operation, name in current_restrictions(env).named_operations()
    )


def _is_for_user(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether the user may carry out an operation, apart from the key."""
    if operation not in MODES:
        return True
    access = env["ir.model.access"]
    if access._base_api_is_granted(operation, model_name):
        return model_name in allowed_models(env, MODES[operation])
    # Keys and sessions, which only the endpoints of this addon change.
    return manages_settings(env)
