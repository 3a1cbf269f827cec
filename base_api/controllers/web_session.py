# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.http import request

from ..auth.profiles import account_with_groups, session_data
from ..auth.web_session import (
    LIFETIME,
    check_csrf_token,
    check_same_origin,
    get_web_user,
    make_csrf_token,
)
from ..envelope import Answer, secret_answer
from ..errors.auth import CsrfFailed, InactiveUser, InvalidSession, MfaRequired
from ..operations import user_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController

ERRORS = (CsrfFailed, InactiveUser, InvalidSession, MfaRequired)
MAX_BYTES = 4096


class WebSessionController(OperationController, http.Controller):
    """The only endpoints that look at the cookie of Odoo's web client."""

    @api_route(
        "/auth/web-session",
        methods=["GET"],
        answer=user_schemas.CSRF_TOKEN,
        errors=ERRORS,
        auth="none",
    )
    def read_csrf_token(self) -> Answer:
        """Return a CSRF token of the web session, to a page of this server.

        It is valid for a minute, and only together with the cookie of the session.
        """
        self._check_same_origin(needs_origin=False)
        return secret_answer({"csrf_token": make_csrf_token()}, "CSRF token")

    @api_route(
        "/auth/web-session",
        methods=["POST"],
        answer=user_schemas.LOGIN,
        errors=ERRORS,
        auth="none",
        body=user_schemas.WEB_SESSION_BODY,
        max_content_length=MAX_BYTES,
    )
    def exchange_web_session(self, body: dict[str, Any]) -> Answer:
        """Exchange the web session of a browser for a session token.

        Only a page of this server can, with the CSRF token of the web session. The
        session ends after 15 minutes and cannot be refreshed.
        """
        self._check_same_origin(needs_origin=True)
        user = get_web_user()
        check_csrf_token(body.get("csrf_token"))
        session, token = user.env["api.session"]._start(user, LIFETIME)
        data = session_data(session, token, account_with_groups(user))
        return secret_answer(data, "Web session exchanged")

    def _check_same_origin(self, needs_origin: bool) -> None:
        httprequest = request.httprequest
        check_same_origin(httprequest.headers, httprequest.host, needs_origin)
