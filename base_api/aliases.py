# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names that older Odoo versions used and that clients still send: one table.

In requests the old name stands for the new one. An answer carries the old name where
the client asked for it, and beside the new one where the client asked for every field.
"""

from typing import Any

OLD_NAMES = {
    "res.users": {"groups_id": "group_ids"},  # renamed in Odoo 19
    "mail.message": {"res_model": "model"},
}


def current_name(model_name: str, field_name: str) -> str:
    """Return the name under which Odoo knows `field_name` today."""
    return OLD_NAMES.get(model_name, {}).get(field_name, field_name)


def old_names(model_name: str) -> dict[str, Any]:
    """Return `{old name: current name}` for a model."""
    return OLD_NAMES.get(model_name, {})
