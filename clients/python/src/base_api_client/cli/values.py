# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of records as text, for tables and CSV."""

import json
from collections.abc import Mapping
from typing import Any


def at_path(record: Any, path: str) -> Any:
    """Return the value at a dotted path; lists give the values of each record."""
    name, _, rest = path.partition(".")
    value = record.get(name) if isinstance(record, Mapping) else None
    if not rest:
        return value
    if isinstance(value, list):
        return [at_path(entry, rest) for entry in value]
    return at_path(value, rest)


def as_text(value: Any) -> str:
    """Return a value as exports write it in CSV.

    Empty values are empty, relations are names, and ids are separated by commas.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if is_pair(value):
        return str(value[1])
    if isinstance(value, Mapping) and "display_name" in value:
        return str(value["display_name"] or value.get("id", ""))
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ",".join(map(str, value))
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def is_pair(value: Any) -> bool:
    """Whether a value is a many2one as Odoo shows it: an id and a name."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], int)
        and isinstance(value[1], str)
    )
