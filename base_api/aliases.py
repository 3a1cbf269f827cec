# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Field names of older Odoo versions that clients still send.

Requests may use the old name for the new one. Answers use the old name where the client
asked for it, and both names where it asked for every field.
"""

from typing import Any

OLD_NAMES = {
    "res.users": {"groups_id": "group_ids"},  # renamed in Odoo 19
    "mail.message": {"res_model": "model"},
}


def current_name(model_name: str, field_name: str) -> str:
    """Return the current name of a field."""
    return OLD_NAMES.get(model_name, {}).get(field_name, field_name)


def old_names(model_name: str) -> dict[str, Any]:
    """Return `{old name: current name}` for a model."""
    return OLD_NAMES.get(model_name, {})
