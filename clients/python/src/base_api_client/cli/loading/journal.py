# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The journal of an import: what was sent, and what was answered.

A file of JSON lines in the user's state folder. Each line is on the disk before the
next step: a chunk is noted before it is sent, and again after its answer. So after a
crash at most one chunk is uncertain, and it is sent again with the same
Idempotency-Key.
"""

import hashlib
import io
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import filelock
import platformdirs

from .. import files, profiles
from ..problem import Problem
from .failure import Failure

# The server keeps answers for 24 hours.
CERTAIN_SECONDS = 23 * 3600


@dataclass
class Chunk:
    """Rows that are sent together, from `first` to `last`.

    :param digest: of all rows of the file up to `last`
    :param split: each row is written for itself, as the chunk was refused as a whole
    """

    first: int
    last: int
    key: str
    sent_at: float
    digest: str
    split: bool = False

    def is_certain(self) -> bool:
        """Whether the server still recognises the Idempotency-Key."""
        return time.time() - self.sent_at < CERTAIN_SECONDS


@dataclass
class State:
    """What the lines of a journal say."""

    header: dict[str, Any]
    done_to: int = 0
    done_digest: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    in_flight: Chunk | None = None
    finished: bool = False


class Journal:
    """A journal that this process alone writes."""

    def __init__(self, identity: dict[str, Any]) -> None:
        """Open the journal of an import.

        :param identity: the file, the server and the operation
        :raises Problem: if another process runs the same import
        """
        text = json.dumps(identity, sort_keys=True)
        name = hashlib.sha256(text.encode()).hexdigest()[:24]
        folder = platformdirs.user_state_path(profiles.APP) / "imports"
        self.path = folder / f"{name}.jsonl"
        self._file: io.FileIO | None = None
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = filelock.FileLock(f"{self.path}.lock", timeout=0, mode=0o600)
            self._lock.acquire()
        except filelock.Timeout:
            raise Problem("Another process is running this import") from None
        except OSError as error:
            raise files.unwritable(folder, error) from None

    def read(self) -> State | None:
        """Return what earlier runs noted, None if there were none.

        A line without an end was being written when the process was killed: it does
        not count, and is cut off.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        whole = content[: content.rfind(b"\n") + 1]
        if not whole:
            return None
        try:
            state = read_lines([json.loads(line) for line in whole.splitlines()])
        except (ValueError, KeyError, TypeError) as error:
            raise Problem(f"The journal {self.path} is damaged: {error!r}") from None
        if len(whole) < len(content):
            os.truncate(self.path, len(whole))
        return state

    def begin(self, header: dict[str, Any]) -> None:
        """Start anew: forget what earlier runs noted."""
        self._open("w")
        self._write({"header": header})
        _sync_folder(self.path.parent)

    def resume(self) -> None:
        self._open("a")

    def note_sent(self, chunk: Chunk) -> None:
        self._write({"sent": chunk.__dict__})

    def note_split(self) -> None:
        self._write({"split": True})

    def note_refused(self) -> None:
        """Note that nothing of the last chunk is written."""
        self._write({"refused": True})

    def note_done(self, counts: dict[str, int], failures: list[Failure]) -> None:
        failed = [failure.as_json() for failure in failures]
        self._write({"done": counts, "failures": failed})

    def note_finished(self) -> None:
        self._write({"finished": True})

    def close(self) -> None:
        if self._file:
            self._file.close()
        self._lock.release()

    def _open(self, mode: str) -> None:
        try:
            # Without a buffer, a line is one call of write().
            self._file = io.FileIO(self.path, mode, opener=_open_private)
        except OSError as error:
            raise files.unwritable(self.path, error) from None

    def _write(self, line: dict[str, Any]) -> None:
        assert self._file
        try:
            self._file.write(json.dumps(line).encode() + b"\n")
            os.fsync(self._file.fileno())
        except OSError as error:
            raise files.unwritable(self.path, error) from None


def read_lines(lines: list[dict[str, Any]]) -> State:
    state = State(header=lines[0]["header"])
    for line in lines[1:]:
        if "sent" in line:
            state.in_flight = Chunk(**line["sent"])
        elif "split" in line and state.in_flight:
            state.in_flight.split = True
        elif "refused" in line:
            state.in_flight = None
        elif "done" in line and state.in_flight:
            for name, number in line["done"].items():
                state.counts[name] = state.counts.get(name, 0) + number
            for values in line["failures"]:
                state.failures[values["row"]] = Failure(**values)
            state.done_to = state.in_flight.last
            state.done_digest = state.in_flight.digest
            state.in_flight = None
        elif "finished" in line:
            state.finished = True
    return state


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file is found after a power failure."""
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
