# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api search`: records that match filters."""

from typing import Annotated, Any

import typer

from .. import console, options
from ..connection import connect
from ..output import Format, print_records
from ..queries import all_pages, first_page, read_query


def search(
    context: typer.Context,
    model: options.Model,
    filters: options.Filters = None,
    fields: options.Fields = None,
    order: options.Order = None,
    domain: options.Domain = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-l", min=0, metavar="N", help="At most so many records."
        ),
    ] = 80,
    offset: Annotated[
        int, typer.Option(min=0, metavar="N", help="Skip so many records.")
    ] = 0,
    everything: Annotated[
        bool, typer.Option("--all", metavar="", help="All records, however many.")
    ] = False,
    output: options.Output = Format.TABLE,
) -> None:
    """Find records.

    A filter is the name of a field and a value, with an operator after two
    underscores: name__ilike=azure, create_date__gte=2026-01-01. Quote filters in which
    the shell finds something special: 'name__in="Azure, Inc",Deco'.
    """
    query = read_query(filters, fields, order, domain)
    with connect(context.obj) as connection:
        if everything:
            pages = all_pages(connection.client, model, query)
            first = next(pages)
            rest = (record for page in pages for record in page["records"])
            records = (*first["records"], *rest)
        else:
            more = {"limit": limit, "offset": offset}
            first = first_page(connection.client, model, query, **more)
            records = tuple(first["records"])
        print_records(records, _columns(first), output)
        if not everything:
            _note_more(first, offset)


def _columns(page: dict[str, Any]) -> list[str]:
    return list(page["fields"])


def _note_more(page: dict[str, Any], offset: int) -> None:
    shown, total = page["count"], page.get("total_count")
    if not shown:
        console.note("No records were found")
    if total and offset + shown < total:
        console.note(f"{shown:,} of {total:,} records; --all shows all of them")
