# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows that failed, and the file that they are written to."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from base_api_client import ApiError

from .. import files
from ..rows.source import Row, Source


@dataclass(frozen=True)
class Failure:
    """Why a row was not written; `row` is None if the server named no row.

    :param pointer: the place in the record (RFC 6901), empty for the record as a whole
    """

    row: int | None
    code: str
    message: str
    pointer: str = ""

    def __str__(self) -> str:
        return f"row {self.row}: {self.message}" if self.row else self.message

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_error(error: Mapping[str, Any], row: int, index: int) -> Failure:
    """Return the failure of one row, from the `error` in its result.

    :param index: of the record in the body, with which pointers begin
    """
    details = error.get("details") or [{}]
    pointer = str(details[0].get("pointer", "")).removeprefix(f"/{index}")
    code = details[0].get("code") or error["code"]
    return Failure(row, str(code), str(error["message"]), pointer)


def read_refusal(error: ApiError, rows: list[int]) -> list[Failure]:
    """Return the failures behind an error about a whole list of records."""
    found = []
    for detail in error.details:
        _, _, path = (detail.pointer or "").partition("/")
        index, slash, rest = path.partition("/")
        if index.isdecimal() and int(index) < len(rows):
            message = detail.message or error.message
            row = rows[int(index)]
            found.append(Failure(row, detail.code or error.code, message, slash + rest))
    return found or [Failure(None, error.code, error.message)]


def path_for(source: Path) -> Path:
    """Return `partners.errors.csv` for `partners.csv` and for `partners.xlsx`."""
    is_json = source.suffix.lower() in (".ndjson", ".jsonl")
    return source.with_suffix(".errors.ndjson" if is_json else ".errors.csv")


def write(source: Source, failures: Mapping[int, Failure]) -> Path:
    """Write the rows that failed, with the reasons; return the path of the file.

    The columns of the reasons begin with `_`, which a later import leaves out: correct
    the rows and import the file.
    """
    target = path_for(source.path)
    failed = ((row, failures[row.number]) for row in source if row.number in failures)
    with files.replacing(target) as temporary:
        with open(temporary, "w", encoding="utf-8", newline="") as file:
            if target.suffix == ".csv":
                _write_csv(file, source.columns, failed)
            else:
                for row, failure in failed:
                    record = row.cells | _reasons(failure)
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return target


def _write_csv(
    file: TextIO, columns: list[str], failed: Iterator[tuple[Row, Failure]]
) -> None:
    reasons = list(_reasons(Failure(0, "", "")))
    names = [name for name in columns if name and name not in reasons] + reasons
    writer = csv.DictWriter(file, names, extrasaction="ignore")
    writer.writeheader()
    for row, failure in failed:
        writer.writerow(row.cells | _reasons(failure))


def _reasons(failure: Failure) -> dict[str, Any]:
    return {
        "_row": failure.row,
        "_code": failure.code,
        "_pointer": failure.pointer,
        "_message": failure.message,
    }
