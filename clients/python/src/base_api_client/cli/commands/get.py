# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api get`: one record."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from .. import console, options
from ..connection import connect
from ..output import Format, print_json, print_records, print_table
from ..queries import split_names
from ..values import as_text, at_path

RecordId = Annotated[
    str, typer.Argument(metavar="ID", help="An id, or @ and an external id.")
]


def get(
    context: typer.Context,
    model: options.Model,
    record_id: RecordId,
    fields: options.Fields = None,
    output: options.Output = Format.TABLE,
) -> None:
    """Show one record.

    The table shows the fields that have a value, unless --fields names some.
    """
    params = {"fields": ",".join(split_names(fields))} if fields else {}
    path = f"/search/{model}/{record_id}"
    with connect(context.obj) as connection:
        answer = connection.client.request("GET", path, params=params)
    record, names = answer.data["record"], answer.data["fields_returned"]
    if output is Format.JSON:
        print_json(record)
    elif output is Format.CSV:
        print_records([record], names, output)
    else:
        _print(record, names, hide_empty=not fields)


def _print(record: Mapping[str, Any], names: list[str], hide_empty: bool) -> None:
    values = {name: as_text(at_path(record, name)) for name in names}
    shown = {name: value for name, value in values.items() if value or not hide_empty}
    print_table(["field", "value"], list(shown.items()))
    if hidden := len(values) - len(shown):
        fields_hidden = console.count(hidden, "empty field")
        console.note(f"{fields_hidden} not shown; -o json shows all")
