# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The version of a record: short text that is another one after every update.

It is made from PostgreSQL's ``xmin``, the transaction that wrote the row: unlike
``write_date`` it has no resolution, and it also changes where Odoo writes a stored
computed field, such as the total of an order when one of its lines changes. The rows
of the ``_inherits`` parents, where the rest of the record is, count too. What is in no
column, such as a line that changes no total, does not change the version.

A model without a table of Odoo's making (a view, ``_auto = False``) has no versions.
"""

from hashlib import blake2b

from odoo.tools import SQL, Query

VERSION_SIZE = 6  # bytes


def read_version(record):
    """Return the version of one record, as it will be after the commit; or nothing."""
    return read_versions(record).get(record.id, "")


def read_versions(records, lock=False):
    """Return ``{id: version}`` of records that the caller was found to see.

    :param lock: hold the rows until the transaction ends. If somebody has changed one
        since the transaction began, PostgreSQL says so, and Odoo retries the request.
    :return: empty versions where the model has none; without the records that are gone,
        or with ``lock`` held by somebody else
    """
    if not _has_rows(records):
        return dict.fromkeys(records.ids, "")
    if not records:
        return {}
    records.env.flush_all()
    query = Query(records.env, records._table)
    row_id = SQL.identifier(records._table, "id")
    query.add_where(SQL("%s IN %s", row_id, tuple(records.ids)))
    writers = SQL(", ").join(_writers(records, query, records._table))
    statement = query.select(row_id, SQL("concat_ws(',', %s)", writers))
    if lock:
        # lock_for_update() knows nothing of parents, and would be one statement more.
        # Like it without waiting, which can end in a deadlock.
        statement = SQL("%s FOR NO KEY UPDATE SKIP LOCKED", statement)
    return {
        record_id: _digest(f"{records._name},{record_id},{transactions}")
        for record_id, transactions in records.env.execute_query(statement)
    }


def _has_rows(model):
    return model._auto and not model._table_query


def _writers(model, query, alias):
    """Return the columns with who wrote the rows of a record, and join their tables."""
    columns = [SQL.identifier(alias, "xmin")]
    for parent_name, link in model._inherits.items():
        parent = model.env[parent_name]
        if _has_rows(parent):
            joined = query.join(alias, link, parent._table, "id", link)
            columns += _writers(parent, query, joined)
    return columns


def _digest(text):
    return blake2b(text.encode(), digest_size=VERSION_SIZE).hexdigest()
