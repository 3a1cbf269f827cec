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
def bar(
    title: str, total: int | None, done: int = 0
) -> Iterator[Callable[[int], None]]:
    """Show a bar; call the result with the number of records that were done since.

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
        yield lambda number: progress.advance(task, number)
