# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.api import Environment
from odoo.fields import Domain

from .auth.key_table import KEY_INDEX, KEY_SCOPE
from .settings import PREFIX


def uninstall_hook(env: Environment) -> None:
    """Remove our keys from Odoo's table, and our settings.

    Nothing else accepts the keys. With the settings, a later installation would allow
    the same origins again, for example.
    """
    env.cr.execute("DELETE FROM res_users_apikeys WHERE scope = %s", [KEY_SCOPE])
    parameters = env["ir.config_parameter"]
    parameters.search(Domain("key", "=like", f"{PREFIX}%")).unlink()
    env.cr.execute(f"DROP INDEX IF EXISTS {KEY_INDEX}")
