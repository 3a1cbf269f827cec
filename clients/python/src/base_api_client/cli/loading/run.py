# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The import of a file, from its first check to the summary."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import typer

from base_api_client import ConnectionFailed, ServerFailed

from .. import console, progress
from ..columns import Columns
from ..connection import (
    LONG_TIMEOUT,
    PERSISTENT,
    Connection,
    Settings,
    connect,
)
from ..problem import INTERRUPTED, Problem, UsageProblem
from ..record_reader import RecordReader
from ..rows.source import Source, open_source
from ..schema import Schema
from . import failure, trial
from .check import Check, check_columns, check_rows
from .chunks import Batch, split
from .failure import Failure
from .journal import Journal, State
from .loader import Loader, Refused
from .operation import Operation
from .options import FileOptions
from .sender import Sender

SHOWN_FAILURES = 10


@dataclass
class FileImport:
    """The import of a file."""

    connection: Connection
    settings: Settings
    operation: Operation
    options: FileOptions
    source: Source = field(init=False)
    reader: RecordReader = field(init=False)

    def __post_init__(self) -> None:
        options = self.options
        self.source = open_source(
            options.path,
            encoding=options.encoding,
            delimiter=options.delimiter,
            sheet=options.sheet,
        )

    def run(self) -> None:
        """Import the file, or try to.

        :raises typer.Exit: if rows failed
        :raises Problem: if it cannot begin, or go on
        """
        schema = Schema(self.connection.client)
        columns = Columns(
            schema,
            self.operation.model,
            special=self.operation.special,
            names=self.options.names,
            ignored=self.options.ignored,
            hint=" (--ignore leaves a column out)",
        )
        check_columns(self.source, columns, self.operation)
        self.reader = RecordReader(
            columns, typed=self.source.typed, skip_empty=self.options.skip_empty
        )
        if self.options.dry_run:
            self._try()
            return
        journal = Journal(self._identity())
        try:
            self._import(journal)
        finally:
            journal.close()

    def _import(self, journal: Journal) -> None:
        state = None if self.options.restart else journal.read()
        check = check_rows(self.source, self.reader, self.operation, _marks(state))
        self._refuse_failures(check)
        if state and not self._is_new(state, check):
            journal.resume()
            done = sum(state.counts.values())
            console.note(f"Going on: {done:,} of {check.rows:,} rows are done")
        else:
            state = State(self._header())
            journal.begin(state.header)
        self._load(journal, state, check)
        journal.note_finished()
        self._finish(check, state.counts, check.failures | state.failures)

    def _is_new(self, state: State, check: Check) -> bool:
        """Whether nothing of the file was imported before.

        :raises Problem: if it cannot go on where it stopped
        """
        is_same = all(check.digests.get(row) == at for row, at in _marks(state).items())
        if state.finished:
            if self.operation.name == "create" and is_same:
                raise Problem(
                    f"The rows of {self.source.path} were created before; "
                    "--restart creates them a second time"
                )
            return True
        header = self._header()
        changed = [key for key in header if header[key] != state.header.get(key)]
        if changed:
            names = ", ".join(changed)
            raise Problem(
                f"This import began with another {names}; --restart starts over"
            )
        if not is_same:
            raise Problem(
                f"{self.source.path} has changed in rows that are written already, up "
                f"to row {max(_marks(state))}; --restart starts over"
            )
        return not _marks(state)

    def _load(self, journal: Journal, state: State, check: Check) -> None:
        done = sum(state.counts.values())
        total = check.rows - len(check.failures)
        with self._sender() as sender, self._bar(total, done) as report:
            loader = Loader(
                sender=sender,
                journal=journal,
                state=state,
                keep_going=self.options.keep_going,
                creates=self.operation.name == "create",
                report=report,
            )
            try:
                for batch in self._batches(check, state):
                    loader.load(batch)
            except Refused as refused:
                self._show_failures(refused.failures)
                raise Problem(
                    f"Stopped at rows {refused.first} to {refused.last}, none of which "
                    f"was written. {progress_of(state, total)}. Correct the "
                    "file and run the command again to go on, or use --keep-going to "
                    "leave out what is refused"
                ) from None
            except (ConnectionFailed, ServerFailed, KeyboardInterrupt) as error:
                is_user = isinstance(error, KeyboardInterrupt)
                raise Problem(
                    f"{'Interrupted' if is_user else error}. "
                    f"{progress_of(state, total)}. Run the command again to go on",
                    exit_code=INTERRUPTED if is_user else 1,
                ) from None

    def _try(self) -> None:
        check = check_rows(self.source, self.reader, self.operation)
        total = check.rows - len(check.failures)
        with self._sender() as sender, self._bar(total) as report:
            found = trial.run(sender, self._batches(check), report)
        found.show()
        console.say("Dry run: nothing was saved.")
        self._finish(check, found.counts, check.failures | found.failures)

    def _batches(self, check: Check, state: State | None = None) -> Iterator[Batch]:
        return split(
            self.source,
            self.reader,
            self.options.chunk_size,
            after=state.done_to if state else 0,
            first=state.in_flight if state else None,
            left_out=check.failures,
        )

    def _bar(
        self, total: int, done: int = 0
    ) -> AbstractContextManager[Callable[[int], None]]:
        return progress.bar(self.source.path.name, total, done)

    @contextmanager
    def _sender(self) -> Iterator[Sender]:
        options: dict[str, Any] = {"timeout": LONG_TIMEOUT, "retries": PERSISTENT}
        with connect(self.settings, **options) as connection:
            yield Sender(connection.client, self.operation)

    def _refuse_failures(self, check: Check) -> None:
        if check.failures and not self.options.keep_going:
            self._show_failures(check.failures.values())
            raise Problem(
                f"{len(check.failures):,} of {check.rows:,} rows cannot be sent, so "
                "nothing was; --keep-going sends the others"
            )

    def _finish(
        self, check: Check, counts: dict[str, int], failures: dict[int, Failure]
    ) -> None:
        counts = counts | {"failed": len(failures)}
        numbers = [f"{number:,} {name}" for name, number in counts.items()]
        console.say(f"{console.count(check.rows, 'row')}: {', '.join(numbers)}")
        if failures:
            self._show_failures(failures.values())
            raise typer.Exit(1)

    def _show_failures(self, failures: Iterable[Failure]) -> None:
        """Show the first failures, and write a file with all rows that failed."""
        found = sorted(failures, key=lambda failure: failure.row or 0)
        for one in found[:SHOWN_FAILURES]:
            console.note(str(one))
        if (more := len(found) - SHOWN_FAILURES) > 0:
            console.note(f"... and {more:,} more")
        by_row = {one.row: one for one in found if one.row}
        if by_row:
            path = failure.write(self.source, by_row)
            console.note(f"The rows that failed are in {path}")

    def _identity(self) -> dict[str, Any]:
        user = self.connection.client.request("GET", "/auth/me").data["user"]
        return {
            "file": str(self.source.path.resolve()),
            "url": self.connection.url,
            "database": self.connection.database,
            "user": user["id"],
            "operation": self.operation.name,
            "model": self.operation.model,
        }

    def _header(self) -> dict[str, Any]:
        return {
            "key": list(self.operation.key),
            **self.options.as_header(),
            "company": self.settings.company,
            "language": self.settings.language,
            "timezone": self.settings.timezone,
        }


def progress_of(state: State, total: int) -> str:
    return f"{sum(state.counts.values()):,} of {total:,} rows are done"


def update_key(source: Source, names: dict[str, str]) -> tuple[str]:
    """Return the column that identifies the records of an update.

    :raises UsageProblem: if there is none
    """
    headers = source.columns
    if source.typed:
        headers = list(next((row.cells for row in source), {}))
    found = {names.get(header, header) for header in headers}
    for name in ("id", "external_id"):
        if name in found:
            return (name,)
    raise UsageProblem(f"{source.path} has no column 'id' or 'external_id'")


def _marks(state: State | None) -> dict[int, str]:
    """Return the rows that may be written already, and the digests up to them."""
    if state is None:
        return {}
    marks = {state.done_to: state.done_digest} if state.done_to else {}
    if state.in_flight:
        marks[state.in_flight.last] = state.in_flight.digest
    return marks
