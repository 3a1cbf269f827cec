# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of a sheet of an Excel workbook."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from ..problem import UsageProblem
from .source import Row, check_header


class XlsxFile:
    """A sheet with a header; formulas count with the value that Excel stored."""

    typed = False

    def __init__(self, path: Path, sheet: str | None) -> None:
        self.path = path
        self._sheet = sheet

    @cached_property
    def columns(self) -> list[str]:
        with self._rows() as rows:
            return check_header(self.path, self._header(rows))

    def __iter__(self) -> Iterator[Row]:
        columns = self.columns
        with self._rows() as rows:
            self._header(rows)
            for number, cells in enumerate(rows, start=2):
                if all(cell is None for cell in cells):
                    continue
                # Rows of a sheet end with their last cell, or go on with empty ones.
                padded = [*cells, *[None] * (len(columns) - len(cells))]
                if any(cell is not None for cell in padded[len(columns) :]):
                    raise UsageProblem(
                        f"{self.path}, row {number}: more cells than the header"
                    )
                named = zip(columns, padded, strict=False)
                yield Row(number, {name: cell for name, cell in named if name})

    def _header(self, rows: Iterator[tuple[Any, ...]]) -> list[str]:
        cells = list(next(rows, ()))
        while cells and cells[-1] is None:
            cells.pop()
        return ["" if cell is None else str(cell).strip() for cell in cells]

    @contextmanager
    def _rows(self) -> Iterator[Iterator[tuple[Any, ...]]]:
        import openpyxl  # here, as it takes long
        from openpyxl.utils.exceptions import InvalidFileException
        from openpyxl.worksheet._read_only import ReadOnlyWorksheet

        try:
            book = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
            raise UsageProblem(f"{self.path} is not an Excel workbook") from None
        except OSError as error:
            raise UsageProblem(
                f"{self.path} cannot be read: {error.strerror}"
            ) from None
        try:
            name = self._sheet or book.sheetnames[0]
            if name not in book.sheetnames:
                known = ", ".join(book.sheetnames)
                raise UsageProblem(
                    f"{self.path} has no sheet '{name}'; it has: {known}"
                )
            sheet = book[name]
            if not isinstance(sheet, ReadOnlyWorksheet):
                raise UsageProblem(f"The sheet '{name}' of {self.path} has no cells")
            # The size that a file states may be wrong: cells beyond it were lost.
            sheet.reset_dimensions()
            yield sheet.iter_rows(values_only=True)
        finally:
            book.close()
