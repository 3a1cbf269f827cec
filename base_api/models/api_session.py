# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from contextlib import suppress
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, consteq
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..errors import InvalidSession, SessionNotRefreshable
from ..primary import fetch_credential, primary_cursor
from ..tokens import generate_session_token, hash_token, is_session_token

_logger = logging.getLogger(__name__)

LIFETIME = timedelta(hours=24)
REFRESH_GRACE = timedelta(hours=1)  # after the lifetime, to refresh but not to call
ACTIVITY_INTERVAL = timedelta(minutes=1)  # between two notes of the last activity


class ApiSession(models.Model):
    """A login over the API, opened by a token of which only a hash is stored.

    Like Odoo's web sessions it is tied to what :meth:`_compute_session_token` of the
    user covers: a new password, login or second factor ends it, wherever that was
    changed.
    """

    _name = "api.session"
    _description = "API Session"
    _order = "last_activity desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    token_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    user_fingerprint = fields.Char(required=True, groups=fields.NO_ACCESS)
    expiration_date = fields.Datetime(required=True, readonly=True)
    last_activity = fields.Datetime(required=True, readonly=True)

    _token_hash_uniq = models.UniqueIndex("(token_hash)")

    @api.model
    def _start(self, user):
        """Open a session for ``user``, who has proved to be them.

        :return: the session and its token, which is not to be had again
        """
        token = generate_session_token()
        values = self._token_values(user, token)
        # sudo: nobody may create a session but by logging in.
        session = self.sudo().create({"user_id": user.id} | values)
        return session, token

    @api.model
    def _find(self, token, grace=False):
        """Return the ids of the live session that ``token`` opens, and of its user.

        :param grace: also one that is past its lifetime and can still be refreshed
        :raise InvalidSession: unknown, ended, expired, or of an archived user
        :raise SessionNotRefreshable: with ``grace``, expired for too long
        """
        row = is_session_token(token) and self._fetch_row(hash_token(token))
        if not row:
            raise InvalidSession()
        session_id, user_id, fingerprint, expiration_date, last_activity = row
        if not self._is_current(user_id, hash_token(token), fingerprint):
            raise InvalidSession()
        now = fields.Datetime.now()
        if grace and expiration_date + REFRESH_GRACE <= now:
            raise SessionNotRefreshable()
        if not grace and expiration_date <= now:
            raise InvalidSession()
        if not grace and last_activity + ACTIVITY_INTERVAL <= now:
            self._note_activity(session_id, now)
        return session_id, user_id

    def _fetch_row(self, token_hash):
        query = SQL(
            """SELECT session.id, session.user_id, session.user_fingerprint,
                      session.expiration_date, session.last_activity
                 FROM api_session session JOIN res_users ON res_users.id = user_id
                WHERE session.token_hash = %s AND res_users.active""",
            token_hash,
        )
        return fetch_credential(self.env, query)

    @api.model
    def _is_current(self, user_id, token_hash, fingerprint):
        """Tell whether nothing has changed that the session of a user depends on."""
        expected = self._fingerprint(self.env["res.users"].browse(user_id), token_hash)
        return bool(expected) and consteq(expected, fingerprint)

    @api.model
    def _fingerprint(self, user, token_hash):
        # Cached by Odoo, and forgotten in every worker when the user changes.
        return user._compute_session_token(token_hash)

    @api.model
    def _token_values(self, user, token):
        now = fields.Datetime.now()
        return {
            "token_hash": hash_token(token),
            "user_fingerprint": self._fingerprint(user, hash_token(token)),
            "expiration_date": now + LIFETIME,
            "last_activity": now,
        }

    @api.model
    def _note_activity(self, session_id, now):
        """Note that a session is in use, in a transaction of its own.

        Many requests of one session may come here in the same moment: one of them does
        it.
        """
        query = SQL(
            """UPDATE api_session SET last_activity = %(now)s WHERE id IN (
                   SELECT id FROM api_session
                    WHERE id = %(session_id)s AND last_activity <= %(before)s
                      FOR UPDATE SKIP LOCKED)""",
            session_id=session_id,
            now=now,
            before=now - ACTIVITY_INTERVAL,
        )
        with primary_cursor(self.env) as cr, suppress(SerializationFailure):
            cr.execute(query, log_exceptions=False)

    def _refresh(self):
        """Give the session another lifetime and a new token; the old one is dead.

        :return: the new token
        """
        self.ensure_one()
        token = generate_session_token()
        self.write(self._token_values(self.user_id, token))
        return token

    def _is_alive(self):
        self.ensure_one()
        return self._is_current(self.user_id.id, self.token_hash, self.user_fingerprint)

    def _keep_alive(self):
        """Let the session outlive the change that its user has just made with it."""
        for session in self:
            fingerprint = self._fingerprint(session.user_id, session.token_hash)
            session.user_fingerprint = fingerprint

    @api.model
    def _end_all(self, users, keep=()):
        """End all sessions of ``users``, but those in ``keep``."""
        # sudo: who may change the user ends the sessions too, without seeing them.
        sessions = self.sudo().search(Domain("user_id", "in", users.ids))
        sessions.filtered(lambda session: session not in keep).unlink()

    @api.autovacuum
    def _gc_expired_sessions(self):
        """Remove what cannot be refreshed, and what a change of its user ended."""
        too_old = fields.Datetime.now() - REFRESH_GRACE
        expired = self.search(
            Domain("expiration_date", "<=", too_old), limit=GC_UNLINK_LIMIT
        )
        others = self.search(
            Domain("expiration_date", ">", too_old), limit=GC_UNLINK_LIMIT
        )
        dead = others.filtered(lambda session: not session._is_alive())
        (expired | dead).unlink()
        _logger.info("Removed %s expired and %s dead sessions", len(expired), len(dead))
        return len(expired | dead), len(expired) == GC_UNLINK_LIMIT
