# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of CSV."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from ..problem import UsageProblem
from .source import Row, check_header

DELIMITERS = ",;\t|"
# The csv module refuses longer cells, which files in base64 are.
csv.field_size_limit(2**31 - 1)


class CsvFile:
    """A CSV file with a header. Without a delimiter, the header tells which it is."""

    typed = False

    def __init__(self, path: Path, encoding: str, delimiter: str | None) -> None:
        self.path = path
        self._encoding = encoding
        self._delimiter = delimiter

    @cached_property
    def columns(self) -> list[str]:
        with self._reader() as reader:
            return check_header(self.path, self._header(reader))

    def __iter__(self) -> Iterator[Row]:
        columns = self.columns
        with self._reader() as reader:
            self._header(reader)
            for number, cells in enumerate(reader, start=2):
                if not any(cells):
                    continue
                if len(cells) != len(columns):
                    raise UsageProblem(
                        f"{self.path}, row {number}: {len(cells)} cells, but the "
                        f"header has {len(columns)}"
                    )
                named = zip(columns, cells, strict=True)
                yield Row(number, {name: cell for name, cell in named if name})

    def _header(self, reader: Iterator[list[str]]) -> list[str]:
        return [name.strip() for name in next(reader, [])]

    @contextmanager
    def _reader(self) -> Iterator[Iterator[list[str]]]:
        try:
            with open(self.path, encoding=self._encoding, newline="") as file:
                delimiter = self._delimiter or guess_delimiter(file.readline())
                file.seek(0)
                yield csv.reader(file, delimiter=delimiter, strict=True)
        except LookupError:
            raise UsageProblem(f"Unknown encoding: {self._encoding}") from None
        except UnicodeError:
            name = self._encoding.removesuffix("-sig")
            raise UsageProblem(
                f"{self.path} is not {name}: name its encoding, such as "
                "--encoding windows-1252"
            ) from None
        except csv.Error as error:
            raise UsageProblem(f"{self.path} is not valid CSV: {error}") from None
        except OSError as error:
            raise UsageProblem(
                f"{self.path} cannot be read: {error.strerror}"
            ) from None


def guess_delimiter(header: str) -> str:
    """Return the delimiter that splits a header into most columns."""
    return max(
        DELIMITERS, key=lambda mark: len(next(csv.reader([header], delimiter=mark), []))
    )
