# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api create`: a record, or those of a file."""

import typer

from .. import file_options, options
from ..connection import connect
from ..loading.operation import Operation
from ..loading.options import FileOptions
from ..loading.run import FileImport
from ..problem import UsageProblem
from ..single_write import read_values, write


def create(
    context: typer.Context,
    model: options.Model,
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
    """Create a record, or those of a file.

    base-api create res.partner name=Azure is_company=true country_id.code=BE

    A file that was created once is not created again. If its rows have a key of their
    own, such as a customer number, upsert is better.
    """
    if file is None:
        with connect(context.obj) as connection:
            record = read_values(connection, model, values or (), json)
            path = f"/create/{model}"
            write(connection, "POST", path, record, dry_run=dry_run, quiet=quiet)
        return
    if values or json:
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
    operation = Operation("create", model)
    with connect(context.obj) as connection:
        FileImport(connection, context.obj, operation, file_settings).run()
