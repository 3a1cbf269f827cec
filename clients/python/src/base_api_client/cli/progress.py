# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Progress bars, on stderr and only in a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from . import console


@contextmanager
def bar(title: str, total: int | None, done: int = 0) -> Iterator[Callable[..., None]]:
    """Show a bar; call the result with the number of records that were done since.

    Its second argument changes the total.

    :param total: None if it is not known yet
    :param done: how many were done before
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TaskProgressColumn(show_speed=True),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    shown = console.ERRORS.is_terminal
    with Progress(
        *columns, console=console.ERRORS, disable=not shown, transient=True
    ) as progress:
        task = progress.add_task(title, total=total, completed=done)

        def report(number: int, total: int | None = total) -> None:
            progress.update(task, advance=number, total=total)

        yield report


@contextmanager
def counter(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show a bar; call the result with the numbers of done and of all records."""
    with bar(title, None) as advance:
        done = 0

        def report(number: int, total: int | None) -> None:
            nonlocal done
            advance(number - done, total)
            done = number

        yield report
