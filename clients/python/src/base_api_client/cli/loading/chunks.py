# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of a file as chunks of records."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ..record_reader import RecordReader
from ..rows.source import Source
from .digest import RowsDigest
from .journal import Chunk
from .sender import Record


@dataclass
class Batch:
    """Records that are sent together, each with the number of its row.

    :param digest: of all rows of the file up to the last of these
    """

    records: list[Record] = field(default_factory=list)
    digest: str = ""

    @property
    def rows(self) -> list[int]:
        return [row for row, _ in self.records]


def split(
    source: Source,
    reader: RecordReader,
    size: int,
    *,
    after: int = 0,
    first: Chunk | None = None,
    left_out: Collection[int] = (),
) -> Iterator[Batch]:
    """Give the records of a file in batches.

    :param after: the last row that is done
    :param first: the rows of the first batch, which was sent before
    :param left_out: numbers of rows that cannot be sent
    """
    batch = Batch()
    digest = RowsDigest()
    for row in source:
        digest.add(row)
        if row.number <= after or row.number in left_out:
            continue
        is_full = row.number > first.last if first else len(batch.records) == size
        if batch.records and is_full:
            yield batch
            batch, first = Batch(), None
        batch.records.append((row.number, reader.read(row.cells)))
        batch.digest = digest.value()
    if batch.records:
        yield batch
