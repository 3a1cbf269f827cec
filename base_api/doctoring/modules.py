# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which version of this addon runs, and whether each process has it from the start."""

from __future__ import annotations

from odoo.modules import get_manifest
from odoo.tools import SQL, config

from .finding import Check, Finding
from .situation import Situation

ADDON = "base_api"
_VERSION = SQL("SELECT latest_version FROM ir_module_module WHERE name = %s", ADDON)


def check_server_wide_modules(situation: Situation) -> Finding:
    check = Check("server_wide_modules")
    if ADDON in config["server_wide_modules"]:
        return check.ok("base_api is in server_wide_modules.")
    return check.warning(
        "base_api is not in server_wide_modules: a failure of the database while a "
        "process starts is a 404 in HTML, which clients take for a missing record.",
        "Set server_wide_modules = base,rpc,web,base_api",
    )


def check_version(situation: Situation) -> Finding:
    check = Check("version")
    [(installed,)] = situation.env.execute_query(_VERSION)
    on_disk = get_manifest(ADDON)["version"]
    if installed == on_disk:
        return check.ok(f"The database and the code have version {on_disk}.")
    return check.error(
        f"The database has version {installed} of base_api, the code has {on_disk}.",
        "Upgrade the database with odoo-bin -d DB -u base_api --stop-after-init, and "
        "run the same code on all nodes",
    )
