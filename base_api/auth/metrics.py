# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may read the metrics of the server, and give keys the right to."""

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
            "Reading the metrics needs an API key with metrics, or the group Access "
            "Rights"
        )


def check_gives_metrics(env: Environment) -> None:
    """Refuse to give `metrics` to a key, except for administrators.

    :raise Forbidden: the caller is not an administrator
    :raise KeyRestricted: the request came with a restricted key without `metrics`
    """
    if not manages_users(env):
        raise Forbidden("Giving metrics to a key needs the group Access Rights")
    check_rolls_metrics(env)


def check_rolls_metrics(env: Environment) -> None:
    """Refuse to roll a key that has `metrics` in a request with a key that does not.

    :raise KeyRestricted: the request came with a restricted key without `metrics`
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
