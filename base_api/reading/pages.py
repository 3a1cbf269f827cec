# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InvalidParameter
from ..searching.cursors import seal, unseal
from ..searching.keyset import Search, read_position, search_after
from .measured_columns import without_files
from .serializers import serialize

if TYPE_CHECKING:
    from .projection import Projection


@dataclass(frozen=True)
class Slice:
    """The part of the matching records that a page shows.

    :param cursor: the end of the previous page, see `searching.cursors`; or empty
    :param count: `exact`, `none`, or empty for `exact` without a cursor
    :raise InvalidParameter: both a cursor and an offset
    """

    limit: int
    offset: int = 0
    cursor: str = ""
    count: str = ""

    def __post_init__(self) -> None:
        if self.cursor and self.offset:
            raise InvalidParameter("cursor and offset cannot be combined")

    @property
    def counts(self) -> bool:
        return self.count == "exact" or not (self.count or self.cursor)


@dataclass(frozen=True)
class Page:
    """A page of the records that a `Search` finds.

    :param rows: the records as JSON
    :param total_count: number of matching records, or None if not counted
    :param has_more: whether more records follow
    """

    search: Search
    records: Any
    rows: list[dict[str, Any]]
    total_count: int | None
    has_more: bool

    def data(self, projection: Projection) -> dict[str, Any]:
        """Return the data of an answer."""
        data = {
            "records": self.rows,
            "count": len(self.rows),
            "model": self.search.model._name,
            "fields": projection.paths,
            "total_count": self.total_count,
        }
        if self.has_more:
            position = read_position(self.records[-1], self.search.sorts)
            data["next_cursor"] = seal(self.search, position)
        return data


def search_page(
    search: Search, projection: Projection | dict[str, Any], part: Slice
) -> Page:
    """Return a `Page`.

    :param projection: of `parse_fields`
    :param part: a `Slice`
    :raise InvalidParameter: a cursor of another query
    """
    model = search.model
    position = unseal(search, part.cursor)
    if not part.limit:
        total = model.search_count(search.domain) if part.counts else None
        return Page(search, model, [], total, False)
    # Search for one more record to know whether more follow.
    field_names = without_files(model, list(projection.values()), part.limit)
    found = search_after(search, position, field_names, part.limit + 1, part.offset)
    records = model.browse(found._ids[: part.limit])
    total = _count(search, part, len(found)) if part.counts else None
    has_more = len(found) > part.limit
    return Page(search, records, serialize(records, projection), total, has_more)


def _count(search: Search, part: Slice, found: int) -> int:
    """Return the number of matching records, without a query if the page shows it."""
    is_last = found <= part.limit and (found or not part.offset)
    if is_last and not part.cursor:
        return part.offset + found
    return search.model.search_count(search.domain)
