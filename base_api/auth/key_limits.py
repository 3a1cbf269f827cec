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
from ..settings import max_key_lifetime
from .administration import is_administrative
from .api_key import current_key

if TYPE_CHECKING:
    from .restrictions import Restrictions


# Between the choice of a date in a dialog and the creation of the key.
_TOLERANCE = timedelta(minutes=1)


def check_maker(
    env: Environment, restrictions: Restrictions, expiration_date: datetime | None
) -> None:
    """Refuse a key that may do more, or expires later, than the key that creates it.

    :param expiration_date: naive UTC; None for a key that does not expire
    :raise KeyRestricted: naming what is too much
    """
    maker = current_key(env)
    if not maker:
        return
    if not maker.restrictions.covers(
        restrictions, lambda *operation: is_administrative(env, *operation)
    ):
        raise KeyRestricted(
            "An API key cannot create a key that may do more than itself: give the new "
            "key the same restrictions, or more"
        )
    if not maker.outlives(expiration_date):
        raise KeyRestricted(
            "An API key cannot create a key that lives longer than itself: this one "
            f"expires on {maker.expiration_date} UTC"
        )


def check_change(
    key: BaseModel, restrictions: Restrictions, expiration_date: datetime | None
) -> None:
    """Refuse to change a key so that it may do more, or lives longer.

    Only who could create such a key may do that. Everybody who manages the key may
    restrict it further.

    :param restrictions, expiration_date: those after the change
    :raise KeyRestricted: the request came with a key that may do less
    :raise odoo.exceptions.ValidationError: the lifetime is longer than the settings, or
        the groups of the caller, allow
    """
    env = key.env
    before = key.expiration_date or None
    is_later = before and (not expiration_date or expiration_date > before)
    is_wider = not key._base_api_restrictions().covers(
        restrictions, lambda *operation: is_administrative(env, *operation)
    )
    if is_later or is_wider:
        check_maker(env, restrictions, expiration_date)
    if is_later:
        check_lifetime(env, expiration_date)
        key._base_api_check_group_duration(expiration_date)


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
