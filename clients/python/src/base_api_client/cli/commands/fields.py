# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api fields`: what a model has, and what can be sent."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from .. import options
from ..connection import connect
from ..output import Format, print_records

COLUMNS = ["name", "type", "description", "notes"]
MAX_VALUES = 8


def fields(
    context: typer.Context,
    model: options.Model,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT",
            help="A part of the name or description.",
            show_default=False,
        ),
    ] = None,
    writable: Annotated[
        bool,
        typer.Option("--writable", "-w", metavar="", help="Only what can be written."),
    ] = False,
    output: options.Output = Format.TABLE,
) -> None:
    """List the fields of a model."""
    with connect(context.obj) as connection:
        params = {"writable": "true"} if writable else {}
        path = f"/fields/{model}"
        data = connection.client.request("GET", path, params=params).data
    found = [field for field in data["fields"] if not text or _has(field, text)]
    if output is Format.JSON:
        print_records(found, [], output)
        return
    rows = [field | {"notes": describe(field)} for field in found]
    print_records(rows, COLUMNS, output)


def describe(field: Mapping[str, Any]) -> str:
    """Return what else one needs to know about a field."""
    notes = []
    if field.get("required_on_create"):
        notes.append("required")
    if not field.get("writable", True):
        notes.append("read-only")
    if relation := field.get("relation"):
        notes.append(f"-> {relation}")
    if selection := field.get("selection"):
        values = [str(value) for value, _ in selection[:MAX_VALUES]]
        more = ", ..." if len(selection) > MAX_VALUES else ""
        notes.append(", ".join(values) + more)
    return "; ".join(notes)


def _has(field: Mapping[str, Any], text: str) -> bool:
    wanted = text.lower()
    return wanted in field["name"] or wanted in str(field["description"]).lower()
