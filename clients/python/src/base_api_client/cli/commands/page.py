# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api open`: the page of the API in the browser."""

import webbrowser
from typing import Annotated

import typer

from .. import console
from ..connection import address

PATH = "/api/v2/docs"


def open_page(
    context: typer.Context,
    only_print: Annotated[
        bool, typer.Option("--print", metavar="", help="Print the address only.")
    ] = False,
) -> None:
    """Open the interactive reference of the API in the browser."""
    url = address(context.obj) + PATH
    console.say(url)
    if not only_print and not webbrowser.open(url):
        console.note("No browser was found: open the address yourself")
