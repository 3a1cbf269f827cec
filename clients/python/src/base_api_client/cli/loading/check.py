# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The check of a whole file, before its first row is sent."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ..columns import CellError, Columns
from ..problem import UsageProblem
from ..record_reader import RecordReader
from ..rows.source import Row, Source
from .digest import RowsDigest
from .failure import Failure
from .operation import Operation


@dataclass
class Check:
    """What a file contains: the number of its rows, and those that cannot be sent.

    :param digests: of all rows up to some, by their numbers
    """

    rows: int = 0
    failures: dict[int, Failure] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)


def check_columns(source: Source, columns: Columns, operation: Operation) -> None:
    """Check the header of a file, if it has one.

    :raises UsageProblem: if a column is not a field, or one of the key is missing
    """
    if source.typed:
        return
    columns.check_options(source.columns)
    found = [columns.find(header) for header in source.columns if header]
    names = {column.name for column in found if column}
    for name in operation.key:
        if name not in names:
            raise UsageProblem(f"{source.path} has no column '{name}'")
    if not names:
        raise UsageProblem(f"{source.path} has no columns to import")


def check_rows(
    source: Source,
    reader: RecordReader,
    operation: Operation,
    marks: Collection[int] = (),
) -> Check:
    """Read all rows.

    :param marks: numbers of rows up to which digests are wanted
    :raises UsageProblem: if the file has no rows
    """
    check = Check()
    seen: dict[bytes, int] = {}
    digest = RowsDigest()
    for row in source:
        check.rows += 1
        digest.add(row)
        if row.number in marks:
            check.digests[row.number] = digest.value()
        failure = _check_row(row, reader, operation, seen)
        if failure:
            check.failures[row.number] = failure
    if not check.rows:
        raise UsageProblem(f"{source.path} has no rows")
    return check


def _check_row(
    row: Row, reader: RecordReader, operation: Operation, seen: dict[bytes, int]
) -> Failure | None:
    try:
        identity = operation.identify(reader.read(row.cells))
    except CellError as error:
        return Failure(row.number, "wrong_type", str(error))
    except ValueError as error:
        return Failure(row.number, "required", str(error))
    if identity is None:
        return None
    first = seen.setdefault(_hash(identity), row.number)
    if first == row.number:
        return None
    key = ", ".join(operation.key)
    return Failure(row.number, "duplicate", f"{key}: the same as in row {first}")


def _hash(identity: tuple[Any, ...]) -> bytes:
    """Return a short text for an identity: a file may have millions of them."""
    text = json.dumps(identity, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
