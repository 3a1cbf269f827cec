# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Options of the commands that read files."""

from pathlib import Path
from typing import Annotated

import typer

from .words import split_pairs

PANEL = "Options for files"
MAX_RECORDS = 1000
DEFAULT_CHUNK = 200
DEFAULT_ENCODING = "utf-8-sig"

File = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help="A .csv, .tsv, .ndjson, .jsonl or .xlsx file with a record in each row.",
        rich_help_panel=PANEL,
        show_default=False,
    ),
]
Rename = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN=FIELD",
        help="The field that a column means; can be repeated.",
        rich_help_panel=PANEL,
        show_default=False,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN",
        help="Leave a column out; can be repeated.",
        rich_help_panel=PANEL,
        show_default=False,
    ),
]
SkipEmpty = Annotated[
    bool,
    typer.Option(
        "--skip-empty",
        metavar="",
        help="Empty cells leave their field alone, instead of clearing it.",
        rich_help_panel=PANEL,
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Name of the sheet.",
        rich_help_panel=PANEL,
        show_default="the first",
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        metavar="MARK",
        help="What separates cells.",
        rich_help_panel=PANEL,
        show_default="seen in the header",
    ),
]
Encoding = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Such as windows-1252.",
        rich_help_panel=PANEL,
        show_default="utf-8",
    ),
]
ChunkSize = Annotated[
    int,
    typer.Option(
        min=1,
        max=MAX_RECORDS,
        metavar="N",
        help="Rows in a request.",
        rich_help_panel=PANEL,
    ),
]
KeepGoing = Annotated[
    bool,
    typer.Option(
        "--keep-going",
        "-k",
        metavar="",
        help="Leave out rows that are refused, instead of stopping.",
        rich_help_panel=PANEL,
    ),
]
Restart = Annotated[
    bool,
    typer.Option(
        "--restart",
        metavar="",
        help="Start over, instead of going on after an interruption.",
        rich_help_panel=PANEL,
    ),
]


def read_names(words: list[str] | None) -> dict[str, str]:
    """Return the fields of renamed columns.

    :raises UsageProblem: if a word is not COLUMN=FIELD
    """
    return dict(split_pairs(words or (), "COLUMN=FIELD"))
