# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`base-api call`: a method of a model."""

from typing import Annotated, Any

import typer

from .. import options
from ..connection import connect
from ..output import print_json
from ..problem import UsageProblem
from ..words import read_json


def call(
    context: typer.Context,
    model: options.Model,
    method: Annotated[
        str, typer.Argument(metavar="METHOD", help="Such as action_confirm.")
    ],
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID", help="Ids, or @ and external ids.", show_default=False
        ),
    ] = None,
    args: Annotated[
        str | None,
        typer.Option(metavar="JSON", help="A list of arguments.", show_default=False),
    ] = None,
    kwargs: Annotated[
        str | None,
        typer.Option(
            metavar="JSON", help="An object of named arguments.", show_default=False
        ),
    ] = None,
) -> None:
    """Call a method, as the buttons of Odoo do; print its result as JSON."""
    body: dict[str, Any] = {}
    if ids:
        body["ids"] = [read_id(word) for word in ids]
    if args:
        body["args"] = read_json(args, "--args")
    if kwargs:
        body["kwargs"] = read_json(kwargs, "--kwargs")
    with connect(context.obj) as connection:
        path = f"/call/{model}/{method}"
        answer = connection.client.request("POST", path, json=body)
    print_json(answer.data["result"])


def read_id(word: str) -> int | dict[str, str]:
    """Return an id, or the reference to an external id.

    :raises UsageProblem: if it is neither
    """
    if word.startswith("@"):
        return {"external_id": word[1:]}
    if not word.isdecimal():
        raise UsageProblem(f"'{word}' is not an id, or @ and an external id")
    return int(word)
