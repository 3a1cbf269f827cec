# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command `base-api`: Odoo's REST API in the terminal."""

from .main import main
