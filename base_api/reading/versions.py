# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The version of a record: short text that is another one after every update.

It is made from PostgreSQL's `xmin`, the transaction that wrote the row: unlike
`write_date` it has no resolution, and it also changes where Odoo writes a stored
computed field, such as the total of an order when one of its lines changes. The rows
of the `_inherits` parents, where the rest of the record is, count too. What is in no
column, such as a line that changes no total, does not change the version.

A model without a table of Odoo's making (a view, `_auto = False`) has no versions.
"""

from hashlib import blake2b
from typing import Any

from odoo.models import BaseModel
from odoo.tools import SQL, Query

VERSION_SIZE = 6  # bytes


def read_version(record: BaseModel) -> str:
    """Return the version of one record, as it will be after the commit; or nothing."""
    return read_versions(record).get(record.id, "")


def read_versions(records: BaseModel, lock: bool = False) -> dict[Any, Any]:
    """Return `{id: version}` of records that the caller was found to see.

    :param lock: hold the rows until the transaction ends. If somebody has changed one
        since the transaction began, PostgreSQL says so, and Odoo retries the request.
    :return: empty versions where the model has none; without the records that are gone,
        or with `lock` held by somebody else
    """
    if not records._auto or records._table_query:
        return dict.fromkeys(records.ids, "")
    writers = _read_writers(records, lock)
    for link in records._inherits.values():
        # Whoever sees a record sees its parent's fields, if not the parent. By the ORM,
        # as a link may be computed: an employee's is to the contract of the day.
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
    """Return `{id: xmin}`, as text, of the rows that are there, or were locked."""
    if not records:
        return {}
    records.env.flush_all()
    query = Query(records.env, records._table)
    row_id = SQL.identifier(records._table, "id")
    query.add_where(SQL("%s IN %s", row_id, tuple(records.ids)))
    xmin = SQL("%s::text", SQL.identifier(records._table, "xmin"))
    statement = query.select(row_id, xmin)
    if lock:
        # What try_lock_for_update() does, which tells no xmin: without waiting, which
        # can end in a deadlock.
        statement = SQL("%s FOR NO KEY UPDATE SKIP LOCKED", statement)
    return dict(records.env.execute_query(statement))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=VERSION_SIZE).hexdigest()
