# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write values to records."""

from typing import Any

from odoo.models import BaseModel

from .line_names import keep_line_names
from .translated_records import write


def update(records: BaseModel, values: dict[str, Any]) -> None:
    """Write the same values to some records like `records.write`, and what lines need.

    :param values: from `parse_values`
    """
    write(records, values)
    keep_line_names(records, [values] * len(records))
