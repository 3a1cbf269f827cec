# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The settings of the addon, in Settings > General Settings > API.

They are system parameters, which Odoo caches: a change takes effect with the next
request, in every worker. Invalid values count as not set.
"""

from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from odoo.api import Environment

PREFIX = "base_api."
ODOO_PREFIX = "base."
DEFAULT_SESSION_HOURS = 24
DEFAULT_REFRESH_GRACE_MINUTES = 60
DEFAULT_MAX_LIMIT = 1000
ANY_ORIGIN = "*"
MAX_KEY_DAYS = 36500
MEBIBYTE = 1024 * 1024
# Whom rate limits count, and what they limit, see `limiting.policies`.
RATE_SUBJECTS = ("key", "user", "address")
RATE_POLICIES = ("burst", "per_minute", "per_day", "rows_per_day", "concurrent")

# Name of each switch -> whether it is on by default.
SWITCHES = {
    "docs": True,
    "audit": True,
    "usage": True,
    "audit_values": False,
    "language_fallback": False,
    "public_description": False,
    "sql_comments": False,
}
ON_BY_DEFAULT = tuple(name for name, is_on in SWITCHES.items() if is_on)
# Name of each bound -> its default. 0 switches a bound off.
BOUNDS = {
    # Signing in
    "max_key_days": 0,  # maximum lifetime of a key in days
    "throttle_pair": 10,  # failed logins of one login from one address, in 60 s
    "throttle_address": 100,  # failed logins from one address, in 60 s
    "throttle_login": 100,  # failed logins of one login, in an hour
    "throttle_credential": 100,  # wrong keys and tokens from one address, in 60 s
    # What one request may cost
    "max_members": 1_000_000,  # members and items of a JSON body
    "max_conditions": 500,  # conditions of one search
    "max_list_values": 10_000,  # values in one list of a domain, or of an "in" filter
    "max_group_work": 8,  # levels of groups; a many2many level counts as three
    "max_nested_objects": 20_000,  # nested records in one answer
    "max_scan_rows": 0,  # of a table in which unindexed text is searched
    # Of one HTML field; parts that are slow to sanitize count more.
    "max_html_bytes": 1_000_000,
    "max_answer_bytes": 128 * MEBIBYTE,
    "statement_timeout": 30,  # seconds for one SQL statement of a read
    "request_timeout": 60,  # seconds for one read
    "max_replica_lag": 5,  # seconds by which a replica that serves reads may lag
    # Connections that wait for each worker; from then on low priority is refused.
    "pressure_queue": 4,
    # Exports
    "exports_per_key": 4,  # at the same time
    "exports_total": 16,  # at the same time, on one node
    "export_spool_bytes": 4096 * MEBIBYTE,  # of one export, waiting for its client
    "export_min_rate": 1024,  # bytes a second; a slower client is cut off
    # Usage and the audit trail
    "usage_days": 400,  # how many days of request counts are kept
    "audit_days": 180,  # after which rows are removed, a month at a time
    "audit_reads": 0,  # percent of the reads that are noted, too
    # Rate limits, off by default
    **{f"rate_{kind}_{name}": 0 for kind in RATE_SUBJECTS for name in RATE_POLICIES},
}


def session_lifetime(env: Environment) -> timedelta:
    """Return the lifetime of a session, a `timedelta`."""
    return timedelta(hours=_number(env, "session_hours", DEFAULT_SESSION_HOURS))


def refresh_grace(env: Environment) -> timedelta:
    """Return how long an expired session can be refreshed, a `timedelta`."""
    minutes = _number(env, "refresh_grace_minutes", DEFAULT_REFRESH_GRACE_MINUTES)
    return timedelta(minutes=minutes)


def max_limit(env: Environment | None) -> int:
    """Return the maximum `limit` of a page.

    :param env: None for the default
    """
    if env is None:
        return DEFAULT_MAX_LIMIT
    return _number(env, "max_limit", DEFAULT_MAX_LIMIT) or DEFAULT_MAX_LIMIT


def default_key_days(env: Environment) -> int:
    """Return the default lifetime of a key in days, or 0 for none."""
    return _number(env, "default_key_days", 0)


def max_key_lifetime(env: Environment) -> Any:
    """Return the maximum lifetime of a key, or None for no limit."""
    days = bound(env, "max_key_days")
    return timedelta(days=min(days, MAX_KEY_DAYS)) if days else None


def allowed_origins(env: Environment) -> frozenset[str]:
    """Return the origins whose pages may read answers, or `{"*"}` for all."""
    text = _parameter(env, "cors_origins") or ""
    return frozenset(origin.rstrip("/") for origin in text.replace(",", " ").split())


def proxy_networks(env: Environment) -> tuple[Any, ...] | None:
    """Return the networks of the proxies, or None if all addresses may be proxies.

    What is not a network is left out, so that nobody is believed by mistake.
    """
    text = _parameter(env, "proxy_networks") or ""
    return parse_networks(text) if text.strip() else None


@lru_cache(maxsize=16)
def parse_networks(text: str) -> tuple[Any, ...]:
    """Return the networks in a text, without what is not one."""
    networks = map(_network, text.replace(",", " ").split())
    return tuple(network for network in networks if network)


def _network(text: str) -> Any:
    with suppress(ValueError):
        return ip_network(text, strict=False)


def is_origin(text: str) -> bool:
    """Tell whether a text is an origin as browsers send it (RFC 6454, section 6.2).

    That is scheme, host and port, in lower case. A slash at the end is ignored.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    origin = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    return parts.scheme in ("http", "https") and text.rstrip("/") == origin


def writes_in_fallback_language(env: Environment) -> bool:
    """Tell whether translated values are written in the user's own language where the
    requested one is not installed.
    """
    return _is_on(env, "language_fallback")


def is_description_public(env: Environment) -> bool:
    """Tell whether the description of the endpoints needs no signing in."""
    return _is_on(env, "public_description")


def comments_statements(env: Environment) -> bool:
    """Tell whether SQL statements have a comment that names their request."""
    return _is_on(env, "sql_comments")


def serves_docs(env: Environment) -> bool:
    """Tell whether the documentation is served: the page, and the texts."""
    return _is_on(env, "docs")


def is_audited(env: Environment) -> bool:
    """Tell whether writes are noted in the audit trail."""
    return _is_on(env, "audit")


def keeps_sent_values(env: Environment) -> bool:
    """Tell whether the audit trail has the values that were sent."""
    return _is_on(env, "audit_values")


def counts_usage(env: Environment) -> bool:
    """Tell whether requests are counted; `observing.usage.IS_ON` in SQL."""
    return _is_on(env, "usage")


def bound(env: Environment, name: str) -> int:
    """Return the value of one of `BOUNDS`; 0 where it is switched off."""
    return env["ir.config_parameter"]._base_api_bounds()[name]


def read_bounds(env: Environment) -> dict[str, Any]:
    """Return the values of all `BOUNDS`."""
    return {name: _number(env, name, default) for name, default in BOUNDS.items()}


def rate_limits(env: Environment) -> dict[str, dict[str, int]]:
    """Return the rate limits for each of `RATE_SUBJECTS`, those that are set."""
    return env["ir.config_parameter"]._base_api_rate_limits()


def read_rate_limits(env: Environment) -> dict[str, dict[str, int]]:
    """Return the same without the cache."""
    return {
        kind: {
            name: limit
            for name in RATE_POLICIES
            if (limit := bound(env, f"rate_{kind}_{name}"))
        }
        for kind in RATE_SUBJECTS
    }


def login_cooldown(env: Environment) -> tuple[int, Any]:
    """Return the limit and the duration of the cool-down of Odoo's own login.

    :return: a number, 0 for never, and a `timedelta`
    """
    after = _number(env, "login_cooldown_after", 0, ODOO_PREFIX)
    seconds = _number(env, "login_cooldown_duration", 0, ODOO_PREFIX)
    return after, timedelta(seconds=seconds)


def read_switches(env: Environment) -> dict[str, bool]:
    """Return the values of all `SWITCHES`."""
    return {name: _read_switch(env, name, SWITCHES[name]) for name in SWITCHES}


def _read_switch(env: Environment, name: str, default: bool) -> bool:
    text = (_parameter(env, name) or "").lower()
    return text not in ("0", "false") if default else text in ("1", "true")


def _is_on(env: Environment, name: str) -> bool:
    return env["ir.config_parameter"]._base_api_switches()[name]


def _number(env: Environment, name: str, default: int, prefix: str = PREFIX) -> int:
    text = _parameter(env, name, prefix) or ""
    return int(text) if text.isascii() and text.isdigit() else default


def _parameter(env: Environment, name: str, prefix: str = PREFIX) -> Any:
    # sudo: only administrators may read system parameters; these are no secrets.
    return env["ir.config_parameter"].sudo().get_param(prefix + name)
