# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bodies of the requests that create or roll an API key."""

from datetime import datetime, timedelta
from typing import Any

from odoo import fields
from odoo.api import Environment

from ..casting import to_integer
from ..errors import InvalidFields, InvalidParameter
from ..errors.hints import hint, quote_unknown
from ..settings import MAX_KEY_DAYS, bound, default_key_days
from .api_key import current_key
from .restrictions import ANY_MODEL, Restrictions

CREATE_OPTIONS = (
    "name",
    "expires_in_days",
    "read_only",
    "models",
    "networks",
    "strict_types",
)
ROLL_OPTIONS = ("overlap_days",)
DEFAULT_NAME = "API key"
MAX_OVERLAP_DAYS = 7


def parse_key_options(env: Environment, body: dict[str, Any]) -> tuple[Any, ...]:
    """Return the arguments of `_base_api_create`.

    These are name, expiration date (naive UTC or None), restrictions and strict types.

    Without `expires_in_days`, the settings determine the lifetime, limited by the
    caller's groups and by the key that creates it. Without any of these the key does
    not expire.

    :raise InvalidFields: an unknown option
    :raise InvalidParameter: a value that is not allowed
    """
    _check_names(body, CREATE_OPTIONS)
    name = body.get("name") or DEFAULT_NAME
    if not isinstance(name, str):
        raise InvalidParameter("name must be a string")
    strict_types = body.get("strict_types")
    if not isinstance(strict_types, bool | None):
        raise InvalidParameter("strict_types must be true or false")
    restrictions = _parse_restrictions(env, body)
    return name, _parse_expiry(env, body), restrictions, bool(strict_types)


def parse_overlap(body: dict[str, Any]) -> timedelta:
    """Return how long a rolled key remains valid, a `timedelta`."""
    _check_names(body, ROLL_OPTIONS)
    return timedelta(days=_parse_days(body, "overlap_days", 0, MAX_OVERLAP_DAYS) or 0)


def _parse_expiry(env: Environment, body: dict[str, Any]) -> datetime | None:
    most = min(bound(env, "max_key_days") or MAX_KEY_DAYS, MAX_KEY_DAYS)
    days = _parse_days(body, "expires_in_days", 1, most)
    if days is not None:
        return fields.Datetime.now() + timedelta(days=days)
    return _default_expiry(env)


def _default_expiry(env: Environment) -> datetime | None:
    """Return the default expiration date of a key, or None if it does not expire."""
    longest = env["res.users.apikeys"]._base_api_longest_duration()
    limits = (default_key_days(env), bound(env, "max_key_days"), longest)
    dates = [
        fields.Datetime.now() + timedelta(days=min(days, MAX_KEY_DAYS))
        for days in limits
        if days
    ]
    maker = current_key(env)
    if maker and maker.expiration_date:
        dates.append(maker.expiration_date)
    return min(dates, default=None)


def _parse_days(body: dict[str, Any], name: str, low: int, high: int) -> int | None:
    if body.get(name) is None:
        return None
    try:
        return to_integer(body[name], low, high)
    except ValueError as exc:
        raise InvalidParameter(f"{name} must be {exc}") from exc


def _parse_restrictions(env: Environment, body: dict[str, Any]) -> Restrictions:
    try:
        restrictions = Restrictions.from_json(body)
    except ValueError as exc:
        raise InvalidParameter(str(exc)) from exc
    for model_name, _operations in restrictions.models:
        if model_name != ANY_MODEL and model_name not in env:
            raise InvalidParameter(
                f"models: unknown model '{model_name}'{hint(model_name, env)}"
            )
    return restrictions


def _check_names(body: dict[str, Any], known: tuple[Any, ...]) -> None:
    unknown = [name for name in body if name not in known]
    if unknown:
        raise InvalidFields(
            "Unknown options: " + ", ".join(quote_unknown(unknown, known).values())
        )
