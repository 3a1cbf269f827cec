# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.api import Environment

from .auth.key_table import KEY_INDEX, KEY_SCOPE


def uninstall_hook(env: Environment) -> None:
    """Remove our keys from Odoo's table, as nothing else accepts them."""
    env.cr.execute("DELETE FROM res_users_apikeys WHERE scope = %s", [KEY_SCOPE])
    env.cr.execute(f"DROP INDEX IF EXISTS {KEY_INDEX}")
