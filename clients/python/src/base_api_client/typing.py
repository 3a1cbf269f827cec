# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Types of arguments, also for the types that are generated for a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from typing_extensions import TypedDict

from .references import Id, Ref, StepRef

V = TypeVar("V")

Number = float | Decimal
Moment = str | datetime
Day = str | date
Binary = str | bytes
Progress = Callable[[int, int | None], object]
ToOne = int | Ref | StepRef | Mapping[str, Any] | None


class Related(TypedDict):
    """A related record of which no fields were requested."""

    id: int
    display_name: str | None


class Translations(TypedDict, total=False):
    """A text in several languages."""

    translations: Mapping[str, Any]
    terms: bool


class LineUpsert(TypedDict, Generic[V], total=False):
    """Lines that are found by the values of some of their fields."""

    match: Sequence[str]
    records: Sequence[V]
    delete_others: bool


class Lines(TypedDict, Generic[V], total=False):
    """What is to be done with the records of a one2many or many2many field."""

    set: Sequence[Id | Mapping[str, Any]]
    delete: Sequence[Id | Mapping[str, Any]]
    remove: Sequence[Id | Mapping[str, Any]]
    update: Sequence[V]
    create: Sequence[V]
    upsert: LineUpsert[V]
    add: Sequence[Id | Mapping[str, Any]]


class WriteArguments(TypedDict, total=False):
    """How a write is carried out, see `WriteOptions`."""

    dry_run: bool
    atomic: bool
    max_affected: int | None
    if_match: str | None
    idempotency_key: str | None
    context: Mapping[str, Any] | None
    minimal: bool


class ReadArguments(TypedDict, total=False):
    """What is read of records.

    `nested_limit`: of each list of related records. `translations`: `all`, or codes of
    languages, whose texts are read.
    """

    nested_limit: int
    translations: str


def nested(records: list[int] | list[V]) -> list[V]:
    """Return related records of which fields were requested.

    :raises TypeError: they are ids, as no fields were requested
    """
    if any(isinstance(record, int) for record in records):
        raise TypeError("These are ids: request fields of the related records")
    return records  # type: ignore[return-value]


__all__ = [
    *("Binary", "Day", "LineUpsert", "Lines", "Moment", "Number", "Progress"),
    *("ReadArguments", "Record", "Related", "ToOne", "Translations"),
    *("WriteArguments", "nested"),
]
