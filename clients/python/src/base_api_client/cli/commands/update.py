# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api update`: a record, or those of a file."""

from typing import Annotated

import typer

from .. import file_options, options
from ..connection import connect
from ..loading.operation import Operation
from ..loading.options import FileOptions
from ..loading.run import FileImport, update_key
from ..problem import UsageProblem
from ..rows.source import open_source
from ..single_write import read_values, write


def update(
    context: typer.Context,
    model: options.Model,
    record_id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="An id, or @ and an external id.", show_default=False
        ),
    ] = None,
    values: options.Values = None,
    json: options.Json = None,
    quiet: options.Quiet = False,
    dry_run: options.DryRun = False,
    file: file_options.File = None,
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
    """Update a record, or those of a file.

    base-api update res.partner 15 city=Ghent

    A file has the column id, or external_id.
    """
    if file is None:
        if record_id is None or "=" in record_id:
            raise UsageProblem("Name the record by its id, or use --file")
        with connect(context.obj) as connection:
            record = read_values(connection, model, values or (), json)
            path = f"/update/{model}/{record_id}"
            write(connection, "PATCH", path, record, dry_run=dry_run, quiet=quiet)
        return
    if record_id or values or json:
        raise UsageProblem("--file and values cannot be used together")
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
    source = open_source(file, encoding=encoding, delimiter=delimiter, sheet=sheet)
    key = update_key(source, file_settings.names)
    operation = Operation("update", model, key)
    with connect(context.obj) as connection:
        FileImport(connection, context.obj, operation, file_settings).run()
