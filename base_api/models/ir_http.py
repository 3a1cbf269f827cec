# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import psycopg2

from odoo import http, models
from odoo.http import request

from ..auth.bad_credentials import count_failure
from ..auth.credentials import read_credentials
from ..auth.replica import require_position
from ..dispatcher import ApiDispatcher
from ..errors import ApiError
from ..errors.auth import (
    InvalidApiKey,
    InvalidSession,
    MissingApiKey,
    MissingSessionToken,
    SessionNotRefreshable,
    Unauthenticated,
)
from ..errors.table import as_api_error
from ..limiting.admission import Admission
from ..limiting.subjects import subjects_of
from ..limits import limit_request, refuse_under_pressure
from ..observing.rpc_usage import count_json2
from ..orm.replication import check_signals, has_replica
from ..orm.scope import bind_scope
from ..orm.sql_comments import comment_statements
from ..protocol.client_address import client_address
from ..request_scope import RequestScope
from ..settings import comments_statements, serves_docs

if TYPE_CHECKING:
    from ..request_scope import Caller


class IrHttp(models.AbstractModel):
    """The authentication methods of the API's routes.

    The cookie of the web client is ignored, so that pages of other sites cannot call
    the API on behalf of a visitor.
    """

    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint: Any) -> Any:
        if isinstance(request.dispatcher, ApiDispatcher):
            exchange = request.dispatcher.exchange
            exchange.routing = endpoint.routing
            if has_replica() and not request.env.cr.readonly:
                check_signals(request.env)
            if comments_statements(request.env):
                comment_statements(request.env.cr, exchange.trace.comment())
            limit_request(request.env, endpoint.routing)
            cls._base_api_open_scope(None)
            if request.httprequest.method != "OPTIONS":
                headers = request.httprequest.headers
                refuse_under_pressure(request.env, endpoint.routing, headers)
            cls._base_api_authenticate(endpoint, super()._authenticate)
            exchange.signed_in = exchange.seconds
            # Lines of the log name the user, also before the answer.
            exchange.caller = request.base_api_scope.caller
            return None
        return super()._authenticate(endpoint)

    @classmethod
    def _pre_dispatch(cls, rule: Any, args: Any) -> Any:
        result = super()._pre_dispatch(rule, args)
        count_json2(request, args)
        return result

    @classmethod
    def _base_api_authenticate(cls, endpoint: Any, authenticate: Callable) -> None:
        """Authenticate a request, and check the rate limits of its caller.

        Those of its address also count requests that cannot authenticate.
        """
        try:
            authenticate(endpoint)
        except ApiError as exc:
            if exc.code < HTTPStatus.INTERNAL_SERVER_ERROR:
                cls._base_api_admit(endpoint)
            raise
        cls._base_api_admit(endpoint)

    @classmethod
    def _base_api_admit(cls, endpoint: Any) -> None:
        """Charge a request, once also if Odoo repeats it.

        :raise QuotaExceeded: a limit is exhausted
        :raise ServedByPrimary: the replica does not show the last write yet
        """
        is_options = request.httprequest.method == "OPTIONS"
        if is_options or not endpoint.routing["needs_database"]:
            return
        scope = request.base_api_scope
        scope.admission = getattr(request, "base_api_admission", None)
        if scope.admission:
            return
        subjects = subjects_of(request.env, scope.caller, client_address(request))
        if subjects:
            scope.admission = Admission(request.db, subjects)
            request.base_api_admission = scope.admission
            scope.admission.admit()
            require_position(request.env, scope.admission.position)

    @classmethod
    def _auth_method_base_api(cls) -> None:
        """Accept a session token or an API key."""
        cls._base_api_sign_in(session=True, key=True)

    @classmethod
    def _auth_method_base_api_key(cls) -> None:
        """Accept an API key only."""
        cls._base_api_sign_in(key=True)

    @classmethod
    def _auth_method_base_api_session(cls) -> None:
        """Accept a session token only, valid or still refreshable."""
        cls._base_api_sign_in(session=True, grace=True)

    @classmethod
    def _auth_method_base_api_refresh(cls) -> None:
        """Accept a session token to refresh, and say so where it is too late."""
        try:
            cls._auth_method_base_api_session()
        except InvalidSession as exc:
            raise SessionNotRefreshable() from exc

    def session_info(self) -> dict[str, Any]:
        """Tell the web client whether to link to the interactive reference."""
        return super().session_info() | {"base_api_docs": serves_docs(self.env)}

    @classmethod
    def _auth_method_base_api_optional(cls) -> None:
        """Accept a session token, an API key, or a request without a credential."""
        sent = read_credentials(request.httprequest.headers)
        if sent.session_token or sent.api_key:
            cls._auth_method_base_api()
        else:
            cls._auth_method_none()

    @classmethod
    def _base_api_sign_in(
        cls, session: bool = False, key: bool = False, grace: bool = False
    ) -> Any:
        if request.httprequest.method == "OPTIONS":
            return cls._auth_method_none()  # only returns the methods of a path
        try:
            return cls._base_api_check_credentials(session, key, grace)
        except (InvalidApiKey, InvalidSession) as exc:
            error = exc
        except psycopg2.Error as exc:
            # Odoo would report any error here as missing rights.
            raise as_api_error(exc) from exc
        cls._base_api_count_failure(error)
        raise error

    @classmethod
    def _base_api_count_failure(cls, error: Unauthenticated) -> None:
        """Count a wrong credential.

        :raise RateLimited: too many of them
        """
        sent = read_credentials(request.httprequest.headers)
        credential = f"{sent.session_token} {sent.api_key}"
        count_failure(request.env, credential, client_address(request), error)

    @classmethod
    def _base_api_check_credentials(cls, session: bool, key: bool, grace: bool) -> Any:
        sent = read_credentials(request.httprequest.headers)
        if session and sent.session_token:
            try:
                return cls._base_api_use_session(sent.session_token, grace)
            except InvalidSession:
                # The session wins; if it is dead, the key is tried.
                if not (key and sent.api_key):
                    raise
        if key and sent.api_key:
            return cls._base_api_use_key(sent.api_key)
        if key:
            raise MissingApiKey(None if session else cls._base_api_key_only_message())
        raise MissingSessionToken()

    @classmethod
    def _base_api_use_session(cls, token: str, grace: bool) -> None:
        cls._base_api_sign(request.env["api.session"]._find(token, grace))

    @classmethod
    def _base_api_use_key(cls, key: str) -> None:
        address = client_address(request)
        cls._base_api_sign(
            request.env["res.users.apikeys"]._base_api_find(key, address)
        )

    @classmethod
    def _base_api_open_scope(cls, caller: Caller | None) -> None:
        """Create the `RequestScope` of a request, and bind it to its cursor."""
        request.base_api_scope = RequestScope(caller)
        bind_scope(request.env.cr, request.base_api_scope)

    @classmethod
    def _base_api_sign(cls, caller: Caller) -> None:
        """Run the request as a caller, with their language and time zone."""
        users = request.env(user=caller.user_id)["res.users"]
        context = dict(users.context_get())
        if not request.session.is_new:
            # A browser sent a cookie: ignore the state of its session, such as a
            # confirmed password or debug mode.
            request.session = http.root.session_store.new()
            request.session.update(http.get_default_session() | {"db": request.db})
        request.update_env(user=caller.user_id, context=context)
        request.env.user._base_api_remember_company(caller.company_id)
        request.env.companies._base_api_remember_paths()
        cls._base_api_open_scope(caller)

    @classmethod
    def _base_api_key_only_message(cls) -> str:
        rule, _args = cls._match(request.httprequest.path)
        return (
            "Send an API key in the header api-key: this endpoint does not accept "
            f"session tokens, {rule.endpoint.routing['session_endpoint']} does"
        )
