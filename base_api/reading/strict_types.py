# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The strict representation of values, for typed languages."""

from datetime import datetime
from typing import Any

from odoo.fields import Field

LOG_COLUMNS = ("create_date", "write_date")


def strict_datetime(moment: datetime) -> str:
    """Return a datetime, in UTC, as text with `Z` (RFC 3339)."""
    return f"{moment.isoformat(timespec='seconds')}Z"


def strict_moment(field: Field, moment: datetime) -> str:
    """Return the value of a datetime field like `strict_datetime`.

    With microseconds for the columns in which Odoo stores the time of a transaction, so
    that clients can continue where they stopped.
    """
    if field.name in LOG_COLUMNS:
        return f"{moment.isoformat(timespec='microseconds')}Z"
    return strict_datetime(moment)


def strict_value(field: Field, value: Any) -> Any:
    """Return a value of `read` as a value of one JSON type, or null.

    An object for a many2one, ISO 8601 with `Z` for a datetime (RFC 3339), null
    instead of `false`. Numbers, lists, references (`"model,id"`) and properties
    stay as they are.
    """
    if field.type == "boolean":
        return value
    if value is None or value is False:
        return None
    if field.type == "many2one":
        return {"id": value[0], "display_name": value[1]}
    if field.type == "datetime":
        return strict_moment(field, value)
    if field.type == "many2one_reference":
        return value or None
    return value
