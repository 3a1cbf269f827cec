# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api models`: which models there are."""

from typing import Annotated

import typer

from .. import options
from ..connection import connect
from ..output import Format, print_records


def models(
    context: typer.Context,
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="A part of the name.", show_default=False),
    ] = None,
    output: options.Output = Format.TABLE,
) -> None:
    """List the models that you may read."""
    with connect(context.obj) as connection:
        params = {"search": text} if text else {}
        data = connection.client.request("GET", "/models", params=params).data
    print_records(data["models"], ["model", "name"], output)
