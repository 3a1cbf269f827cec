# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Passwords, logins and API keys, without the confirmation dialogs of Odoo."""

from odoo.api import Environment
from odoo.fields import Domain
from odoo.models import BaseModel


def login_domain(env: Environment, login: str) -> Domain:
    """Return the domain by which Odoo finds the user of a login."""
    return env["res.users"]._get_login_domain(login)


def set_password(user: BaseModel, password: str) -> None:
    """Set a password as the dialog of an administrator does, and log it.

    :raise odoo.exceptions.UserError: an empty one, or one that a policy refuses
    """
    user._change_password(password)


def remove_keys(keys: BaseModel) -> None:
    """Remove API keys, one's own or as an administrator.

    :raise odoo.exceptions.AccessError: keys of other users
    """
    keys._remove()
