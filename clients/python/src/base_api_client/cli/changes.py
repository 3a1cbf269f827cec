# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The `changes` of a dry run."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from .output import print_table
from .values import as_text

# They change with every write.
NOISE = {"write_date", "write_uid", "message_ids"}
COLUMNS = ["record", "field", "before", "after"]


def print_changes(changes: Sequence[Mapping[str, Any]], sent: Collection[str]) -> None:
    """Print a table of what would change.

    :param sent: the fields that were sent; of new records, only these are shown
    """
    rows = [row for change in changes for row in _rows(change, sent)]
    if rows:
        print_table(COLUMNS, rows)


def _rows(change: Mapping[str, Any], sent: Collection[str]) -> list[list[str]]:
    before, after = change["before"] or {}, change["after"] or {}
    is_new = change["before"] is None
    names = [name for name in after if name in sent] if is_new else list(after)
    title = "new" if is_new else str(change["id"])
    return [
        [title, name, as_text(before.get(name)), as_text(after[name])]
        for name in names
        if name not in NOISE
    ]
