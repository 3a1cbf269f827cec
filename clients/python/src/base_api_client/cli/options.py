# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

from .output import Format

Model = Annotated[str, typer.Argument(metavar="MODEL", help="Such as res.partner.")]
Filters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILTER",
        help="Such as is_company=true, country_id.code__in=BE,FR or name__ilike=azure.",
        show_default=False,
    ),
]
Fields = Annotated[
    str | None,
    typer.Option(
        "--fields",
        "-f",
        metavar="NAMES",
        help="Fields, separated by commas; also of related records: country_id.code.",
        show_default=False,
    ),
]
Order = Annotated[
    str | None,
    typer.Option(metavar="ORDER", help="Such as 'name, id desc'.", show_default=False),
]
Domain = Annotated[
    str | None,
    typer.Option(
        metavar="JSON",
        help="An Odoo domain, in addition to the filters.",
        show_default=False,
    ),
]
Output = Annotated[
    Format, typer.Option("--output", "-o", help="How records are printed.")
]
Target = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="The file to write.", show_default=False),
]
Values = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME=VALUE",
        help="Values of fields, as in the columns of a file.",
        show_default=False,
    ),
]
Json = Annotated[
    str | None,
    typer.Option(
        metavar="JSON",
        help="Values as a JSON object; - reads it from standard input.",
        show_default=False,
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", metavar="", help="Print the id only.")
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", "-n", metavar="", help="Show what would change; save nothing."
    ),
]
