# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The API key that a request came with, and what it allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from werkzeug.http import http_date

from odoo.api import Environment

from ..errors import KeyRestricted
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
from .restrictions import UNRESTRICTED, Restrictions, how_to_allow

WARNING_PERIOD = timedelta(days=14)  # before a key expires


@dataclass(frozen=True)
class ApiKey:
    """The API key that signed a request in.

    :param expiration_date: naive UTC, or nothing
    :param strict_types: how its answers represent values, see `strict`
    """

    id: int
    restrictions: Restrictions
    expiration_date: datetime | None
    strict_types: bool
    _known: dict = field(default_factory=dict, init=False, compare=False, repr=False)

    def outlives(self, expiration_date: datetime | None) -> bool:
        """Tell whether a key that expires then lives no longer than this one.

        :param expiration_date: naive UTC; nothing for a key that does not expire
        """
        return not self.expiration_date or bool(
            expiration_date and expiration_date <= self.expiration_date
        )

    def trusts_administrator(self, env: Environment) -> bool:
        """Tell whether the key names changes that amount to administering the database.

        Those of users, of access rights, or of code. Asked very often, so remembered.
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
        """Return the header that tells when the key expires, if that is soon."""
        if not self.expiration_date or self.expiration_date - now > WARNING_PERIOD:
            return {}
        return {"Api-Key-Expires": http_date(self.expiration_date)}


def check_operation(
    env: Environment, operation: str, model_name: str | None, own: bool = False
) -> None:
    """Refuse an operation that the API key of the request does not allow.

    An administrative operation must be named by the key, unless the user has no right
    to it anyway: then Odoo refuses it, with a reason that the user can act on.

    :param own: whether it is about the caller's own keys, sessions or profile, which
        are not administrative
    :raise KeyRestricted: naming model and operation, and how to allow it
    """
    restrictions = current_restrictions(env)
    if not restrictions.limits_operations:
        return
    restrictions.check_operation(operation, model_name)
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
            refused=(operation, model_name),
        )


def allows_operation(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether the API key of the request allows an operation, see above."""
    try:
        check_operation(env, operation, model_name)
    except KeyRestricted:
        return False
    return True


def current_key(env: Environment) -> ApiKey | None:
    """Return the `ApiKey` that signed the request in, or None."""
    scope = bound_scope(env.cr)
    return scope.key if scope else None


def current_session_id(env: Environment) -> int | None:
    """Return the id of the session that signed the request in, or None."""
    scope = bound_scope(env.cr)
    return scope.caller.session_id if scope and scope.caller else None


def current_restrictions(env: Environment) -> Restrictions:
    """Return the restrictions of the key that signed the request in, if any."""
    key = current_key(env)
    return key.restrictions if key else UNRESTRICTED


def hides(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether the key takes an access right from its user.

    That is a right of administrators, on a model that the key does not name. It holds
    for all code that runs with the rights of the user, such as a method that is called.
    Much of that code reads models of administrators in passing, such as categories of
    groups: of these only the models that hold secrets are hidden. And Odoo updates a
    user while it creates one: a key that names one kind of change has the others too.
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
    """Tell whether an administrator counts as an ordinary user in this request.

    That is with a key that limits operations, and names no change of users, of access
    rights or of code.
    """
    key = current_key(env)
    return (
        key is not None
        and key.restrictions.limits_operations
        and not key.trusts_administrator(env)
    )


def opens_fields(env: Environment, model_name: str) -> bool:
    """Tell whether the key opens the fields of administrators on a model it names.

    Naming a model does so only where it names an operation that is for administrators
    itself: on a mail server, not on a contact.
    """
    return any(
        name == model_name and is_administrative(env, operation, name)
        for operation, name in current_restrictions(env).named_operations()
    )


def _is_for_user(env: Environment, operation: str, model_name: str) -> bool:
    """Tell whether nothing but the key keeps the user from an operation."""
    if operation not in MODES:
        return True
    access = env["ir.model.access"]
    if access._base_api_is_granted(operation, model_name):
        return model_name in allowed_models(env, MODES[operation])
    # Keys and sessions, which only endpoints of this addon change.
    return manages_settings(env)
