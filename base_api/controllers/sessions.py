# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.models import BaseModel

from ..auth.api_key import check_operation, current_session_id
from ..auth.owners import get_key_owner
from ..auth.profiles import iso
from ..envelope import Answer, counted
from ..errors import RecordNotFound, UserNotFound
from ..lookup import get_record
from ..operations import key_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import text
from ..safety.max_affected import check_max_affected

SESSIONS = "api.session"
USER_ID = text(
    "user_id", "Owner of the sessions, for administrators; by default the caller"
)


class SessionsController(OperationController, http.Controller):
    @api_route(
        "/auth/sessions",
        methods=["GET"],
        answer=key_schemas.SESSION_LIST,
        errors=(UserNotFound,),
        model=SESSIONS,
        parameters=(USER_ID,),
    )
    def list_sessions(self, user_id: str) -> Answer:
        """Return the live sessions of a user."""
        user = get_key_owner(self.env, user_id or str(self.env.uid))
        sessions = self.env[SESSIONS]._live_of(user)
        rows = [self._describe(session) for session in sessions]
        data = {"user_id": user.id, "sessions": rows, "count": len(rows)}
        return Answer(data, f"Found {counted(len(rows), 'session')}")

    @api_route(
        "/auth/sessions/<session_id>",
        methods=["DELETE"],
        answer=key_schemas.ENDED_SESSION,
        errors=(RecordNotFound,),
        model=SESSIONS,
        own=True,
    )
    def end_session(self, session_id: str) -> Answer:
        """End a session: one's own, or any with the group Settings."""
        session = get_record(self.env[SESSIONS], session_id)
        own = session.user_id == self.env.user
        check_operation(self.env, "delete", SESSIONS, own)
        data = {"user_id": session.user_id.id, "id": session.id}
        session.unlink()
        return Answer(data, "Session ended")

    @api_route(
        "/auth/sessions",
        methods=["DELETE"],
        answer=key_schemas.ENDED_SESSIONS,
        model=SESSIONS,
        own=True,
        preferences=("max-affected",),
    )
    def end_other_sessions(self) -> Answer:
        """End all sessions of the caller except the one of this request."""
        sessions = (
            self.env[SESSIONS]
            ._live_of(self.env.user)
            .filtered(lambda session: session.id != current_session_id(self.env))
        )
        check_max_affected(self.env, len(sessions))
        data = {"user_id": self.env.uid, "ids": sessions.ids, "count": len(sessions)}
        sessions.unlink()
        return Answer(data, f"Ended {counted(data['count'], 'session')}")

    def _describe(self, session: BaseModel) -> dict[str, Any]:
        return {
            "id": session.id,
            "started_at": iso(session.create_date),
            "last_activity": iso(session.last_activity),
            "address": session.address,
            "client": session.client,
            "expires_at": iso(session.expiration_date),
            "current": session.id == current_session_id(self.env),
        }
