# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keyword filters as parameters of a query.

`name__ilike="desk"` is a field and an operator; `partner_id__country_id__code="BE"` a
path over relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from .encoding import format_moment
from .references import Ref, StepRef

_LISTS = ("in", "nin", "between", "child_of")
OPERATORS = (
    *("eq", "ne", "ieq", "gt", "gte", "lt", "lte", "like", "ilike"),
    *("startswith", "endswith", "is_set", "search", *_LISTS),
)


def make_filters(filters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the parameters for keyword filters.

    :raises TypeError: a value has no form in a query
    """
    return [_make_filter(name, value) for name, value in filters.items()]


def _make_filter(name: str, value: Any) -> tuple[str, str]:
    *path, operator = name.split("__")
    if not path or operator not in OPERATORS:
        return ".".join([*path, operator]), _format(name, value)
    key = f"{'.'.join(path)}__{operator}"
    if operator not in _LISTS:
        return key, _format(name, value)
    # A single text is one value, although it can be iterated over.
    values = (
        value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    )
    return key, _join(_format(name, item) for item in values)


def _format(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Ref):
        return _format_reference(name, value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, StepRef):
        raise TypeError(f"{name}: answers of steps cannot be filtered by; use F")
    if isinstance(value, list | tuple | set | dict):
        raise TypeError(f"{name}: a list needs an operator, such as {name}__in")
    return str(value)


def _format_reference(name: str, value: Ref) -> str:
    if value.external_id is None or value.values:
        raise TypeError(f"{name}: {value!r} has no external id; use F or a path")
    return f"@{value.external_id}"


def _join(items: Iterable[str]) -> str:
    """Return values separated by commas, as in CSV."""
    return ",".join(
        '"' + item.replace('"', '""') + '"' if set(item) & set(',"') else item
        for item in items
    )
