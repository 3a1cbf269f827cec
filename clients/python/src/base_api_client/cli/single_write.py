# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One record from the command line."""

from collections.abc import Sequence
from typing import Any

from . import console
from .changes import print_changes
from .columns import CellError, Columns
from .connection import Connection
from .problem import UsageProblem
from .record_reader import RecordReader
from .schema import Schema
from .words import read_json, split_pairs


def read_values(
    connection: Connection, model: str, pairs: Sequence[str], text: str | None
) -> dict[str, Any]:
    """Return the values of a record, of `name=value` and of a JSON object.

    :raises UsageProblem: if there are none, or one is not a value of its field
    """
    values = read_json(text, "--json") if text else {}
    if not isinstance(values, dict):
        raise UsageProblem("--json is not an object")
    cells = dict(split_pairs(pairs, "a value such as name=Azure"))
    reader = RecordReader(Columns(Schema(connection.client), model))
    try:
        values |= reader.read(cells)
    except CellError as error:
        raise UsageProblem(str(error)) from None
    if not values:
        raise UsageProblem("Give values such as name=Azure, or --json, or --file")
    return values


def write(
    connection: Connection,
    method: str,
    path: str,
    values: dict[str, Any],
    *,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Write a record and print what was done, or its id only."""
    preference = "return=minimal" + (", dry-run" if dry_run else "")
    headers = {"Prefer": preference}
    client = connection.client
    answer = client.request(method, path, json=values, headers=headers)
    if dry_run:
        print_changes(answer.data["changes"], values.keys())
    if quiet and not dry_run:
        console.say(str(answer.data["id"]))
    else:
        console.say(answer.message)
