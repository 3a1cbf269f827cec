# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may read the metrics of the server, and create keys that may."""

from odoo.api import Environment

from ..errors import Forbidden, KeyRestricted
from .administrators import manages_users
from .api_key import current_key


def check_metrics(env: Environment) -> None:
    """Let only keys with `metrics`, and administrators, go on.

    :raise Forbidden: the caller is neither
    """
    key = current_key(env)
    if not (key and key.metrics or _administers(env)):
        raise Forbidden(
            "The metrics need an API key with metrics, or the group Access Rights"
        )


def check_gives_metrics(env: Environment) -> None:
    """Refuse to give `metrics` to a key, except for administrators.

    :raise Forbidden: the caller is none
    :raise KeyRestricted: the request came with a key that may not read them
    """
    if not manages_users(env):
        raise Forbidden("To give metrics to a key, the group Access Rights is needed")
    check_rolls_metrics(env)


def check_rolls_metrics(env: Environment) -> None:
    """Refuse to replace a key that has `metrics` with a key that has not.

    :raise KeyRestricted: the request came with such a key
    """
    key = current_key(env)
    if key and not key.metrics and not _administers(env):
        raise KeyRestricted(
            "An API key without metrics cannot give them to a key, unless it is an "
            "unrestricted key of an administrator"
        )


def _administers(env: Environment) -> bool:
    """Tell whether the caller is an administrator whose key restricts no operation."""
    key = current_key(env)
    is_limited = key is not None and key.restrictions.limits_operations
    return manages_users(env) and not is_limited
