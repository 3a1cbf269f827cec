# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What writes answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal

from typing_extensions import TypeVar

from .errors import ApiError, make_error
from .messages import Answer

Record = dict[str, Any]
R = TypeVar("R", default=Record)
Status = Literal["created", "updated", "unchanged", "failed"]


@dataclass(frozen=True)
class Change:
    """A record before and after a dry run.

    :param before: the fields that differ; None for a record that would be created
    :param after: the same; None for one that would be deleted
    """

    model: str
    id: int | None
    before: Record | None
    after: Record | None


@dataclass(frozen=True)
class ItemResult(Generic[R]):
    """What happened to one record of a list.

    :param error: why it was refused; the others are written nevertheless
    """

    id: int | None
    status: str
    record: R | None = None
    error: ApiError | None = None

    @property
    def success(self) -> bool:
        return self.error is None


@dataclass(frozen=True)
class Written(Generic[R]):
    """A record that was created or updated.

    :param record: its names, and the fields that were sent
    :param etag: its version, for `if_match`
    :param changes: of a dry run, in which nothing was kept
    """

    id: int
    record: R
    etag: str | None = None
    dry_run: bool = False
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class WrittenList(Generic[R]):
    """Records that were created, updated or deleted.

    :param results: one for each record that was sent, in the same order
    """

    results: list[ItemResult[R]]
    dry_run: bool = False
    changes: list[Change] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """The ids of the records that were written."""
        return [item.id for item in self.results if item.success and item.id]

    @property
    def records(self) -> list[R]:
        return [item.record for item in self.results if item.record is not None]

    @property
    def failed(self) -> list[ItemResult[R]]:
        return [item for item in self.results if not item.success]


@dataclass(frozen=True)
class Upserted(WrittenList[R]):
    """Records that were created, updated or found unchanged."""

    def count(self, status: Status) -> int:
        """Return the number of records with a status."""
        return sum(item.status == status for item in self.results)

    @property
    def created(self) -> int:
        return self.count("created")

    @property
    def updated(self) -> int:
        return self.count("updated")

    @property
    def unchanged(self) -> int:
        return self.count("unchanged")


def read_written(answer: Answer) -> Written[Any]:
    data = answer.data
    etag = answer.headers.get("etag")
    return Written(data["id"], data["record"], etag, *_dry_run(answer))


def read_list(answer: Answer, status: str) -> WrittenList[Any]:
    """Return the answer about a list.

    :param status: of the records, if all of them were written
    """
    return WrittenList(_read_items(answer.data, status), *_dry_run(answer))


def read_upserted(answer: Answer) -> Upserted[Any]:
    return Upserted(_read_items(answer.data, "unchanged"), *_dry_run(answer))


def _read_items(data: Mapping[str, Any], status: str) -> list[ItemResult[Any]]:
    if "results" in data:
        return [_read_item(item, status) for item in data["results"]]
    if "ids" not in data:
        return [ItemResult(data["id"], data.get("status", status), data.get("record"))]
    records = data.get("records") or [None] * len(data["ids"])
    pairs = zip(data["ids"], records, strict=True)
    return [ItemResult(record_id, status, record) for record_id, record in pairs]


def _read_item(item: Mapping[str, Any], status: str) -> ItemResult[Any]:
    if item.get("success", True):
        known = item.get("status", status)
        known = known if isinstance(known, str) else status
        return ItemResult(item["id"], known, item.get("record"))
    code = item["http_status"] if "http_status" in item else item["status"]
    return ItemResult(item.get("id"), "failed", None, make_error(code, item["error"]))


def read_changes(answer: Answer) -> list[Change]:
    """Return what a dry run would change."""
    return [
        Change(item["model"], item["id"], item["before"], item["after"])
        for item in answer.data.get("changes", ())
    ]


def _dry_run(answer: Answer) -> tuple[bool, list[Change]]:
    return answer.is_dry_run, read_changes(answer)
