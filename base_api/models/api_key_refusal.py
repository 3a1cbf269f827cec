# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from typing import Any

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..auth.api_key import current_key
from ..auth.notes import write_note
from ..errors import KeyRestricted

LIFETIME = timedelta(days=90)  # after the last refusal


class ApiKeyRefusal(models.Model):
    """An administrative operation that a key was used for and does not name.

    It tells administrators which programs need another line in their key.
    """

    _name = "api.key.refusal"
    _description = "Refused Operation of an API Key"
    _order = "last_date desc, id desc"
    _rec_name = "model"
    _log_access = False

    key_id = fields.Many2one(
        "res.users.apikeys", "API Key", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="key_id.user_id")
    model = fields.Char(required=True, readonly=True)
    operation = fields.Char(required=True, readonly=True)
    first_date = fields.Datetime("First Refused", required=True, readonly=True)
    last_date = fields.Datetime(
        "Last Refused", required=True, readonly=True, index=True
    )
    count = fields.Integer("Requests", readonly=True)

    _operation_uniq = models.UniqueIndex("(key_id, model, operation)")

    @api.model
    def _note_error(self, error: KeyRestricted) -> None:
        """Record the administrative operations that the key lacks, if any.

        :param error: any `ApiError`
        """
        key = current_key(self.env)
        if key and isinstance(error, KeyRestricted) and error.refused:
            self._note(key.id, error.refused)

    @api.model
    def _note(self, key_id: int, refused: tuple[tuple[str, str], ...]) -> None:
        """Record refusals, see `write_note`.

        The statement selects the key, which may have been removed by then.
        """
        operations, model_names = zip(*dict.fromkeys(refused), strict=True)
        query = SQL(
            """INSERT INTO api_key_refusal AS noted
                      (key_id, model, operation, first_date, last_date, count)
               SELECT id, refused.model, refused.operation, %(now)s, %(now)s, 1
                 FROM res_users_apikeys,
                      UNNEST(%(models)s, %(operations)s) AS refused (model, operation)
                WHERE id = %(key_id)s
                   ON CONFLICT (key_id, model, operation) DO UPDATE
                  SET last_date = EXCLUDED.last_date, count = noted.count + 1""",
            key_id=key_id,
            models=list(model_names),
            operations=list(operations),
            now=fields.Datetime.now(),
        )
        write_note(self.env, query)

    @api.autovacuum
    def _gc_old_refusals(self) -> Any:
        """Remove refusals older than 90 days."""
        old = self.search(
            Domain("last_date", "<=", fields.Datetime.now() - LIFETIME),
            limit=GC_UNLINK_LIMIT,
        )
        old.unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT
