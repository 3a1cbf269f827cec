# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api login`: remembers a server and a key."""

from typing import Annotated

import typer

from base_api_client import ApiError

from .. import console, secret_store
from ..problem import Problem
from ..profiles import DEFAULT, Profile, load, save
from ..signing_in import Account, ask_account, clean_url, find_api, revoke


def login(
    context: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="URL",
            help="Address of Odoo, such as https://odoo.example.com.",
            show_default=False,
        ),
    ] = None,
    username: Annotated[
        str | None,
        typer.Option(
            "--username",
            "-u",
            metavar="NAME",
            help="Log in with a password, and create an API key.",
            show_default=False,
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="On a server with several databases.",
            show_default=False,
        ),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="How many days the new API key is valid.",
            show_default=False,
        ),
    ] = None,
    read_only: Annotated[
        bool,
        typer.Option("--read-only", metavar="", help="The new API key can only read."),
    ] = False,
    stdin: Annotated[
        bool,
        typer.Option(
            "--stdin",
            metavar="",
            help="Read the API key, or the password, from standard input.",
        ),
    ] = False,
) -> None:
    """Log in to a server, and remember it as a profile.

    Asks for an API key, or for a username and a password, which are used once to
    create an API key. The key is kept in the keyring of the system where there is one.
    Secrets are never arguments, as the shell would remember them: they are asked for,
    or come from the variable BASE_API_KEY or BASE_API_PASSWORD, or with --stdin.

    With --profile before the command, the server gets a name of its own. A profile of
    the same name is replaced, and the API key that its login created is revoked.
    """
    address = clean_url(url or typer.prompt("Address of Odoo"))
    find_api(address, database)
    account = Account(address, database, username, days, read_only, stdin)
    try:
        key = ask_account(account)
    except ApiError as error:
        raise Problem(f"{error.message} ({error.status} {error.code})") from None
    name = context.obj.profile or DEFAULT
    replaced = load().get(name)
    if replaced:
        revoke(replaced)
    secret_in = secret_store.save(name, key.secret)
    save(
        Profile(
            name=name,
            url=address,
            username=key.username,
            secret_in=secret_in,
            database=database,
            user_id=key.user_id,
            key_id=key.key_id,
        )
    )
    console.say(f"Logged in to {address} as {key.username} (profile {name})")
    if secret_in == secret_store.FILE:
        console.note(
            f"No keyring is available: the API key is stored in {secret_store.path()}, "
            "which only you can read"
        )
