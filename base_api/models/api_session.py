# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.http import request
from odoo.models import BaseModel
from odoo.tools import consteq
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..auth.tokens import generate_session_token, hash_token, is_session_token
from ..auth.uses import INTERVAL, NOTED, SESSION_USES, NotedRow
from ..errors.auth import InvalidSession, SessionNotRefreshable
from ..protocol.client_address import client_address
from ..request_scope import Caller
from ..settings import refresh_grace, session_lifetime

_logger = logging.getLogger(__name__)

NOT_REFRESHABLE = (
    "This session comes from a web session and cannot be refreshed: exchange the web "
    "session again"
)
CLIENT_LENGTH = 200  # of the User-Agent header


class SessionRow(NamedTuple):
    """The row of a session that authentication reads; dates are naive UTC."""

    id: int
    user_id: int
    user_company_id: int | None
    user_changes: int | None
    checked_changes: int | None
    expiration_date: datetime
    last_activity: datetime

    def is_due(self, now: Any) -> bool:
        """Tell whether it is time to read the user again, and to note the activity."""
        return (
            self.checked_changes != self.user_changes
            or self.last_activity + INTERVAL <= now
        )

    def use(self, database: str) -> NotedRow:
        """Return what is noted about the use of the session."""
        seen = (self.last_activity, self.checked_changes, self.user_changes)
        return NotedRow((database, SESSION_USES, self.id), seen)


_SELECT_SESSION = f"""
    SELECT {", ".join(SessionRow._fields)} FROM api_session WHERE token_hash = %s"""


class ApiSession(models.Model):
    """A login over the API. Only a hash of its token is stored.

    As Odoo's web sessions, it depends on the values that `_compute_session_token` of
    the user covers: a new password, login or second factor ends it. The session counts
    the changes of its user, so that authentication reads no other row.
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
    last_activity = fields.Datetime(
        required=True, readonly=True, help="To the minute: not every request is noted."
    )
    address = fields.Char(readonly=True, help="Where the login came from.")
    client = fields.Char(readonly=True, help="What the client called itself.")
    is_not_refreshable = fields.Boolean(
        "Not Refreshable", readonly=True, help="Ends at its expiry."
    )
    user_company_id = fields.Many2one(related="user_id.company_id", store=True)
    user_changes = fields.Integer(
        readonly=True,
        help="How often the user's password, login or second factor was changed.",
    )
    checked_changes = fields.Integer(
        readonly=True, help="After how many of these the session still fitted the user."
    )

    _token_hash_uniq = models.UniqueIndex("(token_hash)")

    def action_end(self) -> None:
        """End the sessions: one's own, or those of any user as an administrator."""
        self.unlink()

    @api.model
    def _start(
        self, user: BaseModel, lifetime: timedelta | None = None
    ) -> tuple[BaseModel, str]:
        """Open a session for an authenticated user.

        :param lifetime: of a session that cannot be refreshed; by default that of the
            settings
        :return: the session and its token, which is not stored
        """
        token = generate_session_token()
        values = self._token_values(user, token) | {"user_id": user.id}
        # Compare it at its first use: this transaction does not see changes made during
        # the login.
        values["checked_changes"] = -1
        if lifetime:
            values["expiration_date"] = fields.Datetime.now() + lifetime
            values["is_not_refreshable"] = True
        if request:
            values["address"] = client_address(request)
            values["client"] = request.httprequest.user_agent.string[:CLIENT_LENGTH]
        # sudo: users create sessions only by logging in.
        session = self.sudo().create(values)
        return session, token

    @api.model
    def _find(self, token: str, grace: bool = False) -> Caller:
        """Return the `Caller` of the valid session with a token.

        :param grace: whether to accept an expired session that can still be refreshed
        :raise InvalidSession: unknown, ended, expired, or of an archived user
        """
        now = fields.Datetime.now()
        row = self._read_row(token) if is_session_token(token) else None
        if not row:
            raise InvalidSession()
        end = row.expiration_date
        if grace:
            end += refresh_grace(self.env)
        if end <= now:
            raise InvalidSession()
        use = row.use(self.env.cr.dbname)
        is_due = row.is_due(now) and not NOTED.has(use, now)
        current = self._check_user(row) if grace or is_due else row
        if is_due and not grace:
            NOTED.add(use, now, row.user_changes)
            if current == row:
                NOTED.remember(use, now)
        return Caller(row.user_id, current.user_company_id, session_id=row.id)

    @api.model
    def _read_row(self, token: str) -> SessionRow | None:
        self.env.cr.execute(_SELECT_SESSION, [hash_token(token)])
        found = self.env.cr.fetchone()
        return found and SessionRow(*found)

    @api.model
    def _check_user(self, row: SessionRow) -> SessionRow:
        """Return the row with the company that its user has now.

        The user is read after changes, and once a minute to notice those that bypass
        `write`: by SQL, or a passkey that an administrator deletes.

        :raise InvalidSession: it does not fit its user any more
        """
        # sudo: no user is authenticated yet.
        session = self.sudo().browse(row.id)
        if not session._is_alive():
            raise InvalidSession()
        return row._replace(user_company_id=session.user_id.company_id.id)

    @api.model
    def _fingerprint(self, user: BaseModel, token_hash: str) -> str:
        """Return a hash of what the session depends on, such as the password."""
        user.flush_model(["login", "active"])
        values = user._session_token_get_values()
        return user._session_token_hash_compute(token_hash, values)

    @api.model
    def _token_values(self, user: BaseModel, token: str) -> dict[str, Any]:
        now = fields.Datetime.now()
        return {
            "token_hash": hash_token(token),
            "user_fingerprint": self._fingerprint(user, hash_token(token)),
            "expiration_date": now + session_lifetime(self.env),
            "last_activity": now,
        }

    @api.model
    def _count_change(self, users: BaseModel) -> None:
        """Make the sessions of `users` be compared with them at their next use."""
        # sudo: a user who may change another user may not see the sessions.
        for session in self.sudo().search(Domain("user_id", "in", users.ids)):
            session.user_changes += 1

    @api.model
    def _refresh(self, session_id: int) -> tuple[BaseModel, str]:
        """Give a session a new lifetime and a new token; the old token is no longer
        valid.

        :return: the session and its new token
        :raise SessionNotRefreshable: it was started with a lifetime of its own
        """
        # sudo: no user may write the hash of a token.
        session = self.sudo().browse(session_id)
        if session.is_not_refreshable:
            raise SessionNotRefreshable(NOT_REFRESHABLE)
        token = generate_session_token()
        session.write(self._token_values(session.user_id, token))
        return session, token

    def _is_alive(self) -> bool:
        self.ensure_one()
        fingerprint = self._fingerprint(self.user_id, self.token_hash)
        return bool(fingerprint) and consteq(fingerprint, self.user_fingerprint)

    @api.model
    def _end_all(self, users: BaseModel, keep_id: int | None = None) -> None:
        """End all sessions of `users` except the one that made the change."""
        # sudo: changing a user ends the sessions, whoever may see them.
        sessions = self.sudo().search(Domain("user_id", "in", users.ids))
        kept = sessions.filtered(lambda session: session.id == keep_id)
        (sessions - kept).unlink()
        for session in kept:
            fingerprint = self._fingerprint(session.user_id, session.token_hash)
            session.user_fingerprint = fingerprint

    @api.model
    def _live_of(self, user: BaseModel) -> BaseModel:
        """Return the valid sessions of a user."""
        # sudo: the caller of this method checks that the user may see them.
        sessions = self.sudo().search(
            Domain("user_id", "=", user.id)
            & Domain("expiration_date", ">", fields.Datetime.now())
        )
        return sessions.filtered(lambda session: session._is_alive())

    @api.autovacuum
    def _gc_expired_sessions(self) -> tuple[int, bool]:
        """Remove sessions that expired, or that a change of the user ended."""
        too_old = fields.Datetime.now() - refresh_grace(self.env)
        expired = self.search(
            Domain("expiration_date", "<=", too_old), limit=GC_UNLINK_LIMIT
        )
        # Check all remaining sessions, so that valid ones do not use up the limit.
        others = self.search(Domain("expiration_date", ">", too_old), order="id")
        dead = others.filtered(lambda session: not session._is_alive())
        dead = dead[:GC_UNLINK_LIMIT]
        (expired | dead).unlink()
        _logger.info("Removed %s expired and %s dead sessions", len(expired), len(dead))
        remaining = GC_UNLINK_LIMIT in (len(expired), len(dead))
        return len(expired | dead), remaining
