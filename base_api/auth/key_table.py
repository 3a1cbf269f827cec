# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of API keys, which Odoo keeps outside the ORM (`_auto = False`).

It has columns that no field exposes: the hash of a key in `key`, and its first
characters in `index`. The columns of new fields have to be added here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from odoo.addons.base.models.res_users import INDEX_SIZE

from .tokens import hash_token
from .uses import INTERVAL, KEY_USES, NotedRow

# Keys of this scope work here only: JSON-2 and XML-RPC take keys without scope.
KEY_SCOPE = "base_api"
KEY_INDEX = "res_users_apikeys_base_api_key_uniq"

COLUMNS = {
    "restrictions": SQL("jsonb"),
    "last_use_date": SQL("timestamp without time zone"),
    "last_use_address": SQL("varchar"),
    "expiry_warning_date": SQL("timestamp without time zone"),
    "strict_types": SQL("boolean"),
    "learn_until": SQL("timestamp without time zone"),
    "metrics": SQL("boolean"),
    "audit_reads": SQL("varchar"),
    "used_operations": SQL("jsonb"),
    "limits": SQL("jsonb"),
    "user_active": SQL("boolean"),
    "user_company_id": SQL("integer"),
}


def add_columns(cr: BaseCursor, table: Any) -> None:
    """Add the missing columns of our fields."""
    for name, column_type in COLUMNS.items():
        cr.execute(
            SQL(
                "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(table),
                SQL.identifier(name),
                column_type,
            )
        )


def add_index(cr: BaseCursor, table: Any) -> None:
    """Add the index that finds keys of our scope by their hash."""
    cr.execute(
        SQL(
            "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (key) WHERE scope = %s",
            SQL.identifier(KEY_INDEX),
            SQL.identifier(table),
            KEY_SCOPE,
        )
    )


def store_users(cr: BaseCursor, table: str, user_id: int | None = None) -> None:
    """Update the copies of user data in the rows of keys, where they differ.

    :param user_id: owner of the keys, or None for all users
    """
    cr.execute(
        SQL(
            """UPDATE %s SET user_active = active, user_company_id = company_id
                 FROM res_users
                WHERE res_users.id = user_id AND %s
                  AND (user_active IS DISTINCT FROM active
                       OR user_company_id IS DISTINCT FROM company_id)""",
            SQL.identifier(table),
            SQL("user_id = %s", user_id) if user_id else SQL("TRUE"),
        )
    )


def insert_key(table: str, key: str, values: dict[str, Any]) -> SQL:
    """Return the statement that stores a new key.

    :param values: of the other columns; JSON as text
    """
    values = values | {
        "scope": KEY_SCOPE,
        "key": hash_token(key),
        "index": key[:INDEX_SIZE],
    }
    return SQL(
        "INSERT INTO %s (%s) VALUES %s",
        SQL.identifier(table),
        SQL(", ").join(map(SQL.identifier, values)),
        tuple(values.values()),
    )


class KeyRow(NamedTuple):
    """The row of a key that authentication reads; dates are naive UTC."""

    id: int
    user_id: int
    user_active: bool | None
    user_company_id: int | None
    restrictions: dict | None
    expiration_date: datetime | None
    last_use_date: datetime | None
    strict_types: bool | None
    learn_until: datetime | None
    used_operations: dict[str, bool] | None
    limits: dict[str, int] | None
    metrics: bool | None
    audit_reads: str | None
    name: str | None

    def is_expired(self, now: Any) -> bool:
        return bool(self.expiration_date) and self.expiration_date <= now

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time to read the user again, and to note the use."""
        return not self.last_use_date or self.last_use_date + INTERVAL <= now

    def use(self, database: str) -> NotedRow:
        """Return what is noted about the use of the key."""
        return NotedRow((database, KEY_USES, self.id), (self.last_use_date,))


_SELECT_KEY = f"SELECT {', '.join(KeyRow._fields)} FROM res_users_apikeys"
_SELECT_OWN_KEY = f"{_SELECT_KEY} WHERE scope = '{KEY_SCOPE}' AND key = %s"
_SELECT_ODOO_KEY = f"{_SELECT_KEY} WHERE scope IS NULL AND id = %s AND key = %s"


def read_own_key(cr: BaseCursor, key: str) -> KeyRow | None:
    """Return the `KeyRow` of a key created by this addon, or None."""
    return _read_key(cr, _SELECT_OWN_KEY, hash_token(key))


def read_odoo_key(cr: BaseCursor, row_id: int, key_hash: str) -> KeyRow | None:
    """Return the `KeyRow` of a key of Odoo's dialog, if its hash is unchanged."""
    return _read_key(cr, _SELECT_ODOO_KEY, row_id, key_hash)


def _read_key(cr: BaseCursor, statement: str, *values: Any) -> KeyRow | None:
    cr.execute(statement, values)
    found = cr.fetchone()
    return found and KeyRow(*found)


def select_odoo_keys(table: str, key: str) -> SQL:
    """Return the query for the keys of Odoo's dialog that `key` may be."""
    return SQL(
        "SELECT id, key FROM %s WHERE index = %s AND scope IS NULL",
        SQL.identifier(table),
        key[:INDEX_SIZE],
    )


def select_prefixes(table: str, ids: list[int]) -> SQL:
    """Return the query for the first characters of some keys."""
    return SQL(
        "SELECT id, index FROM %s WHERE id IN %s", SQL.identifier(table), tuple(ids)
    )


def select_by_prefix(table: str, text: str) -> SQL:
    """Return the query for the keys with the first characters of `text`."""
    return SQL(
        "(SELECT id FROM %s WHERE index = %s)",
        SQL.identifier(table),
        text.strip()[:INDEX_SIZE],
    )
