# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The forms that the value of a properties field may have."""

from typing import Any

from odoo.fields import Field

# Members of the read form that change the definition instead of the values.
REDEFINING = ("definition_changed", "definition_deleted")


def is_redefinition(value: Any) -> bool:
    """Tell whether the value of a properties field changes its definition."""
    return isinstance(value, list) and any(
        isinstance(item, dict) and item.get(flag)
        for item in value
        for flag in REDEFINING
    )


def holds_properties(field: Field, value: Any) -> bool:
    """Tell whether a value of a field holds the values of properties.

    Other values empty a properties field, or redefine the properties.
    """
    is_empty = value is None or value is False
    return field.type == "properties" and not (is_empty or is_redefinition(value))
