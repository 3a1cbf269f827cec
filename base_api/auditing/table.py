# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of the audit trail, `api_audit_entry`, and the view that the model reads.

The table is partitioned by month, which the ORM knows only as a view. Nothing refers to
its rows with a foreign key, and they refer to nothing: they outlive keys, users and
records.
"""

from odoo.sql_db import BaseCursor
from odoo.tools import SQL
from odoo.tools.sql import table_columns

VIEW = SQL.identifier("api_audit")
TABLE_NAME = "api_audit_entry"
TABLE = SQL.identifier(TABLE_NAME)
# One row: the first hash, and the number and the hash of the last sealed row.
CHAIN = SQL.identifier("api_audit_chain")
# Sealed records of what was removed, see `removals`.
REMOVALS_NAME = "api_audit_removal"
REMOVALS = SQL.identifier(REMOVALS_NAME)
OLD_REMOVALS_NAME = "api_audit_removed"  # until 19.0.1.9.0, without seals
CREATE_REMOVALS = SQL(
    """CREATE TABLE %s (
           seal_number bigint PRIMARY KEY,
           seal_hash varchar NOT NULL,
           reason varchar NOT NULL,
           create_date timestamp NOT NULL,
           row_count bigint NOT NULL,
           first_number bigint,
           last_number bigint,
           previous_hash varchar,
           last_hash varchar,
           before_date timestamp,
           user_id integer
       )""",
    REMOVALS,
)

# What was done, in the order in which it is sealed.
FACTS = {
    "user_id": SQL("integer"),
    "key_id": SQL("integer"),
    "http_method": SQL("varchar"),
    "route": SQL("varchar"),
    "model": SQL("varchar"),
    "record_ids": SQL("text"),
    "field_names": SQL("text"),
    "called_method": SQL("varchar"),
    "status": SQL("integer"),
    "error_code": SQL("varchar"),
    "failed": SQL("integer"),
    "step": SQL("integer"),
    "dry_run": SQL("boolean"),
    "request_id": SQL("varchar"),
    "trace_id": SQL("varchar"),
    "idempotency_hash": SQL("varchar"),
}
# What can be erased, also in that order.
PERSONAL = {
    "address": SQL("varchar"),
    "client": SQL("varchar"),
    "key_name": SQL("varchar"),
    "sent_values": SQL("text"),
}
SEALS = {
    "seal_number": SQL("bigint"),
    "seal_hash": SQL("varchar"),
    "personal_salt": SQL("varchar"),
    "personal_hash": SQL("varchar"),
}
# Columns of the view; the ids of users and keys are there twice, see `_create_view`.
_SHOWN = (
    *("id", "create_date"),
    *(name for name in FACTS if name not in ("user_id", "key_id")),
    *PERSONAL,
    *("seal_number", "seal_hash"),
)


def create_tables(cr: BaseCursor) -> None:
    """Create what is missing of the tables, and the view.

    Statements that change nothing would also lock the table against all writers.
    """
    columns = FACTS | PERSONAL | SEALS
    if not table_columns(cr, TABLE_NAME):
        _create_entries(cr)
    for name in columns.keys() - table_columns(cr, TABLE_NAME).keys():
        column = SQL.identifier(name)
        cr.execute(SQL("ALTER TABLE %s ADD COLUMN %s %s", TABLE, column, columns[name]))
    _create_chain(cr)
    _create_view(cr)


def _create_entries(cr: BaseCursor) -> None:
    columns = (FACTS | PERSONAL | SEALS).items()
    cr.execute(
        SQL(
            """CREATE SEQUENCE IF NOT EXISTS api_audit_entry_id_seq;
               CREATE TABLE %(table)s (
                   id bigint DEFAULT nextval('api_audit_entry_id_seq'),
                   create_date timestamp DEFAULT (now() AT TIME ZONE 'utc'),
                   %(columns)s,
                   PRIMARY KEY (id, create_date)
               ) PARTITION BY RANGE (create_date);
               ALTER SEQUENCE api_audit_entry_id_seq OWNED BY %(table)s.id;
               CREATE INDEX api_audit_entry_seal_idx ON %(table)s (seal_number, id);
               CREATE INDEX api_audit_entry_request_id_idx ON %(table)s (request_id);
               CREATE TABLE api_audit_entry_default PARTITION OF %(table)s DEFAULT""",
            table=TABLE,
            columns=SQL(", ").join(
                SQL("%s %s", SQL.identifier(name), column_type)
                for name, column_type in columns
            ),
        )
    )


def drop_tables(cr: BaseCursor) -> None:
    """Drop everything that `create_tables` creates, and the partitions."""
    cr.execute(SQL("DROP VIEW IF EXISTS %s", VIEW))
    for table in (TABLE, CHAIN, REMOVALS, SQL.identifier(OLD_REMOVALS_NAME)):
        cr.execute(SQL("DROP TABLE IF EXISTS %s", table))


def _create_chain(cr: BaseCursor) -> None:
    cr.execute(
        SQL(
            """CREATE TABLE IF NOT EXISTS %(chain)s (
                   first_hash varchar NOT NULL,
                   head_number bigint NOT NULL,
                   head_hash varchar NOT NULL
               );
               WITH first AS (
                   SELECT encode(sha256(gen_random_uuid()::text::bytea), 'hex') AS hash)
               INSERT INTO %(chain)s (first_hash, head_number, head_hash)
               SELECT hash, 0, hash FROM first
                WHERE NOT EXISTS (SELECT FROM %(chain)s)""",
            chain=CHAIN,
        )
    )


def _create_view(cr: BaseCursor) -> None:
    """Create the view of the model.

    Many2one fields are empty where the user or the key was deleted, as Odoo expects;
    the numbers remain.
    """
    columns = [SQL.identifier("entry", name) for name in _SHOWN]
    cr.execute(
        SQL(
            """DROP VIEW IF EXISTS %(view)s;
               CREATE VIEW %(view)s AS
               SELECT %(columns)s,
                      entry.user_id AS user_number, known_user.id AS user_id,
                      entry.key_id AS key_number, known_key.id AS key_id
                 FROM %(table)s AS entry
            LEFT JOIN res_users AS known_user ON known_user.id = entry.user_id
            LEFT JOIN res_users_apikeys AS known_key ON known_key.id = entry.key_id""",
            view=VIEW,
            columns=SQL(", ").join(columns),
            table=TABLE,
        )
    )
