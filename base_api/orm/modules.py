# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addons that another process installs, upgrades or removes."""

from typing import Any

from psycopg2.errors import FeatureNotSupported, UndefinedColumn, UndefinedTable

from odoo.api import Environment

from ..errors.tracebacks import contexts
from .side_effects import open_cursor

# What PostgreSQL says of a table, a column or a plan that has just been changed.
_SCHEMA_ERRORS = (FeatureNotSupported, UndefinedColumn, UndefinedTable)
_CHANGING = """
    SELECT 1 FROM ir_module_module
     WHERE state IN ('to install', 'to upgrade', 'to remove')
        OR name = 'base_api' AND state != 'installed'
     LIMIT 1
"""


def failed_on_schema_change(exc: Any, env: Environment) -> bool:
    """Tell whether a request failed because addons are being changed right now.

    The process does not know the new tables yet, or no longer the old ones. The same
    errors of PostgreSQL at other times are faults of an addon.
    """
    if not any(isinstance(item, _SCHEMA_ERRORS) for item in contexts(exc)):
        return False
    with open_cursor(env, readonly=True) as cr:
        cr.execute(_CHANGING)
        return bool(cr.rowcount)
