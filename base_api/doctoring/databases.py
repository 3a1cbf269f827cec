# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How Odoo chooses the database of a request, and the database manager."""

from __future__ import annotations

from odoo.tools import config

from .finding import Check, Finding
from .situation import Situation

DEFAULT_PASSWORD = "admin"  # noqa: S105


def check_database_filter(situation: Situation) -> Finding:
    check = Check("database_filter")
    if config["dbfilter"] and config["db_replica_host"]:
        return check.warning(
            "With dbfilter, Odoo lists the databases of the primary for each request. "
            "While it is away, reads fail too, although the replica could serve them.",
            "Name the one database in db_name, and remove dbfilter",
        )
    if not config["dbfilter"] and not config["db_name"]:
        return check.warning(
            "Neither db_name nor dbfilter is set: with several databases, clients have "
            "to send X-Odoo-Database, and Odoo lists databases for each request.",
            "Name the database in db_name",
        )
    return check.ok("The configuration determines the database of each request.")


def check_database_manager(situation: Situation) -> Finding:
    check = Check("database_manager")
    if not config["list_db"]:
        return check.ok("The database manager is off.")
    # Compared as it is: Odoo's own check would replace the value by its hash.
    if config["admin_passwd"] == DEFAULT_PASSWORD:
        return check.error(
            "Anybody can download and drop the database in /web/database/manager: it "
            "has Odoo's default master password.",
            "Set list_db = False, and admin_passwd to a random text",
        )
    return check.warning(
        "The database manager is reachable: list_db is on.",
        "Set list_db = False",
    )
