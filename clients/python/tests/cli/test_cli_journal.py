# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The journal: what is read after a process was killed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from base_api_client.cli.loading.failure import Failure
from base_api_client.cli.loading.journal import Chunk, Journal
from base_api_client.cli.problem import Problem

IDENTITY = {"file": "p.csv"}
HEADER = {"key": ["ref"]}


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    journal = Journal(IDENTITY)
    yield journal
    journal.close()


def chunk(first: int, last: int) -> Chunk:
    return Chunk(first, last, f"key-{first}", time.time(), f"digest-{last}")


def fill(journal: Journal) -> None:
    """Write the journal of a run that was killed during its second chunk."""
    journal.begin(HEADER)
    journal.note_sent(chunk(2, 51))
    journal.note_split()
    journal.note_done({"created": 49, "failed": 1}, [Failure(7, "check", "no", "/a")])
    journal.note_sent(chunk(52, 101))


def test_a_chunk_without_an_answer_is_in_flight(journal: Journal) -> None:
    fill(journal)

    state = journal.read()

    assert state
    assert (state.done_to, state.done_digest) == (51, "digest-51")
    assert state.counts == {"created": 49, "failed": 1}
    assert state.failures == {7: Failure(7, "check", "no", "/a")}
    assert state.in_flight
    assert (state.in_flight.first, state.in_flight.key) == (52, "key-52")
    assert not state.in_flight.split
    assert not state.finished


def test_every_cut_of_the_file_can_be_read(journal: Journal) -> None:
    fill(journal)
    content = journal.path.read_bytes()
    ends = [index + 1 for index, byte in enumerate(content) if byte == 10]

    for size in range(len(content)):
        journal.path.write_bytes(content[:size])
        state = journal.read()
        whole = sum(1 for end in ends if end <= size)
        assert (state is None) == (whole == 0)
        # What was not written completely is gone, so that lines can be added.
        if state:
            assert journal.path.read_bytes() == content[: ends[whole - 1]]
            assert state.done_to == (51 if whole >= 4 else 0)


def test_a_refused_chunk_is_sent_as_a_new_one(journal: Journal) -> None:
    fill(journal)
    journal.note_refused()

    state = journal.read()

    assert state
    assert state.in_flight is None
    assert state.done_to == 51


def test_a_new_start_forgets(journal: Journal) -> None:
    fill(journal)
    journal.begin(HEADER)
    state = journal.read()
    assert state
    assert (state.done_to, state.in_flight) == (0, None)


def test_one_process_at_a_time(journal: Journal) -> None:
    with pytest.raises(Problem, match="Another process is running this import"):
        Journal(IDENTITY)


def test_a_damaged_journal_is_named(journal: Journal) -> None:
    fill(journal)
    journal.path.write_bytes(b"[]\n" + journal.path.read_bytes())
    with pytest.raises(Problem, match=r"The journal .* is damaged"):
        journal.read()
