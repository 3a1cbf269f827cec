# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands, and the options before their names."""

from importlib.metadata import version
from typing import Annotated

import typer

from . import console
from .commands import (
    call,
    create,
    export,
    fields,
    get,
    login,
    logout,
    models,
    page,
    report,
    search,
    types,
    update,
    upsert,
)
from .connection import Settings

app = typer.Typer(
    name="base-api",
    help="Search, read and write the records of an Odoo database.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: base-api login https://odoo.example.com",
)

SIGN_IN = "Sign in"
READ = "Read"
WRITE = "Write"
LEARN = "Learn about the database"

app.command("login", rich_help_panel=SIGN_IN)(login.login)
app.command("logout", rich_help_panel=SIGN_IN)(logout.logout)
app.command("search", rich_help_panel=READ)(search.search)
app.command("get", rich_help_panel=READ)(get.get)
app.command("export", rich_help_panel=READ)(export.export)
app.command("report", rich_help_panel=READ)(report.report)
app.command("create", rich_help_panel=WRITE)(create.create)
app.command("update", rich_help_panel=WRITE)(update.update)
app.command("upsert", rich_help_panel=WRITE)(upsert.upsert)
app.command("call", rich_help_panel=WRITE)(call.call)
app.command("models", rich_help_panel=LEARN)(models.models)
app.command("fields", rich_help_panel=LEARN)(fields.fields)
app.command("types", rich_help_panel=LEARN)(types.types)
app.command("open", rich_help_panel=LEARN)(page.open_page)


def show_version(wanted: bool) -> None:
    if wanted:
        console.say(f"base-api {version('base-api-client')}")
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            "-p",
            envvar="BASE_API_PROFILE",
            metavar="NAME",
            help="What 'base-api login' remembered; without it, the profile default.",
            show_default=False,
        ),
    ] = None,
    company: Annotated[
        str | None,
        typer.Option(
            metavar="IDS",
            envvar="BASE_API_COMPANY",
            help="The company to work in, or several: 1,3.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            envvar="BASE_API_LANGUAGE",
            help="Language of names and texts, such as fr_FR.",
            show_default=False,
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            envvar="BASE_API_TIMEZONE",
            help="Time zone in which a day begins, such as Europe/Brussels.",
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            metavar="",
            callback=show_version,
            is_eager=True,
            help="Show the version.",
        ),
    ] = False,
) -> None:
    context.obj = Settings(profile, company, language, timezone)
