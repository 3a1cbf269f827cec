# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What fields declare."""

from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel


def choices_of(field: Field, env: Environment) -> list[tuple[Any, str]]:
    """Return pairs of a value of a selection field and its label.

    :param env: its language is that of the labels
    """
    return field._description_selection(env)


def names_with_default(model: BaseModel) -> set[str]:
    """Return the fields that have a default in their code or in `ir.default`."""
    stored = model.env["ir.default"]._get_model_defaults(model._name)
    declared = {
        name for name, field in model._fields.items() if field.base_field.default
    }
    return declared | stored.keys()
