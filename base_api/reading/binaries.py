# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Binary fields: base64 on both sides, except for one that holds bytes in Odoo."""


def is_raw(field):
    """Tell whether this is `ir.attachment.raw`, also where a model inherits it."""
    base_field = field.base_field
    return (base_field.model_name, base_field.name) == ("ir.attachment", "raw")
