# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limits of a new API key: those of the key that creates it, and the settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from odoo import fields
from odoo.api import Environment
from odoo.exceptions import ValidationError
from odoo.models import BaseModel

from ..errors import KeyRestricted
from ..limiting.policies import covers
from ..settings import max_key_lifetime, rate_limits
from .administration import is_administrative
from .administrators import manages_settings
from .api_key import current_key
from .audited_reads import check_sets_audit_reads
from .metrics import check_gives_metrics

if TYPE_CHECKING:
    from .key_options import KeyChange
    from .learning import Learning
    from .restrictions import Restrictions


# Between the choice of a date in a dialog and the creation of the key.
_TOLERANCE = timedelta(minutes=1)


def check_maker(
    env: Environment,
    restrictions: Restrictions,
    expiration_date: datetime | None,
    learning: Learning | None = None,
    limits: dict[str, int] | None = None,
) -> None:
    """Refuse a key that may do more, or expires later, than the key of the request.

    Only a session, or a key that does not restrict operations, can create a learning
    key or let one do more.

    :param expiration_date: naive UTC; None for a key that does not expire
    :param limits: its own rate limits
    :raise KeyRestricted: naming what is too much
    """
    maker = current_key(env)
    if not maker:
        return
    if not covers(_in_force(env, maker.limits), _in_force(env, limits or {})):
        raise KeyRestricted(
            "An API key cannot create or change a key so that it has higher rate "
            "limits than itself: send the same limits, or lower ones"
        )
    if maker.learning:
        # The new key could name a model, and so allow administrative operations on it.
        raise KeyRestricted(
            "A learning API key cannot create keys, or let keys allow more: log in, or "
            "use another key"
        )
    if learning:
        if maker.restrictions.limits_operations:
            raise KeyRestricted(
                "A restricted API key cannot create a learning key, or let one allow "
                "more: log in, or use a key without read_only and models"
            )
        restrictions = learning.open(restrictions)
    if not _covers(env, maker.restrictions, restrictions):
        raise KeyRestricted(
            "An API key cannot create or change a key so that it allows more than "
            "itself: send the same restrictions, or stricter ones"
        )
    if not maker.outlives(expiration_date):
        raise KeyRestricted(
            "An API key cannot create or change a key so that it lives longer than "
            f"itself: this one expires on {maker.expiration_date} UTC"
        )


def check_change(key: BaseModel, change: KeyChange) -> None:
    """Refuse to change a key so that it may do more, or lives longer.

    Only a caller who could create such a key may do that. Everybody who manages the
    key may restrict it further.

    :raise KeyRestricted: the request came with a key that may do less
    :raise odoo.exceptions.ValidationError: the lifetime is longer than the settings, or
        the groups of the caller, allow
    """
    env, expiration_date = key.env, change.expiration_date
    before = key.expiration_date or None
    is_later = before and (not expiration_date or expiration_date > before)
    limits = change.limits
    is_faster = not covers(_in_force(env, key.limits or {}), _in_force(env, limits))
    if is_later or is_faster or _is_wider(key, change):
        check_maker(env, change.restrictions, expiration_date, change.learning, limits)
    if is_faster:
        check_rate_limits(env, limits)
    if change.metrics and (is_later or not key.metrics):
        check_gives_metrics(env)
    if change.audit_reads != (key.audit_reads or None):
        check_sets_audit_reads(env)
    if is_later:
        check_lifetime(env, expiration_date)
        key._base_api_check_group_duration(expiration_date)


def _is_wider(key: BaseModel, change: KeyChange) -> bool:
    """Tell whether a key may do more after a change, now or later."""
    before, after = key._base_api_restrictions(), change.restrictions
    learning, maker = key._base_api_learning(), current_key(key.env)
    if change.is_to_learn:
        return True
    if learning and change.learning:
        before, after = learning.open(before), learning.open(after)
    elif learning:
        if maker and maker.learning:
            return True  # it would name models, see `check_maker`
        before = learning.learned(before)
    return not _covers(key.env, before, after)


def _covers(env: Environment, outer: Restrictions, inner: Restrictions) -> bool:
    return outer.covers(inner, lambda *operation: is_administrative(env, *operation))


def check_rate_limits(env: Environment, limits: dict[str, int]) -> None:
    """Let only administrators give a key higher rate limits than the settings have.

    :raise odoo.exceptions.ValidationError: naming the limit
    """
    if manages_settings(env):
        return
    for name, limit in rate_limits(env)["key"].items():
        if limits.get(name, limit) > limit:
            raise ValidationError(
                env._(
                    "Only administrators can give an API key a higher rate limit than "
                    "the settings: %(name)s is at most %(limit)s.",
                    name=name,
                    limit=limit,
                )
            )


def _in_force(env: Environment, limits: dict[str, int]) -> dict[str, int]:
    """Return the rate limits of a key, with those of the settings."""
    return rate_limits(env)["key"] | limits


def check_lifetime(env: Environment, expiration_date: datetime | None) -> None:
    """Refuse a key with a longer lifetime than the setting `max_key_days` allows.

    :raise odoo.exceptions.ValidationError: naming the longest lifetime
    """
    longest = max_key_lifetime(env)
    if not longest:
        return
    latest = fields.Datetime.now() + longest + _TOLERANCE
    if not expiration_date or expiration_date > latest:
        raise ValidationError(
            env._("API keys can live for %(days)s days at most.", days=longest.days)
        )


def renewed_expiration_date(key: BaseModel) -> datetime | None:
    """Return the expiration date of the successor of a key, with the same lifetime."""
    now = fields.Datetime.now()
    longest = max_key_lifetime(key.env)
    dates = [now + longest] if longest else []
    if key.expiration_date:
        dates.append(now + (key.expiration_date - key.create_date))
    return min(dates, default=None)
