# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When keys and sessions were used last, stored in batches without keeping requests.

A process notes a use at most once a minute, and does not write what another one has
noted in that minute. Nothing depends on these notes but what administrators see: who
is revoked or has expired is read for each request.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from ..observing.count_store import STORE, CountTable, Row

INTERVAL = timedelta(minutes=1)  # between two notes of the same key or session
MAX_REMEMBERED = 10_000

# They also refresh the copies of user data, for changes made without the ORM. Rows that
# a request has locked are skipped, so that neither waits for the other.
KEY_USES = CountTable(
    "uses of API keys",
    """WITH sent AS (
           SELECT DISTINCT ON (id) id, address, date
             FROM UNNEST(%s::integer[], %s::varchar[], %s::timestamp[])
                  AS sent (id, address, date)
            ORDER BY id, date DESC),
       due AS (
           SELECT id, sent.address, date FROM res_users_apikeys JOIN sent USING (id)
            WHERE COALESCE(last_use_date, '-infinity') <= date - INTERVAL '1 minute'
              FOR UPDATE OF res_users_apikeys SKIP LOCKED)
       UPDATE res_users_apikeys AS key
          SET last_use_date = due.date, last_use_address = due.address,
              (user_active, user_company_id) = (
                  SELECT active, company_id FROM res_users
                   WHERE res_users.id = key.user_id)
         FROM due WHERE due.id = key.id""",
)
SESSION_USES = CountTable(
    "uses of sessions",
    """WITH sent AS (
           SELECT DISTINCT ON (id) id, changes, date
             FROM UNNEST(%s::integer[], %s::integer[], %s::timestamp[])
                  AS sent (id, changes, date)
            ORDER BY id, changes DESC NULLS LAST, date DESC),
       due AS (
           SELECT id, sent.changes, date FROM api_session JOIN sent USING (id)
            WHERE last_activity <= date - INTERVAL '1 minute'
               OR checked_changes IS DISTINCT FROM sent.changes
              FOR UPDATE OF api_session SKIP LOCKED)
       UPDATE api_session AS session
          SET last_activity = due.date, checked_changes = due.changes,
              user_company_id = (SELECT company_id FROM res_users
                                  WHERE res_users.id = session.user_id)
         FROM due WHERE due.id = session.id""",
)


class NotedRow(NamedTuple):
    """The row of a key or session.

    :param place: its database, its `CountTable` and its id
    :param seen: its values that a note changes
    """

    place: tuple[str, CountTable, int]
    seen: tuple[Any, ...]


class NotedUses:
    """The uses that this process has noted, and that may not be stored yet."""

    def __init__(self) -> None:
        # Database, table and id -> what the row had, and when; the oldest first.
        self._noted: dict[tuple[Any, ...], tuple[Any, datetime]] = {}
        self._lock = threading.Lock()

    def has(self, row: NotedRow, now: datetime) -> bool:
        """Tell whether the use of a row was noted within the last minute.

        It does not count once the row has other values than it had then.
        """
        seen, noted = self._noted.get(row.place, (None, now))
        return seen == row.seen and noted > now - INTERVAL

    def add(self, row: NotedRow, now: datetime, *key: Any) -> None:
        """Note a use, to be stored.

        :param key: the other columns of the table, see `CountTable`
        """
        database, table, row_id = row.place
        STORE.add(Row(database, table, (row_id, *key)), [now])

    def remember(self, row: NotedRow, now: datetime) -> None:
        """Let the use of a row count as noted for a minute."""
        with self._lock:
            self._noted.pop(row.place, None)
            self._noted[row.place] = row.seen, now
            if len(self._noted) > MAX_REMEMBERED:
                self._noted.pop(next(iter(self._noted)))


NOTED = NotedUses()
