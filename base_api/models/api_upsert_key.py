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
    """A key whose record an upsert was about to create; the id is a hash of it.

    A lock alone would not do: whoever waited for it goes on with a snapshot of the
    database from before (Odoo's transactions are REPEATABLE READ), without the record
    that was created meanwhile. A row that was written since makes that a serialization
    failure, upon which Odoo starts the request over, with a new snapshot. Two keys with
    one hash only wait for each other.
    """

    _name = "api.upsert.key"
    _description = "API Upsert Key"
    _log_access = False

    expiration_date = fields.Datetime(required=True, readonly=True, index=True)

    @api.model
    def _take(self, keys: list[str]) -> None:
        """Let nobody else create records of these keys until the transaction ends.

        :param keys: texts
        :raise psycopg2.errors.SerializationFailure: somebody has, since this
            transaction began
        """
        # In one order for all, so that no two wait for each other.
        hashes = sorted({crc32(key.encode()) >> 1 for key in keys})
        query = SQL(
            """INSERT INTO %s (id, expiration_date) SELECT unnest(%s), %s
                   ON CONFLICT (id) DO UPDATE
                  SET expiration_date = EXCLUDED.expiration_date""",
            SQL.identifier(self._table),
            hashes,
            fields.Datetime.now() + LIFETIME,
        )
        # A failure is nothing to log: the request is started over.
        self.env.cr.execute(query, log_exceptions=False)

    @api.autovacuum
    def _gc_expired_keys(self) -> tuple[int, bool]:
        """Remove what no transaction can still run into."""
        expired = self.search(
            Domain("expiration_date", "<=", fields.Datetime.now()),
            limit=GC_UNLINK_LIMIT,
        )
        expired.unlink()
        return len(expired), len(expired) == GC_UNLINK_LIMIT
