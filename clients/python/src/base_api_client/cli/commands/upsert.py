# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api upsert`: records of a file, found by keys of their own."""

from pathlib import Path
from typing import Annotated

import typer

from .. import file_options, options
from ..connection import connect
from ..loading.operation import Operation
from ..loading.options import FileOptions
from ..loading.run import FileImport
from ..problem import UsageProblem
from ..queries import split_names


def upsert(
    context: typer.Context,
    model: options.Model,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A .csv, .tsv, .ndjson, .jsonl or .xlsx file."
        ),
    ],
    key: Annotated[
        str,
        typer.Option(
            "--key",
            metavar="NAMES",
            help="The fields that identify a record, such as ref, or external_id.",
        ),
    ],
    dry_run: options.DryRun = False,
    rename: file_options.Rename = None,
    ignore: file_options.Ignore = None,
    skip_empty: file_options.SkipEmpty = False,
    sheet: file_options.Sheet = None,
    delimiter: file_options.Delimiter = None,
    encoding: file_options.Encoding = file_options.DEFAULT_ENCODING,
    chunk_size: file_options.ChunkSize = file_options.DEFAULT_CHUNK,
    keep_going: file_options.KeepGoing = False,
    restart: file_options.Restart = False,
) -> None:
    """Create or update the records of a file.

    Each row is looked up by --key, created if it is not there, and changed where it
    differs. Columns are named like fields; country_id.code is the country with this
    code. After an interruption, even a power failure, run the same command again: it
    goes on where it stopped, and no row is written twice.
    """
    names = tuple(split_names(key))
    if not names:
        raise UsageProblem("--key names no field")
    file_settings = FileOptions(
        path=file,
        sheet=sheet,
        delimiter=delimiter,
        encoding=encoding,
        names=file_options.read_names(rename),
        ignored=tuple(ignore or ()),
        skip_empty=skip_empty,
        chunk_size=chunk_size,
        keep_going=keep_going,
        restart=restart,
        dry_run=dry_run,
    )
    operation = Operation("upsert", model, names)
    with connect(context.obj) as connection:
        FileImport(connection, context.obj, operation, file_settings).run()
