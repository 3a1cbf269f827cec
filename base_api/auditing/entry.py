# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A row of the audit trail, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .table import TABLE_NAME


@dataclass
class Entry:
    """A row, without what the database adds: its id, and often its date.

    :param create_date: None for that of the transaction
    :param user_id: of the caller, or of the login that was tried; a query in that case
    :param record_ids: separated by commas, as are `field_names`
    :param status: of HTTP
    :param failed: how many items of `atomic=false` failed
    :param step: the number of the step in a batch, from 1
    :param sent_values: JSON
    """

    create_date: datetime | None = None
    user_id: int | SQL | None = None
    key_id: int | None = None
    http_method: str = ""
    route: str = ""
    model: str = ""
    record_ids: str = ""
    field_names: str = ""
    called_method: str = ""
    status: int = 0
    error_code: str = ""
    failed: int = 0
    step: int | None = None
    dry_run: bool = False
    request_id: str = ""
    trace_id: str = ""
    idempotency_hash: str = ""
    address: str = ""
    client: str = ""
    key_name: str = ""
    sent_values: str | None = None

    def values(self) -> list[Any]:
        """Return the values of the columns `NAMES`; NULL for an empty text."""
        return [None if value == "" else value for value in _read(self)]


NAMES = [field.name for field in fields(Entry)]
_read = attrgetter(*NAMES)
# Each write runs it: the text is made once, and not of objects for each value.
_INSERT = f"INSERT INTO {TABLE_NAME} ({', '.join(NAMES)}) VALUES "
_ROW = f"({', '.join(['%s'] * len(NAMES))})"
_NOW = SQL("DEFAULT")


def insert_entries(cr: BaseCursor, entries: Sequence[Entry]) -> None:
    """Insert rows in one statement, in the transaction of a cursor."""
    values: list[Any] = []
    for entry in entries:
        date, *others = entry.values()
        values += [date or _NOW, *others]
    cr.execute(SQL(_INSERT + ", ".join([_ROW] * len(entries)), *values))
