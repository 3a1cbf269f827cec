# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from typing import Any

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..envelope import KeptAnswer
from ..errors.write import AnswerNotKept, IdempotencyKeyReused, TransactionEnded
from ..orm.transactions import ENDS
from ..safety.idempotency import hash_key

LIFETIME = timedelta(hours=24)


class Claim:
    """An Idempotency-Key that a request holds until its answer is stored."""

    def __init__(
        self, rows: BaseModel, key: str, fingerprint: str, row_id: int
    ) -> None:
        self._rows = rows
        self._request = key, fingerprint
        self._row_id: int | None = row_id

    def take_again(self) -> None:
        """Take the key again in the next transaction.

        After a rollback the row is gone, and another request can take the key. After a
        commit the row is there, without an answer and without a lock.

        :raise odoo.exceptions.ConcurrencyError: another request has taken the key; when
            Odoo repeats this one, it finds the answer
        """
        own_id, self._row_id = self._row_id, None
        self._row_id = self._rows._take(*self._request, own_id)
        if not self._row_id:
            raise ConcurrencyError("Another request is using this Idempotency-Key")

    def keep(self, answer: tuple[Any, ...]) -> None:
        """Store the answer.

        :param answer: `(status, headers, body)`
        :raise TransactionEnded: the row is gone, with everything that was written
        """
        status, headers, body = answer
        query = SQL(
            """UPDATE api_idempotency SET status = %s, headers = %s, body = %s
                WHERE id = %s""",
            status,
            Json(headers),
            body,
            self._row_id,
        )
        cr = self._rows.env.cr
        cr.execute(query)
        if cr.rowcount != 1:
            raise TransactionEnded.of(ENDS["rollback"])


class ApiIdempotency(models.Model):
    """The stored answer to a write, for a client that repeats the request.

    A row is inserted and filled in the transaction of the write, so that both are
    committed or neither is. A visible row without an answer belongs to a method that
    has committed part-way through: it is running, or was interrupted. Rows can contain
    what only their user may see; they can be read only by repeating the request.
    """

    _name = "api.idempotency"
    _description = "API Idempotency Key"
    _rec_name = "user_id"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    key_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    fingerprint = fields.Char(required=True, groups=fields.NO_ACCESS)
    expiration_date = fields.Datetime(required=True, index=True)
    status = fields.Integer(groups=fields.NO_ACCESS)
    headers = fields.Json(groups=fields.NO_ACCESS)
    body = fields.Text(groups=fields.NO_ACCESS)

    _user_key_uniq = models.UniqueIndex("(user_id, key_hash)")

    @api.model
    def _claim(self, key: str, fingerprint: str) -> tuple[Any, ...]:
        """Take a key for the request of the caller, or return its stored answer.

        PostgreSQL decides who takes the key. If another transaction is taking it, the
        statement waits. When that transaction commits, a serialization error follows,
        and Odoo's retry finds the answer; when it rolls back, this one takes the key.
        Expired keys count as absent.

        :return: the `Claim` and None, or None and the
            `KeptAnswer`
        :raise IdempotencyKeyReused: the key was sent with another request
        :raise AnswerNotKept: it was carried out, and the answer cannot be repeated
        """
        if row_id := self._take(key, fingerprint):
            return Claim(self, key, fingerprint, row_id), None
        return None, self._answer_of(key, fingerprint)

    @api.model
    def _take(
        self, key: str, fingerprint: str, own_id: int | None = None
    ) -> int | None:
        """Return the id of the row for a key, or None if another request has it.

        :param own_id: the row of this request before its transaction ended
        """
        now = fields.Datetime.now()
        query = SQL(
            """INSERT INTO api_idempotency AS kept
                      (user_id, key_hash, fingerprint, expiration_date)
               VALUES (%(user_id)s, %(key_hash)s, %(fingerprint)s, %(until)s)
                   ON CONFLICT (user_id, key_hash) DO UPDATE
                  SET fingerprint = EXCLUDED.fingerprint,
                      expiration_date = EXCLUDED.expiration_date,
                      status = NULL, headers = NULL, body = NULL
                WHERE kept.expiration_date <= %(now)s OR kept.id = %(own_id)s
            RETURNING id""",
            user_id=self.env.uid,
            key_hash=hash_key(key),
            fingerprint=fingerprint,
            until=now + LIFETIME,
            now=now,
            own_id=own_id,
        )
        # Two requests at once are not an error to log.
        self.env.cr.execute(query, log_exceptions=False)
        row = self.env.cr.fetchone()
        return row and row[0]

    def _answer_of(self, key: str, fingerprint: str) -> KeptAnswer:
        # sudo: no user may read the rows.
        row = self.sudo().search_fetch(
            Domain("user_id", "=", self.env.uid)
            & Domain("key_hash", "=", hash_key(key)),
            ["fingerprint", "status", "headers", "body"],
        )
        if row.fingerprint != fingerprint:
            raise IdempotencyKeyReused()
        if not row.status:
            raise AnswerNotKept(AnswerNotKept.interrupted)
        if not row.body:
            raise AnswerNotKept()
        return KeptAnswer(row.status, row.headers, row.body)

    @api.autovacuum
    def _gc_expired_answers(self) -> tuple[int, bool]:
        """Remove the answers older than 24 hours."""
        expired = self.search(
            Domain("expiration_date", "<=", fields.Datetime.now()),
            limit=GC_UNLINK_LIMIT,
        )
        expired.unlink()
        return len(expired), len(expired) == GC_UNLINK_LIMIT
