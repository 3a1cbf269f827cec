# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api types`: the models of the database for a type checker."""

from pathlib import Path
from typing import Annotated

import typer

from base_api_client.typegen import generate_types

from .. import console, files
from ..connection import LONG_TIMEOUT, connect


def types(
    context: typer.Context,
    models: Annotated[
        list[str],
        typer.Argument(metavar="MODEL", help="Such as res.partner sale.order."),
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The Python file to write.", show_default=False
        ),
    ] = None,
) -> None:
    """Write Python types of models, from the description of your database.

    Import Client from this file instead of base_api_client: a type checker then knows
    the fields of these models, and reports wrong names. Without --to, the file is
    written to standard output.
    """
    with connect(context.obj, timeout=LONG_TIMEOUT) as connection:
        text = generate_types(connection.client, models)
    if to is None:
        console.write(text)
        return
    with files.replacing(to) as temporary:
        temporary.write_text(text, encoding="utf-8")
    console.say(f"Types of {console.count(len(set(models)), 'model')} in {to}")
