# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the command prints: results on stdout, everything else on stderr."""

import sys
from typing import Any

from rich.console import Console
from rich.text import Text

ERRORS = Console(stderr=True, highlight=False)
OUTPUT = Console(highlight=False)
# Wider than any table: a pipe has no width, and nothing may be cut off there.
PIPE_WIDTH = 100_000


def say(message: str) -> None:
    """Print a line of the result."""
    _print(OUTPUT, Text(printable(message)))


def note(message: str) -> None:
    """Print a line for people, which is not part of the result."""
    _print(ERRORS, Text(printable(message)))


def fail(message: str) -> None:
    """Print the one line that says what went wrong."""
    line = " ".join(printable(message).split())
    _print(ERRORS, Text.assemble(("error: ", "bold red"), line))


def write(text: str) -> None:
    """Print data exactly as it is."""
    sys.stdout.write(text)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 row`, `2,000 rows`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _print(console: Console, line: Text) -> None:
    """Print a line; only a terminal gets line breaks."""
    console.print(line, soft_wrap=not console.is_terminal)


def printable(value: Any) -> str:
    """Return a text without control characters, which a terminal would carry out."""
    text = str(value)
    if text.isprintable():
        return text
    return "".join(
        mark if mark.isprintable() or mark == "\n" else "\N{REPLACEMENT CHARACTER}"
        for mark in text.replace("\t", " ").replace("\r\n", "\n")
    )
