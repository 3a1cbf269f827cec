# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dry run of an import: what would change, and what would fail."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..changes import print_changes
from .chunks import Batch
from .failure import Failure
from .sender import Sender

SHOWN_CHANGES = 5


@dataclass
class Trial:
    """What a dry run found."""

    counts: dict[str, int] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)

    def add(self, batch: Batch, sender: Sender) -> None:
        counts, failures, changes = sender.try_out(batch.records)
        for name, number in counts.items():
            self.counts[name] = self.counts.get(name, 0) + number
        self.failures |= {found.row: found for found in failures if found.row}
        self.changes += changes[: SHOWN_CHANGES - len(self.changes)]
        for _, record in batch.records:
            self.sent |= record.keys()

    def show(self) -> None:
        """Print the first changes."""
        print_changes(self.changes, self.sent)


def run(
    sender: Sender, batches: Iterable[Batch], report: Callable[[int], None]
) -> Trial:
    """Try all records, and save nothing."""
    trial = Trial()
    for batch in batches:
        trial.add(batch, sender)
        report(len(batch.records))
    return trial
