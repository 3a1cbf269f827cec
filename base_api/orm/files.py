# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files in the fields of records, as Odoo serves them."""

from typing import Any

from odoo.models import BaseModel


def field_stream(record: BaseModel, field_name: str, **options: Any) -> Any:
    """Return the `odoo.http.Stream` of a binary field.

    :param options: of `ir.binary._get_stream_from`
    """
    return record.env["ir.binary"]._get_stream_from(record, field_name, **options)
