# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of API keys, which Odoo keeps outside the ORM (``_auto = False``).

So it can hold what no field exposes: the hash of a key in ``key``, its first characters
in ``index``. It also means that the columns of fields are added by hand.
"""

from odoo.tools import SQL

from odoo.addons.base.models.res_users import INDEX_SIZE

from .tokens import hash_token

# Keys of this scope open no other door: JSON-2 and XML-RPC take keys without scope.
KEY_SCOPE = "base_api"
KEY_INDEX = "res_users_apikeys_base_api_key_uniq"

COLUMNS = {
    "restrictions": SQL("jsonb"),
    "last_use_date": SQL("timestamp without time zone"),
    "last_use_address": SQL("varchar"),
    "expiry_warning_date": SQL("timestamp without time zone"),
    "strict_types": SQL("boolean"),
}


def add_columns(cr, table):
    """Add the columns of our fields, where they are missing."""
    for name, column_type in COLUMNS.items():
        cr.execute(
            SQL(
                "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(table),
                SQL.identifier(name),
                column_type,
            )
        )


def add_index(cr, table):
    """Let keys of our scope be found by their hash."""
    cr.execute(
        SQL(
            "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (key) WHERE scope = %s",
            SQL.identifier(KEY_INDEX),
            SQL.identifier(table),
            KEY_SCOPE,
        )
    )


def insert_key(table, key, user_id, name, expiration_date, restrictions, strict_types):
    """Return the statement that stores a new key.

    :param restrictions: JSON text, or nothing
    """
    return SQL(
        """INSERT INTO %s (name, user_id, scope, expiration_date, key, index,
                           restrictions, strict_types)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
        SQL.identifier(table),
        name,
        user_id,
        KEY_SCOPE,
        expiration_date or None,
        hash_token(key),
        key[:INDEX_SIZE],
        restrictions,
        strict_types,
    )


def select_live_key(table, condition, now):
    """Return the query for the unexpired key ``apikey`` that fulfils a condition."""
    return SQL(
        """SELECT apikey.id, user_id, res_users.active, res_users.company_id,
                  restrictions, expiration_date, last_use_date, strict_types
             FROM %s apikey JOIN res_users ON res_users.id = user_id
            WHERE %s AND (expiration_date IS NULL OR expiration_date > %s)""",
        SQL.identifier(table),
        condition,
        now,
    )


def is_own_key(key):
    """Return the condition that only the row of a key made here can fulfil."""
    return SQL("apikey.scope = %s AND apikey.key = %s", KEY_SCOPE, hash_token(key))


def is_odoo_row(row_id, key_hash):
    """Return the condition that a key made in Odoo's dialog is still the same."""
    return SQL(
        "apikey.id = %s AND apikey.key = %s AND apikey.scope IS NULL", row_id, key_hash
    )


def select_odoo_keys(table, key):
    """Return the query for the keys made in Odoo's dialog that ``key`` may be."""
    return SQL(
        "SELECT id, key FROM %s WHERE index = %s AND scope IS NULL",
        SQL.identifier(table),
        key[:INDEX_SIZE],
    )


def select_prefixes(table, ids):
    """Return the query for the first characters of some keys."""
    return SQL(
        "SELECT id, index FROM %s WHERE id IN %s", SQL.identifier(table), tuple(ids)
    )


def select_by_prefix(table, text):
    """Return the query for the keys that begin like ``text``, be it a whole key."""
    return SQL(
        "(SELECT id FROM %s WHERE index = %s)",
        SQL.identifier(table),
        text.strip()[:INDEX_SIZE],
    )


def note_use(table, key_id, now, before, address):
    """Return the statement that notes a use, unless one after ``before`` is noted."""
    return SQL(
        """UPDATE %(table)s
              SET last_use_date = %(now)s, last_use_address = %(address)s
            WHERE id IN (
               SELECT id FROM %(table)s
                WHERE id = %(key_id)s
                  AND COALESCE(last_use_date, '-infinity') <= %(before)s
                  FOR UPDATE SKIP LOCKED)""",
        table=SQL.identifier(table),
        key_id=key_id,
        now=now,
        address=address,
        before=before,
    )
