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
        orphans = self.browse()
        for model_name, ids in self._read_group([], ["model"], ["res_id:array_agg"]):
            model = self.env.get(model_name)
            gone = set(ids)
            if model is not None:
                gone -= set(model.browse(ids).exists().ids)
            orphans |= self.search(
                [("model", "=", model_name), ("res_id", "in", list(gone))],
                limit=GC_UNLINK_LIMIT,
            )
        orphans.unlink()
        return len(orphans), False
