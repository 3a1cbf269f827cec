# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of a file, whatever its format."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..problem import UsageProblem


@dataclass(frozen=True)
class Row:
    """One record of a file.

    :param number: of the row in a spreadsheet, where the header is row 1, or of the
        line in NDJSON
    :param cells: by the name of the column
    """

    number: int
    cells: dict[str, Any]


class Source(Protocol):
    """A file that can be read several times.

    `typed` tells whether cells are values of the API already, and not text that has to
    be converted. `columns` are the names in the header, none if the file has no header.
    """

    path: Path
    typed: bool

    @property
    def columns(self) -> list[str]: ...

    def __iter__(self) -> Iterator[Row]: ...


def open_source(
    path: Path,
    *,
    encoding: str = "utf-8-sig",
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Source:
    """Return the rows of a file; the end of its name tells the format.

    :raises UsageProblem: if the file does not exist, or the format is unknown
    """
    from .csv_file import CsvFile
    from .ndjson_file import NdjsonFile
    from .xlsx_file import XlsxFile

    if not path.exists():
        raise UsageProblem(f"{path} does not exist")
    if not path.is_file():
        raise UsageProblem(f"{path} is not a file")
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return CsvFile(path, encoding, delimiter)
    if suffix in (".ndjson", ".jsonl"):
        return NdjsonFile(path)
    if suffix == ".xlsx":
        return XlsxFile(path, sheet)
    raise UsageProblem(f"{path} must end in .csv, .tsv, .ndjson, .jsonl or .xlsx")


def check_header(path: Path, names: list[str]) -> list[str]:
    """Return the names of the columns.

    :raises UsageProblem: if there are none, or the same twice
    """
    if not any(names):
        raise UsageProblem(f"{path} has no header")
    repeated = {name for name in names if name and names.count(name) > 1}
    if repeated:
        raise UsageProblem(f"{path} has the column '{min(repeated)}' twice")
    return names
