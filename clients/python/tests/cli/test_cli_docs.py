# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Everything that the command has is documented."""

import inspect
import re
from pathlib import Path

import pytest
import typer

from base_api_client.cli import connection
from base_api_client.cli.app import app, settings

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"


@pytest.fixture(scope="module")
def docs() -> str:
    return DOCS.read_text(encoding="utf-8")


def test_commands(docs: str) -> None:
    names = [command.name for command in app.registered_commands]
    assert len(names) > 10
    assert [name for name in names if not re.search(rf"\b{name}\b", docs)] == []


def test_options(docs: str) -> None:
    missing = [
        option
        for command in [
            settings,
            *(known.callback for known in app.registered_commands),
        ]
        for option in long_options(command)
        if option not in docs
    ]
    assert missing == []


def test_variables(docs: str) -> None:
    variables = [
        value
        for value in vars(connection).values()
        if isinstance(value, str) and value.startswith("BASE_API_")
    ]
    assert len(variables) == 6
    assert [name for name in variables if f"`{name}`" not in docs] == []


def long_options(command: object) -> list[str]:
    assert callable(command)
    found = []
    for name, parameter in inspect.signature(command).parameters.items():
        for note in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(note, typer.models.OptionInfo):
                words = map(str, [note.default, *(note.param_decls or ())])
                declared = [word for word in words if word.startswith("--")]
                found += declared or [f"--{name.replace('_', '-')}"]
    return found
