# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..errors.write import AnswerNotKept, IdempotencyKeyReused
from ..writing.idempotency import hash_key, kept_answer

LIFETIME = timedelta(hours=24)

KeptAnswer = namedtuple("KeptAnswer", ["status", "headers", "body"])


class ApiIdempotency(models.Model):
    """The answer to a write, kept for who sends the write again.

    A row is made and filled in the transaction of the write, so that there is either
    both or neither; a row that another transaction can see has its answer. It may hold
    what only its user may see: nobody reads it but by sending the same request.
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
    def _claim(self, key, fingerprint):
        """Take a key for the request of the caller, or find that it was answered.

        Whether a key is taken is for PostgreSQL to say. Where another transaction is
        about to take it, the statement waits: when that one commits, it fails with a
        serialization error, and Odoo's retry finds the answer; when that one rolls
        back, this one takes the key. What has expired is absent, removed or not.

        :return: the new row and None, or no row and the :class:`KeptAnswer`
        :raise IdempotencyKeyReused: the key was sent with another request
        :raise AnswerNotKept: it was answered, and the answer cannot be repeated
        """
        now = fields.Datetime.now()
        query = SQL(
            """INSERT INTO api_idempotency AS kept
                      (user_id, key_hash, fingerprint, expiration_date)
               VALUES (%(user_id)s, %(key_hash)s, %(fingerprint)s, %(until)s)
                   ON CONFLICT (user_id, key_hash) DO UPDATE
                  SET fingerprint = EXCLUDED.fingerprint,
                      expiration_date = EXCLUDED.expiration_date
                WHERE kept.expiration_date <= %(now)s
            RETURNING id""",
            user_id=self.env.uid,
            key_hash=hash_key(key),
            fingerprint=fingerprint,
            until=now + LIFETIME,
            now=now,
        )
        # Two at once are nothing to log.
        self.env.cr.execute(query, log_exceptions=False)
        if row := self.env.cr.fetchone():
            return self.browse(row[0]), None
        return self.browse(), self._answer_of(key, fingerprint)

    def _answer_of(self, key, fingerprint):
        # sudo: the rows are out of reach for every user.
        row = self.sudo().search_fetch(
            Domain("user_id", "=", self.env.uid)
            & Domain("key_hash", "=", hash_key(key)),
            ["fingerprint", "status", "headers", "body"],
        )
        if row.fingerprint != fingerprint:
            raise IdempotencyKeyReused()
        if not row.body:
            raise AnswerNotKept()
        return KeptAnswer(row.status, row.headers, row.body)

    def _keep(self, response):
        """Store the answer to the request that took this key."""
        status, headers, body = kept_answer(response)
        # sudo: the rows are out of reach for every user.
        self.sudo().write({"status": status, "headers": headers, "body": body})

    @api.autovacuum
    def _gc_expired_answers(self):
        """Remove the answers that are older than 24 hours."""
        expired = self.search(
            Domain("expiration_date", "<=", fields.Datetime.now()),
            limit=GC_UNLINK_LIMIT,
        )
        expired.unlink()
        return len(expired), len(expired) == GC_UNLINK_LIMIT
