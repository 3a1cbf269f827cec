# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A digest of rows: whether a file is still what it was, up to a row."""

import hashlib
import json

from ..rows.source import Row


class RowsDigest:
    """The SHA-256 of the rows that were added."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, row: Row) -> None:
        line = json.dumps([row.number, row.cells], default=str)
        self._hash.update(line.encode())

    def value(self) -> str:
        return self._hash.copy().hexdigest()
