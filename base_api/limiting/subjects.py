# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom a request counts for: its key, its user and its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odoo.api import Environment

from ..auth.login_counters import network_of
from ..settings import PREFIX, rate_limits
from .policies import POLICIES, Policy

if TYPE_CHECKING:
    from ..request_scope import Caller


@dataclass(frozen=True)
class Subject:
    """A key, a user or an address with limits.

    :param kind: `key`, `user` or `address`
    :param name: in the table of counters, such as `key:7`
    :param limits: positive numbers by the names of `POLICIES`
    :param own: the names of the limits that are not from the settings
    """

    kind: str
    name: str
    limits: Mapping[str, int]
    own: frozenset[str] = frozenset()

    def policy_name(self, policy: Policy) -> str:
        """Return the name of a policy for clients, such as `key-per-minute`."""
        return f"{self.kind}-{policy.name.replace('_', '-')}"

    def describe(self, policy: Policy) -> str:
        """Return a limit in words, with the place where it was set."""
        text = policy.describe(self.limits[policy.name])
        if policy.name in self.own:
            return f"{text} for this {self.kind}"
        return f"{text}, setting {PREFIX}rate_{self.kind}_{policy.name}"


def subjects_of(
    env: Environment, caller: Caller | None, address: str | None
) -> list[Subject]:
    """Return the subjects of a request that have limits.

    No SQL statement runs, once the settings and the user are in Odoo's caches.

    :param caller: None without authentication
    :param address: of the client; IPv6 addresses count by their first 64 bits
    """
    defaults = rate_limits(env)
    found = []
    if caller:
        own = env["res.users"]._base_api_rate_limits(caller.user_id)
        found.append(_subject("user", caller.user_id, defaults, own))
        if caller.key:
            own = caller.key.limits
            found.append(_subject("key", caller.key.id, defaults, own))
    if defaults["address"]:
        found.append(_subject("address", network_of(address), defaults, {}))
    return [subject for subject in found if subject.limits]


def _subject(
    kind: str,
    identity: int | str,
    defaults: Mapping[str, Mapping[str, int]],
    own: Mapping[str, int],
) -> Subject:
    limits = {**defaults[kind], **own}
    ordered = {name: limits[name] for name in POLICIES if name in limits}
    return Subject(kind, f"{kind}:{identity}", ordered, frozenset(own))
