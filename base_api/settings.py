# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an administrator can set, in Settings > General Settings > API.

Kept in system parameters, which Odoo caches: a change holds at the next request, in
every worker. A parameter that was edited into something else counts as not set.
"""

from datetime import timedelta

PREFIX = "base_api."
DEFAULT_SESSION_HOURS = 24
DEFAULT_REFRESH_GRACE_MINUTES = 60
DEFAULT_MAX_LIMIT = 1000
ANY_ORIGIN = "*"


def session_lifetime(env):
    """Return how long a session lives, a ``timedelta``."""
    return timedelta(hours=_number(env, "session_hours", DEFAULT_SESSION_HOURS))


def refresh_grace(env):
    """Return for how long an expired session can be refreshed, a ``timedelta``."""
    minutes = _number(env, "refresh_grace_minutes", DEFAULT_REFRESH_GRACE_MINUTES)
    return timedelta(minutes=minutes)


def max_limit(env):
    """Return the greatest ``limit`` of a page."""
    return _number(env, "max_limit", DEFAULT_MAX_LIMIT) or DEFAULT_MAX_LIMIT


def default_key_days(env):
    """Return for how many days a key lives if nothing is said, or 0 for no setting."""
    return _number(env, "default_key_days", 0)


def allowed_origins(env):
    """Return the origins whose pages may read answers, or ``{"*"}`` for all."""
    text = _parameter(env, "cors_origins") or ""
    return frozenset(origin.rstrip("/") for origin in text.replace(",", " ").split())


def _number(env, name, default):
    text = _parameter(env, name) or ""
    return int(text) if text.isascii() and text.isdigit() else default


def _parameter(env, name):
    # sudo: system parameters are for administrators; these hold no secret.
    return env["ir.config_parameter"].sudo().get_param(PREFIX + name)
