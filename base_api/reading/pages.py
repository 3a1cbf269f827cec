# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InvalidParameter
from ..searching.counts import estimate_count
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
    :param count: `exact`, `estimated`, `none`, or empty for `exact` without a cursor
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
        return self.count in ("exact", "estimated") or not (self.count or self.cursor)


@dataclass(frozen=True)
class Page:
    """A page of the records that a `Search` finds.

    :param rows: the records as JSON
    :param total_count: number of matching records, or None if not counted
    :param has_more: whether more records follow
    :param is_exact: whether the number was counted; None unless it may be estimated
    """

    search: Search
    records: Any
    rows: list[dict[str, Any]]
    total_count: int | None
    has_more: bool
    is_exact: bool | None = None

    def data(self, projection: Projection) -> dict[str, Any]:
        """Return the data of an answer."""
        data = {
            "records": self.rows,
            "count": len(self.rows),
            "model": self.search.model._name,
            "fields": projection.paths,
            "total_count": self.total_count,
        }
        if self.is_exact is not None:
            data["total_count_exact"] = self.is_exact
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
    limit = _limit(search, part)
    if not limit:
        total, is_exact = _count(search, part)
        return Page(search, model, [], total, False, is_exact)
    # Search for one more record to know whether more follow.
    field_names = without_files(model, list(projection.values()), limit)
    found = search_after(search, position, field_names, limit + 1, part.offset)
    records = model.browse(found._ids[:limit])
    is_last = len(found) <= limit and (found or not part.offset)
    shown = part.offset + len(found) if is_last and not part.cursor else None
    total, is_exact = _count(search, part, shown)
    has_more = len(found) > limit and not search.most
    rows = serialize(records, projection)
    return Page(search, records, rows, total, has_more, is_exact)


def _limit(search: Search, part: Slice) -> int:
    if search.most is None:
        return part.limit
    return max(0, min(part.limit, search.most - part.offset))


def _count(
    search: Search, part: Slice, shown: int | None = None
) -> tuple[int | None, bool | None]:
    """Return the number of matching records, and whether it is exact if it may not be.

    :param shown: the number, if the page shows it: then nothing is counted
    """
    if not part.counts:
        return None, None
    is_exact = True if part.count == "estimated" else None
    if shown is not None:
        return shown, is_exact
    if is_exact and search.most is None:
        return estimate_count(search.model, search.domain)
    return search.model.search_count(search.domain, limit=search.most), is_exact
