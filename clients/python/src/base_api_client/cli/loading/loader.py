# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The import of a file: chunk by chunk, noted in the journal."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from base_api_client import ApiError

from ..problem import Problem
from .chunks import Batch
from .failure import Failure, read_refusal
from .journal import Chunk, Journal, State
from .sender import Record, Sender

# Refusals of the request, and not of a record in it.
NOT_ABOUT_RECORDS = {
    "CONFLICT",
    "IDEMPOTENCY_KEY_REUSED",
    "INVALID_CONTEXT",
    "INVALID_PARAMETER",
    "MODEL_NOT_FOUND",
}
TOO_LARGE = 413
ABOUT_RECORDS = (400, 403, 404, 409, 422)


class Refused(Exception):
    """The rows from `first` to `last` were refused, and none of them is written."""

    def __init__(self, chunk: Chunk, failures: list[Failure]) -> None:
        super().__init__("refused")
        self.first = chunk.first
        self.last = chunk.last
        self.failures = failures


@dataclass
class Loader:
    """Sends chunks and notes them; `state` is what is done.

    :param keep_going: write the other rows of a chunk in which a row is refused
    """

    sender: Sender
    journal: Journal
    state: State
    keep_going: bool
    creates: bool
    report: Callable[[int], None]

    def load(self, batch: Batch) -> None:
        """Write a chunk.

        :raises Refused: if a record is refused, unless `keep_going`
        """
        chunk = self._begin(batch)
        try:
            counts, failures = self._send(chunk, batch.records)
        except ApiError as error:
            if error.code == "IDEMPOTENCY_KEY_REUSED":
                raise Problem(
                    f"Rows {chunk.first} to {chunk.last} were sent in another form "
                    "before; --restart starts over"
                ) from None
            if error.status == TOO_LARGE:
                raise Problem(f"{error.message}: use a smaller --chunk-size") from None
            raise
        self._finish(chunk, counts, failures)
        self.report(len(batch.records))

    def _begin(self, batch: Batch) -> Chunk:
        chunk = self.state.in_flight
        if chunk is None:
            first, last = batch.rows[0], batch.rows[-1]
            key = str(uuid.uuid4())
            chunk = Chunk(first, last, key, time.time(), batch.digest)
            self.journal.note_sent(chunk)
            self.state.in_flight = chunk
        elif self.creates and not chunk.is_certain():
            raise Problem(
                f"Rows {chunk.first} to {chunk.last} were sent more than 23 hours ago, "
                "and the answer did not arrive: look whether their records exist, "
                "remove those from the file, and use --restart"
            )
        return chunk

    def _send(
        self, chunk: Chunk, records: list[Record]
    ) -> tuple[dict[str, int], list[Failure]]:
        if not chunk.split:
            try:
                return self.sender.send(records, chunk.key), []
            except ApiError as error:
                if not is_about_records(error):
                    raise
                if not self.keep_going:
                    self.journal.note_refused()
                    rows = [row for row, _ in records]
                    raise Refused(chunk, read_refusal(error, rows)) from None
            chunk.split = True
            self.journal.note_split()
        return self.sender.send_split(records, chunk.key)

    def _finish(
        self, chunk: Chunk, counts: dict[str, int], failures: list[Failure]
    ) -> None:
        self.journal.note_done(counts, failures)
        state = self.state
        state.in_flight = None
        state.done_to = chunk.last
        state.done_digest = chunk.digest
        for name, number in counts.items():
            state.counts[name] = state.counts.get(name, 0) + number
        state.failures |= {failure.row: failure for failure in failures if failure.row}


def is_about_records(error: ApiError) -> bool:
    return error.status in ABOUT_RECORDS and error.code not in NOT_ABOUT_RECORDS
