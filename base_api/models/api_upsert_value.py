# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT


class ApiUpsertValue(models.Model):
    """A value that an upsert sent, and that Odoo stored in another form.

    The next upsert of the same value knows by it that nothing would change: an image
    that was resized, or a website that was given a scheme. Only hashes are kept.
    """

    _name = "api.upsert.value"
    _description = "API Upsert Value"
    _log_access = False

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer("Record ID", required=True, readonly=True)
    field = fields.Char(required=True, readonly=True)
    sent_hash = fields.Char(required=True, readonly=True)
    stored_hash = fields.Char(required=True, readonly=True)

    _value_uniq = models.UniqueIndex("(model, res_id, field)")

    @api.model
    def _read_hashes(self, model_name: str, ids: list[int]) -> dict[Any, Any]:
        """Return `{(id, field name): (hash of the sent, hash of the stored value)}`."""
        rows = self.env.execute_query(
            SQL(
                "SELECT res_id, field, sent_hash, stored_hash FROM %s"
                " WHERE model = %s AND res_id = ANY(%s)",
                SQL.identifier(self._table),
                model_name,
                ids,
            )
        )
        return {(res_id, name): tuple(hashes) for res_id, name, *hashes in rows}

    @api.model
    def _keep(self, model_name: str, rows: list[tuple[int, str, str, str]]) -> None:
        """Store hashes.

        :param rows: id, field name, hash of the sent and of the stored value
        """
        values = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s)", model_name, *row) for row in rows
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO %s (model, res_id, field, sent_hash, stored_hash)
                   VALUES %s
                       ON CONFLICT (model, res_id, field) DO UPDATE
                      SET sent_hash = EXCLUDED.sent_hash,
                          stored_hash = EXCLUDED.stored_hash""",
                SQL.identifier(self._table),
                values,
            )
        )

    @api.autovacuum
    def _gc_orphans(self) -> tuple[int, bool]:
        """Remove the values of records that are gone."""
        query = SQL("SELECT DISTINCT model FROM %s", SQL.identifier(self._table))
        counts = [
            self._remove_orphans(name) for (name,) in self.env.execute_query(query)
        ]
        return sum(counts), GC_UNLINK_LIMIT in counts

    @api.model
    def _remove_orphans(self, model_name: str) -> int:
        """Remove values of records of a model that are gone, up to a limit.

        :return: how many
        """
        is_gone = SQL("TRUE")
        if model_name in self.env:
            is_gone = SQL(
                "NOT EXISTS (SELECT 1 FROM %s AS record WHERE record.id = kept.res_id)",
                SQL.identifier(self.env[model_name]._table),
            )
        query = SQL(
            """DELETE FROM %(table)s WHERE id IN (
                   SELECT id FROM %(table)s AS kept
                    WHERE model = %(model)s AND %(is_gone)s LIMIT %(limit)s)""",
            table=SQL.identifier(self._table),
            model=model_name,
            is_gone=is_gone,
            limit=GC_UNLINK_LIMIT,
        )
        self.env.cr.execute(query)
        return self.env.cr.rowcount
