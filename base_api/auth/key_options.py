# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bodies of the requests that create or roll an API key."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from odoo import fields
from odoo.api import Environment
from odoo.models import BaseModel

from ..casting import to_datetime, to_integer
from ..errors import InvalidFields, InvalidParameter
from ..errors.hints import hint, quote_unknown
from ..limiting.policies import parse_limits, without_nulls
from ..settings import MAX_KEY_DAYS, bound, default_key_days
from .api_key import current_key
from .audited_reads import from_flag
from .learning import LONGEST, Learning, is_time_to_learn
from .restrictions import ANY_MODEL, Restrictions

CREATE_OPTIONS = (
    "name",
    "expires_in_days",
    "preset",
    "read_only",
    "models",
    "networks",
    "external_id_prefix",
    "strict_types",
    "learn_until",
    "limits",
    "metrics",
    "audit_reads",
)
UPDATE_OPTIONS = tuple(name for name in CREATE_OPTIONS if name != "strict_types")
ROLL_OPTIONS = ("overlap_days",)
DEFAULT_NAME = "API key"
MAX_OVERLAP_DAYS = 7


def parse_key_options(env: Environment, body: dict[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments of `_base_api_create`, except its user.

    Without `expires_in_days`, the settings determine the lifetime, limited by the
    caller's groups and by the key that creates it. Without any of these the key does
    not expire.

    :raise InvalidFields: an unknown option
    :raise InvalidParameter: a value that is not allowed
    """
    _check_names(body, CREATE_OPTIONS)
    return {
        "name": _parse_name(body) or DEFAULT_NAME,
        "strict_types": bool(_parse_flag(body, "strict_types")),
        "restrictions": _parse_restrictions(env, _with_preset(env, body)),
        "learn_until": _parse_learn_until(body),
        "expiration_date": _parse_expiry(env, body),
        "limits": without_nulls(_parse_limits(body)),
        "metrics": bool(_parse_flag(body, "metrics")),
        "audit_reads": from_flag(_parse_flag(body, "audit_reads")),
    }


@dataclass(frozen=True)
class KeyChange:
    """The new values of an API key.

    :param expiration_date: naive UTC; None for a key that does not expire
    :param learning: None unless it is a learning key
    :param is_to_learn: whether a time was sent until which it learns
    :param limits: its own rate limits
    :param metrics: whether it may read the metrics of the server
    :param audit_reads: see `audited_reads`; None where the setting decides
    """

    name: str
    expiration_date: datetime | None
    restrictions: Restrictions
    learning: Learning | None
    is_to_learn: bool
    limits: dict[str, int]
    metrics: bool
    audit_reads: str | None


def parse_key_change(key: BaseModel, body: dict[str, Any]) -> KeyChange:
    """Return the values of a key after a request with some of `UPDATE_OPTIONS`.

    A restriction that is null is removed, and so is a rate limit; rate limits that are
    not sent stay as they are. `expires_in_days` counts from now; null is
    for a key that does not expire. With `models`, a learning key becomes an ordinary
    one; null as `learn_until` ends learning now.

    :raise InvalidFields: an unknown option
    :raise InvalidParameter: a value that is not allowed
    """
    _check_names(body, UPDATE_OPTIONS)
    expiration_date = key.expiration_date or None
    if "expires_in_days" in body:
        days = _parse_days(body, "expires_in_days", 1, _most_days(key.env))
        expiration_date = days and fields.Datetime.now() + timedelta(days=days)
    name = _parse_name(body)
    if name is not None and not name.strip():
        raise InvalidParameter("name must not be empty")
    learn_until = _parse_learn_until(body)
    metrics = _parse_flag(body, "metrics")
    audit_reads = from_flag(_parse_flag(body, "audit_reads"))
    body = _with_preset(key.env, body)
    # Only what is sent is checked: the stored models may be of an app that was removed.
    _parse_restrictions(key.env, body)
    return KeyChange(
        name or key.name,
        expiration_date,
        Restrictions.from_json(key._base_api_restrictions().to_json() | body),
        _change_learning(key, body, learn_until),
        is_to_learn=learn_until is not None,
        limits=_change_limits(key, body),
        metrics=key.metrics if "metrics" not in body else bool(metrics),
        audit_reads=audit_reads if "audit_reads" in body else key.audit_reads or None,
    )


def _change_limits(key: BaseModel, body: dict[str, Any]) -> dict[str, int]:
    if "limits" in body and body["limits"] is None:
        return {}
    return without_nulls((key.limits or {}) | _parse_limits(body))


def _parse_limits(body: dict[str, Any]) -> dict[str, int | None]:
    try:
        return parse_limits(body.get("limits"))
    except ValueError as exc:
        raise InvalidParameter(str(exc)) from exc


def _change_learning(
    key: BaseModel, body: dict[str, Any], learn_until: datetime | None
) -> Learning | None:
    learning = key._base_api_learning()
    if learn_until:
        return Learning(learn_until, learning.uses if learning else frozenset())
    if not learning or "models" in body:
        return None
    if "learn_until" in body:
        return replace(learning, until=min(learning.until, fields.Datetime.now()))
    return learning


def _parse_learn_until(body: dict[str, Any]) -> datetime | None:
    if body.get("learn_until") is None:
        return None
    try:
        learn_until = to_datetime(body["learn_until"])
    except ValueError as exc:
        raise InvalidParameter(f"learn_until must be {exc}") from exc
    if not is_time_to_learn(learn_until):
        raise InvalidParameter(
            f"learn_until must be a time in the next {LONGEST.days} days"
        )
    return learn_until


def _parse_flag(body: dict[str, Any], name: str) -> bool | None:
    if not isinstance(body.get(name), bool | None):
        raise InvalidParameter(f"{name} must be true or false")
    return body.get(name)


def _parse_name(body: dict[str, Any]) -> str | None:
    name = body.get("name")
    if not isinstance(name, str | None):
        raise InvalidParameter("name must be a string")
    return name


def _with_preset(env: Environment, body: dict[str, Any]) -> dict[str, Any]:
    """Return a body with the restrictions of its preset, if it has one."""
    name = body.get("preset")
    if name is None:
        return body
    if body.get("models") is not None:
        raise InvalidParameter("Send preset or models, not both")
    presets = env["api.key.preset"]
    restrictions = presets._get_restrictions(name) if isinstance(name, str) else None
    if restrictions is None:
        known = [preset["name"] for preset in presets._get_available()]
        raise InvalidParameter(
            f"preset={str(name)[:80]} is not allowed, expected one of "
            f"{', '.join(known)}{hint(str(name), known)}"
        )
    preset = restrictions.to_json()
    read_only = body.get("read_only")
    if preset["read_only"] and read_only is False:
        raise InvalidParameter(
            f"The preset {name} is read-only: send the models, not the preset, for a "
            "key that also writes"
        )
    read_only = read_only or preset["read_only"]
    return body | {"models": preset["models"], "read_only": read_only}


def parse_overlap(body: dict[str, Any]) -> timedelta:
    """Return how long a rolled key remains valid, a `timedelta`."""
    _check_names(body, ROLL_OPTIONS)
    return timedelta(days=_parse_days(body, "overlap_days", 0, MAX_OVERLAP_DAYS) or 0)


def _parse_expiry(env: Environment, body: dict[str, Any]) -> datetime | None:
    days = _parse_days(body, "expires_in_days", 1, _most_days(env))
    if days is not None:
        return fields.Datetime.now() + timedelta(days=days)
    return _default_expiry(env)


def _most_days(env: Environment) -> int:
    return min(bound(env, "max_key_days") or MAX_KEY_DAYS, MAX_KEY_DAYS)


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
