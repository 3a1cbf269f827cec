# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http

from ..auth.api_key import current_session_id
from ..auth.profiles import (
    account,
    account_with_groups,
    describe_caller,
    group_list,
    own_profile,
    permissions,
    session_data,
)
from ..envelope import Answer, secret_answer
from ..errors.auth import (
    AuthFailed,
    InactiveUser,
    MfaRequired,
    MissingCredentials,
    RateLimited,
)
from ..operations import user_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController

API_VERSION = "2.0"
MAX_LOGIN_BYTES = 64 * 1024  # sent without credentials


class AuthController(OperationController, http.Controller):
    @api_route(
        "/test",
        methods=["GET"],
        answer=user_schemas.API_TEST,
        auth="none",
        needs_database=False,
    )
    def test(self) -> Answer:
        """Return that the API works."""
        return Answer(
            {"message": "The API works", "version": API_VERSION}, "The API works"
        )

    @api_route(
        "/auth/test",
        methods=["GET"],
        answer=user_schemas.KEY_TEST,
        auth="key",
        session_endpoint="/auth/me",
    )
    def test_key(self) -> Answer:
        """Return the user of the API key."""
        user = self.env.user
        data = {
            "user_id": user.id,
            "user_name": user.name,
            "user_login": user.login,
            "authenticated": True,
        }
        data |= describe_caller(self.env)
        return Answer(data, "The API key is valid")

    @api_route(
        "/user/info",
        methods=["GET"],
        answer=user_schemas.USER_INFO,
        auth="key",
        session_endpoint="/auth/me",
    )
    def read_user_info(self) -> Answer:
        """Return the caller, the version and the database."""
        data = {
            "user": own_profile(self.env.user),
            "api_version": API_VERSION,
            "database": self.env.cr.dbname,
        }
        return Answer(data, "User found")

    @api_route("/auth/me", methods=["GET"], answer=user_schemas.ME)
    def read_me(self) -> Answer:
        """Return the caller, their groups and their permissions."""
        user = self.env.user
        data = own_profile(user) | {
            "groups": group_list(user),
            "permissions": permissions(user),
        }
        return Answer({"user": data} | describe_caller(self.env), "User found")

    @api_route(
        "/auth/login",
        methods=["POST"],
        answer=user_schemas.LOGIN,
        errors=(
            AuthFailed,
            InactiveUser,
            MfaRequired,
            MissingCredentials,
            RateLimited,
        ),
        auth="none",
        body=user_schemas.LOGIN_BODY,
        max_content_length=MAX_LOGIN_BYTES,
        # A failed login rolls back before it is counted.
        may_roll_back=True,
    )
    def log_in(self, body: dict[str, Any]) -> Answer:
        """Exchange username, password (and totp) for a session token."""
        login, password = body.get("username"), body.get("password")
        if not (
            login and password and isinstance(login, str) and isinstance(password, str)
        ):
            raise MissingCredentials()
        users = self.env["res.users"]
        user = users._base_api_log_in(login, password, body.get("totp"))
        env = self.env(user=user.id)
        session, token = env["api.session"]._start(user)
        data = session_data(session, token, account_with_groups(user))
        return secret_answer(data, "Login successful")

    @api_route(
        "/auth/refresh",
        methods=["POST"],
        answer=user_schemas.REFRESHED_SESSION,
        auth="refresh",
    )
    def refresh(self) -> Answer:
        """Exchange a session token for a new one with a new lifetime."""
        session_id = current_session_id(self.env)
        session, token = self.env["api.session"]._refresh(session_id)
        return secret_answer(
            session_data(session, token, account(self.env.user)),
            "Session refreshed successfully",
        )

    @api_route(
        "/auth/logout", methods=["POST"], answer=user_schemas.LOGOUT, auth="session"
    )
    def log_out(self) -> Answer:
        """End the session."""
        self.env["api.session"].browse(current_session_id(self.env)).unlink()
        return Answer(None, "Logged out")
