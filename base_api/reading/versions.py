# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The version of a record: a short text that changes with every update.

It is derived from PostgreSQL's `xmin`, the transaction that wrote the row. Unlike
`write_date` it has no limited resolution, and it also changes when Odoo writes a stored
computed field, such as the total of an order. The rows of `_inherits` parents count,
too. Changes outside the columns, such as a line that changes no total, do not change
the version.

Models without a table created by Odoo (`_auto = False`) have no versions.
"""

from hashlib import blake2b
from typing import Any

from odoo.models import BaseModel
from odoo.tools import SQL, Query

VERSION_SIZE = 6  # bytes


def read_version(record: BaseModel) -> str:
    """Return the version of a record after the commit; empty without one."""
    return read_versions(record).get(record.id, "")


def read_versions(records: BaseModel, lock: bool = False) -> dict[Any, Any]:
    """Return `{id: version}` of records that the caller may see.

    :param lock: whether to lock the rows. If another transaction has changed one,
        PostgreSQL raises a serialization error, and Odoo retries the request.
    :return: empty versions if the model has none; without records that are deleted, or,
        with `lock`, locked by others
    """
    if not records._auto or records._table_query:
        return dict.fromkeys(records.ids, "")
    writers = _read_writers(records, lock)
    for link in records._inherits.values():
        # sudo: the fields of the parent are visible with the record. By the ORM, as the
        # link may be computed: that of an employee is the current contract.
        parents = {record.id: record[link].id for record in records.sudo()}
        versions = {False: ""} | read_versions(records.sudo()[link], lock)
        writers = {
            record_id: f"{text},{versions[parents[record_id]]}"
            for record_id, text in writers.items()
            if parents[record_id] in versions
        }
    return {
        record_id: _digest(f"{records._name},{record_id},{text}")
        for record_id, text in writers.items()
    }


def _read_writers(records: BaseModel, lock: bool) -> dict[Any, Any]:
    """Return `{id: xmin}`, as text, of the existing or locked rows."""
    if not records:
        return {}
    records.env.flush_all()
    query = Query(records.env, records._table)
    row_id = SQL.identifier(records._table, "id")
    query.add_where(SQL("%s IN %s", row_id, tuple(records.ids)))
    xmin = SQL("%s::text", SQL.identifier(records._table, "xmin"))
    statement = query.select(row_id, xmin)
    if lock:
        # As try_lock_for_update(), which does not return xmin; without waiting, to
        # avoid deadlocks.
        statement = SQL("%s FOR NO KEY UPDATE SKIP LOCKED", statement)
    return dict(records.env.execute_query(statement))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=VERSION_SIZE).hexdigest()
