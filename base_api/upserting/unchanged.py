# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the values of a record that a write would change."""

import json
from typing import Any

from odoo.fields import Command, Field
from odoo.models import BaseModel

from ..auth.api_key import can_use
from ..field_types import STRUCTURED, X2MANY
from ..orm.access import has_field_access
from ..writing.translated import Translated

# Types whose values have one form, which the ORM's cache contains.
_COMPARABLE = (
    "binary",
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "html",
    "integer",
    "json",
    "many2one",
    "many2one_reference",
    "monetary",
    "properties",
    "reference",
    "selection",
    "text",
)


def changed_values(record: BaseModel, values: dict[str, Any]) -> dict[str, Any]:
    """Return the `values` that differ from those of the record.

    Values that cannot be compared, or that the caller or the API key may not read,
    count as different: otherwise the answer would confirm guesses.

    :param values: as `parse_values` gives them
    """
    if not can_use(record.env, "read", record._name):
        return values
    return {
        name: value
        for name, value in values.items()
        if _differs(record, record._fields[name], value)
    }


def _differs(record: BaseModel, field: Field, value: Any) -> bool:
    if not has_field_access(record, field):
        return True
    if isinstance(value, Translated):
        return value.differs(record, field)
    if field.type in X2MANY:
        return _lines_differ(record, field, value)
    if field.type not in _COMPARABLE:
        return True
    # Round numbers and sanitize HTML, to compare what would be stored.
    wanted = field.convert_to_cache(value, record)
    stored = field.convert_to_cache(record[field.name], record)
    if field.type in STRUCTURED:
        return _canonical(wanted) != _canonical(stored)
    return wanted != stored


def _canonical(value: Any) -> str:
    """Return JSON as text: in Python, 0 equals false, and 1 equals true."""
    return json.dumps(value or None, sort_keys=True)


def _lines_differ(record: BaseModel, field: Field, commands: list[Any]) -> bool:
    current = set(record.with_context(active_test=False)[field.name].ids)
    wanted = set(current)
    for code, record_id, ids in commands:
        if code in (Command.CREATE, Command.UPDATE):
            return True
        if code in (Command.SET, Command.CLEAR):
            wanted = set(ids or ())
        elif code == Command.LINK:
            wanted.add(record_id)
        else:
            wanted.discard(record_id)
    return wanted != current
