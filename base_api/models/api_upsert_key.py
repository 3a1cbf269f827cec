# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from zlib import crc32

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

LIFETIME = timedelta(days=1)  # no transaction lasts so long


class ApiUpsertKey(models.Model):
    """Values whose record an upsert was about to create; the id is their hash.

    A lock alone is not enough: after waiting for it, a transaction continues with its
    old snapshot (Odoo uses REPEATABLE READ), without the record that was created
    meanwhile. Writing the row as well makes that a serialization failure, after which
    Odoo repeats the request with a new snapshot. Two keys with the same hash only wait
    for each other.
    """

    _name = "api.upsert.key"
    _description = "API Upsert Key"
    _log_access = False

    expiration_date = fields.Datetime(required=True, readonly=True, index=True)

    @api.model
    def _take(self, keys: list[str]) -> None:
        """Keep other transactions from creating records of these keys.

        :param keys: texts
        :raise psycopg2.errors.SerializationFailure: another transaction has done so
            since this one began
        """
        # In the same order for all, to avoid deadlocks.
        hashes = sorted({crc32(key.encode()) >> 1 for key in keys})
        query = SQL(
            """INSERT INTO %s (id, expiration_date) SELECT unnest(%s), %s
                   ON CONFLICT (id) DO UPDATE
                  SET expiration_date = EXCLUDED.expiration_date""",
            SQL.identifier(self._table),
            hashes,
            fields.Datetime.now() + LIFETIME,
        )
        # A failure need not be logged: the request is repeated.
        self.env.cr.execute(query, log_exceptions=False)

    @api.autovacuum
    def _gc_expired_keys(self) -> tuple[int, bool]:
        """Remove rows that no running transaction can conflict with."""
        expired = self.search(
            Domain("expiration_date", "<=", fields.Datetime.now()),
            limit=GC_UNLINK_LIMIT,
        )
        expired.unlink()
        return len(expired), len(expired) == GC_UNLINK_LIMIT
