# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The hash chain that seals the rows of the audit trail.

The seal of a row is the SHA-256 of the seal before it and of the row. Rows are sealed
after they were committed, in batches: a seal in the transaction of a write would make
all writers of a database wait for each other. The order of the seals is not that of the
ids, as transactions can commit late.

Personal columns are not in the hash itself, but a salted digest of them is: they can be
erased, and the seals remain valid.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

from .table import CHAIN, FACTS, PERSONAL, TABLE

BATCH = 1000
# Of PostgreSQL's advisory locks, which are separate in each database.
LOCK = int(hashlib.sha256(b"base_api.audit").hexdigest()[:15], 16)
# Part of each hash: another form of the rows gets another name.
_FORM = "base_api.audit.1"
SEALED = ("id", "create_date", *FACTS)


def seal_rows(cr: BaseCursor) -> int:
    """Seal the rows that are committed and not sealed, `BATCH` at most.

    Nothing happens while another transaction seals or erases.

    :return: how many were sealed
    """
    if not lock_chain(cr):
        return 0
    number, head = read_head(cr)
    rows = _unsealed_rows(cr)
    seals = []
    for row in rows:
        number += 1
        salt = secrets.token_hex(16)
        digest = personal_digest(salt, row)
        head = row_hash(head, number, row, digest)
        seals.append((row["id"], row["create_date"], number, head, salt, digest))
    if seals:
        _store(cr, seals)
        store_head(cr, number, head)
    return len(seals)


def read_head(cr: BaseCursor) -> tuple[int, str]:
    """Return the number and the hash of the last seal."""
    cr.execute(SQL("SELECT head_number, head_hash FROM %s", CHAIN))
    return cr.fetchone()


def store_head(cr: BaseCursor, number: int, head: str) -> None:
    """Store the number and the hash of the last seal."""
    query = "UPDATE %s SET head_number = %s, head_hash = %s"
    cr.execute(SQL(query, CHAIN, number, head))


def lock_chain(cr: BaseCursor) -> bool:
    """Lock the chain until the end of the transaction; return whether it was free.

    The head of the chain also protects it: of two transactions that change it, the
    second fails with a serialization failure.
    """
    cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
    return cr.fetchone()[0]


def row_hash(head: str, number: int, row: dict[str, Any], digest: str) -> str:
    """Return the seal of a row.

    :param head: the seal before it
    :param number: its position in the chain, from 1
    :param row: the values of the columns `SEALED`
    :param digest: of its personal columns
    """
    values = [_FORM, head, number, *(row[name] for name in SEALED), digest]
    return sha256(values)


def personal_digest(salt: str, row: dict[str, Any]) -> str:
    """Return the digest of the personal columns of a row.

    :param salt: random, so that erased values cannot be guessed from the digest
    """
    return sha256([salt, *(row[name] for name in PERSONAL)])


def sha256(values: list[Any]) -> str:
    """Return the hash of values in hexadecimal."""
    text = json.dumps(values, ensure_ascii=True, default=datetime.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def _unsealed_rows(cr: BaseCursor) -> list[dict[str, Any]]:
    names = (*SEALED, *PERSONAL)
    cr.execute(
        SQL(
            "SELECT %s FROM %s WHERE seal_number IS NULL ORDER BY id LIMIT %s",
            SQL(", ").join(map(SQL.identifier, names)),
            TABLE,
            BATCH,
        )
    )
    return cr.dictfetchall()


def _store(cr: BaseCursor, seals: list[tuple[Any, ...]]) -> None:
    cr.execute(
        SQL(
            """UPDATE %s AS entry
                  SET seal_number = seal.number, seal_hash = seal.hash,
                      personal_salt = seal.salt, personal_hash = seal.digest
                 FROM (VALUES %s) AS seal (id, date, number, hash, salt, digest)
                WHERE entry.id = seal.id AND entry.create_date = seal.date""",
            TABLE,
            SQL(", ").join(SQL("%s", seal) for seal in seals),
        )
    )
