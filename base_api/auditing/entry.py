# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A row of the audit trail, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .table import TABLE


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
        return [None if value == "" else value for value in astuple(self)]


NAMES = [field.name for field in fields(Entry)]
_COLUMNS = SQL(", ").join(map(SQL.identifier, NAMES))


def insert_entries(cr: BaseCursor, entries: Sequence[Entry]) -> None:
    """Insert rows in one statement, in the transaction of a cursor."""
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) VALUES %s",
            TABLE,
            _COLUMNS,
            SQL(", ").join(map(_row, entries)),
        )
    )


def _row(entry: Entry) -> SQL:
    date, *others = entry.values()
    values = [date or SQL("DEFAULT"), *others]
    return SQL("(%s)", SQL(", ").join(SQL("%s", value) for value in values))
