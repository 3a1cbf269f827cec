# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The time limits of web sessions that the app `auth_timeout` adds."""

from odoo.api import Environment


def must_confirm_identity(env: Environment) -> bool:
    """Tell whether Odoo locks the web session until its user confirms who they are.

    `auth_timeout` checks that for routes with `auth="user"` only
    (`addons/auth_timeout/models/ir_http.py`).
    """
    check = getattr(env["ir.http"], "_must_check_identity", None)
    return bool(check and check())
