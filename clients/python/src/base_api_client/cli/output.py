# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records as a table, CSV or JSON."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from . import console
from .values import as_text, at_path

Record = dict[str, Any]


class Format(str, Enum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def print_records(records: Iterable[Record], columns: list[str], how: Format) -> None:
    """Print records; in a table and in CSV, columns are dotted paths."""
    if how is Format.JSON:
        print_json_list(records)
        return
    rows = ([as_text(at_path(record, name)) for name in columns] for record in records)
    if how is Format.CSV:
        print_csv(columns, rows)
    else:
        print_table(columns, rows)


def print_json(value: Any) -> None:
    console.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def print_json_list(records: Iterable[Record]) -> None:
    """Print a JSON list while its records arrive."""
    separator = "[\n"
    for record in records:
        console.write(separator + json.dumps(record, ensure_ascii=False))
        separator = ",\n"
    console.write("[]\n" if separator == "[\n" else "\n]\n")


def print_csv(columns: list[str], rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def print_table(columns: list[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal; in a pipe nothing is cut off."""
    is_terminal = console.OUTPUT.is_terminal
    # Other programs count a line below the header as a record.
    lines = box.SIMPLE_HEAD if is_terminal else None
    table = Table(box=lines, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    if is_terminal:
        Console(highlight=False).print(table)
        return
    plain = Console(highlight=False, width=console.PIPE_WIDTH, no_color=True)
    with plain.capture() as capture:
        plain.print(table)
    for line in _without_padding(capture.get()):
        console.write(line)


def _cell(value: str) -> Text:
    return Text(console.printable(value))


def _without_padding(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield line.rstrip() + "\n"
