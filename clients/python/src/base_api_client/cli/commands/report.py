# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api report`: records printed as a PDF."""

from email.message import Message
from pathlib import Path
from typing import Annotated

import typer

from .. import console, files, options
from ..connection import LONG_TIMEOUT, connect


def report(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="Such as sale.report_saleorder."),
    ],
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID", help="Ids, or @ and external ids."),
    ],
    to: options.Target = None,
) -> None:
    """Print records as a PDF.

    Without --to, the file has the name that Odoo gives it, in the current folder.
    """
    path = f"/report/{name}/{','.join(ids)}"
    with connect(context.obj, timeout=LONG_TIMEOUT) as connection:
        with connection.client.stream("GET", path) as response:
            header = response.headers.get("content-disposition", "")
            target = to or Path(file_name(header) or f"{name}.pdf")
            with files.replacing(target) as temporary:
                with open(temporary, "wb") as file:
                    for block in response.iter_bytes():
                        file.write(block)
    console.say(str(target))


def file_name(disposition: str) -> str | None:
    """Return the name in a Content-Disposition, without folders."""
    message = Message()
    message["content-disposition"] = disposition
    name = message.get_filename()
    return Path(name).name.lstrip(".") if name else None
