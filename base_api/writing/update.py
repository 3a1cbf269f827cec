# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write values to records."""

from typing import Any

from odoo.models import BaseModel

from .line_names import keep_line_names


def update(records: BaseModel, values: dict[str, Any]) -> None:
    """Write the same values to some records like `records.write`.

    :param values: from `parse_values`
    """
    # A copy, as the `write` of an app may change it.
    records.write(dict(values))
    keep_line_names(records, [values] * len(records))
