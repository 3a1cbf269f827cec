# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The counters of failed logins."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from odoo.api import Environment
from odoo.tools import hmac

from ..orm.credentials import login_domain
from ..settings import bound, login_cooldown

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# How long an address counts as known for a login that succeeded from it.
KNOWN_FOR = timedelta(days=30)
IPV6_NETWORK_BITS = 64  # the least that a provider gives a customer (RFC 6177)


class Counter(NamedTuple):
    """A limit on failed attempts with the same value of a column in a period.

    :param spares_known: whether to ignore addresses from which the login succeeded, so
        that nobody can lock out its user
    """

    column: str
    limit: int
    period: timedelta
    spares_known: bool = False


class Source(NamedTuple):
    """The origin and the login of an attempt, as keyed hashes.

    :param pair_hash: the login and the address
    """

    pair_hash: str
    address_hash: str
    login_hash: str


def active_counters(env: Environment) -> list[Counter]:
    """Return the enabled counters."""
    counters = (
        _pair_counter(env),
        Counter("address_hash", bound(env, "throttle_address"), MINUTE),
        Counter("login_hash", bound(env, "throttle_login"), HOUR, spares_known=True),
    )
    return [counter for counter in counters if counter.limit]


def source_of(env: Environment, login: str, address: str) -> Source:
    """Return the `Source` of an attempt.

    The pair includes the domain by which Odoo finds the login, which may depend on the
    website: a success must not clear the failures of another user. The login alone is
    compared without case, as an LDAP server would.
    """
    found_by = repr(login_domain(env, login))
    network = network_of(address)
    return Source(
        keyed_hash(env, "pair", (found_by, network)),
        keyed_hash(env, "address", network),
        keyed_hash(env, "login", " ".join(login.casefold().split())),
    )


def network_of(address: str | None) -> str:
    """Return the network that counts as one address: IPv4, or the /64 of IPv6.

    :param address: as the server sees it; any other text is returned unchanged
    """
    address = address or ""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    # A dual-stack socket shows IPv4 addresses as ::ffff:192.0.2.1.
    ip = getattr(ip, "ipv4_mapped", None) or ip
    bits = IPV6_NETWORK_BITS if ip.version == 6 else ip.max_prefixlen
    return str(ip_network((ip, bits), strict=False))


def _pair_counter(env: Environment) -> Counter:
    """Return the counter of pairs; not less strict than Odoo's own login."""
    limit, period = bound(env, "throttle_pair"), MINUTE
    after, duration = login_cooldown(env)
    if 0 < after <= limit:
        limit, period = after, max(period, duration)
    return Counter("pair_hash", limit, period)


def keyed_hash(env: Environment, scope: str, value: tuple[str, str] | str) -> str:
    """Return a hash that only this database can compute."""
    # sudo: the key is a secret of the database.
    return hmac(env(su=True), f"base_api.throttle.{scope}", value)
