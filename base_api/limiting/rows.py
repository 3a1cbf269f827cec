# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many records an answer has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Members of `data` that hold one entry for each record that was read or written. The
# results of a batch are answers of their own.
LISTS = (
    *("records", "results", "groups", "partners", "products", "users", "ids"),
    *("entries", "api_keys", "sessions"),
)
# Members that describe a database, a record or an installation. A test finds lists that
# are in neither.
DESCRIPTIONS = frozenset(
    ("models", "fields", "methods", "actions", "presets", "limits", "findings")
)
_SINGLE = ("record", "id")


def count_rows(data: Any) -> int:
    """Return the number of records in the `data` of an answer."""
    if not isinstance(data, Mapping):
        return 0
    results = data.get("results")
    if isinstance(results, list) and "model" not in data:
        return sum(count_rows(step["data"]) for step in results)
    if result := _count_result(data.get("result")):
        return result
    for name in LISTS:
        if isinstance(data.get(name), list):
            return len(data[name])
    return int(any(name in data for name in _SINGLE))


def _count_result(result: Any) -> int:
    """Return the length of the list that a method returned, also as `{"records": []}`.

    Methods such as `search_read` read as many records as a search.
    """
    lists = result.values() if isinstance(result, Mapping) else [result]
    return max((len(value) for value in lists if isinstance(value, list)), default=0)
