# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The values of records, and their cache."""

from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel


def read_format(
    records: BaseModel, field_names: list[str], **options: Any
) -> list[dict[str, Any]]:
    """Return one dict for each record, as `read` does, without its access check."""
    return records._read_format(field_names, **options)


def field_cache(field: Field, env: Environment) -> Any:
    """Return the cache of a field, a mapping of ids to values."""
    return field._get_cache(env)


def is_cached(records: BaseModel, field: Field) -> bool:
    """Tell whether the cache has the value of a field of all records."""
    cache = field_cache(field, records.env)
    return all(record_id in cache for record_id in records._ids)


def has_plain_name(model: BaseModel) -> bool:
    """Tell whether the display name of records is that of their `_rec_name`."""
    return type(model)._compute_display_name is BaseModel._compute_display_name
