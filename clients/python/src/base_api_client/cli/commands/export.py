# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api export`: all records of a search, as a file."""

import sys
from enum import Enum
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from .. import console, files, options, progress
from ..connection import LONG_TIMEOUT, connect
from ..problem import UsageProblem
from ..queries import split_names
from ..words import read_json, split_pairs


class FileFormat(str, Enum):
    NDJSON = "ndjson"
    CSV = "csv"
    PARQUET = "parquet"


SUFFIXES = {
    ".csv": FileFormat.CSV,
    ".jsonl": FileFormat.NDJSON,
    ".ndjson": FileFormat.NDJSON,
    ".parquet": FileFormat.PARQUET,
}


def export(
    context: typer.Context,
    model: options.Model,
    filters: options.Filters = None,
    to: options.Target = None,
    fields: options.Fields = None,
    order: options.Order = None,
    domain: options.Domain = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-l",
            min=0,
            metavar="N",
            help="At most so many records.",
            show_default=False,
        ),
    ] = None,
    file_format: Annotated[
        FileFormat | None,
        typer.Option(
            "--format",
            help="Without it, the end of the name of the file tells the format.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write all records of a search to a file, of any size.

    The records are from one moment, whatever is written meanwhile. Without --to, they
    are written to standard output, as NDJSON. The file is complete or not there.
    """
    how = file_format or _guess_format(to)
    if how is FileFormat.PARQUET and not fields:
        raise UsageProblem("Parquet needs --fields: they are the columns")
    arguments: dict[str, Any] = _read_filters(filters)
    if domain:
        arguments["domain"] = read_json(domain, "--domain")
    with (
        connect(context.obj, timeout=LONG_TIMEOUT) as connection,
        progress.counter(to.name if to else model) as report,
    ):
        target: Path | IO[bytes] = to or sys.stdout.buffer
        try:
            count = connection.client[model].export(
                target,
                format=how.value,
                fields=split_names(fields) if fields else None,
                order=order,
                limit=limit,
                progress=report,
                **arguments,
            )
        except BrokenPipeError:
            raise
        except OSError as error:
            raise files.unwritable(to or Path("-"), error) from None
    if to:
        console.say(f"{console.count(count, 'record')} of {model} in {to}")


def _guess_format(target: Path | None) -> FileFormat:
    if target is None:
        return FileFormat.NDJSON
    try:
        return SUFFIXES[target.suffix.lower()]
    except KeyError:
        known = ", ".join(SUFFIXES)
        raise UsageProblem(f"{target} must end in {known}, or use --format") from None


def _read_filters(words: list[str] | None) -> dict[str, str]:
    pairs = split_pairs(words or (), "a filter such as name=Azure")
    filters = dict(pairs)
    if len(filters) < len(pairs):
        raise UsageProblem("A filter is given twice: use --domain")
    return filters
