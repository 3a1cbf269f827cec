# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fields to read, also those of related records.

>>> flatten(["name", {"partner_id": ["name", {"country_id": "code"}]}])
['name', 'partner_id.name', 'partner_id.country_id.code']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Names, with dots for fields of related records; or mappings of a relation to what is
# read of its records, where True stands for the field as it is.
Projection = str | Iterable[Any] | Mapping[str, Any]


def flatten(fields: Projection) -> list[str]:
    """Return the dotted names of the fields of a projection.

    :raises TypeError: it is something else
    """
    return list(_flatten(fields))


def fields_parameter(fields: Projection | None) -> str | None:
    """Return the parameter `fields`; None for the fields that the server chooses."""
    return None if fields is None else ",".join(_flatten(fields))


def _flatten(fields: Any) -> Iterator[str]:
    if isinstance(fields, str):
        yield from (name.strip() for name in fields.split(","))
    elif isinstance(fields, Mapping):
        for name, inner in fields.items():
            if inner is True:
                yield name
            elif inner is not False:
                yield from (f"{name}.{path}" for path in _flatten(inner))
    elif isinstance(fields, Iterable):
        for item in fields:
            yield from _flatten(item)
    else:
        raise TypeError(f"Fields are names, lists or mappings, not {fields!r}")
