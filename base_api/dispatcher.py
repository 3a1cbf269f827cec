# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate HTTP requests to operations, and answers to HTTP responses."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import werkzeug.exceptions

from odoo import fields
from odoo.api import Environment
from odoo.http import Dispatcher, Response

from .auditing.reads import note_read
from .auditing.refusals import note_refused_write
from .auditing.trail import open_trail
from .auth.learning import note_uses_after_commit, note_uses_after_error
from .auth.replica import answer_position
from .envelope import JSON_TYPE, KeptAnswer, error_body, to_json
from .errors import (
    ApiError,
    DatabaseUnavailable,
    InternalError,
    KeyRestricted,
    NotFound,
)
from .errors.outages import has_lost_database
from .errors.problems import PROBLEM_TYPE, problem_body, wants_problem
from .errors.table import as_api_error
from .http_content import HttpContent
from .limiting.rows import count_rows
from .observing.exchange import Exchange
from .observing.observers import observe
from .observing.server_timing import SERVER_TIMING, Timing, measured
from .operations.endpoints import allowed_methods
from .operations.operation import Operation
from .operations.runner import run
from .orm.languages import untranslated_violation
from .orm.modules import failed_on_schema_change
from .protocol.compression import compress
from .protocol.cors import cors_headers, preflight_headers
from .protocol.etags import add_etag
from .protocol.header_size import MAX_HEADER_BYTES, check_headers
from .protocol.localization import read_localization
from .protocol.parameters import check_query
from .protocol.preferences import read_preferences
from .protocol.read_after import read_position
from .request_log import redact
from .request_scope import RequestScope
from .safety.idempotency import REPLAYED_HEADER
from .safety.savepoints import translate_violation

# Errors of valid requests, which depend on the state of the data.
UNDERSTOOD = (
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
NO_DATABASE = "No database is chosen: send X-Odoo-Database"
NOT_INSTALLED = "The addon base_api is not installed in this database"

_logger = logging.getLogger(__name__)


class ApiDispatcher(Dispatcher):
    """Serve the routes declared with `api_route`.

    An endpoint gets the variable parts of its path, its declared query parameters and
    its `body` as keyword arguments. It returns an `Answer`, or a response if it sends a
    file.
    """

    routing_type = "base_api"
    mimetypes = ("application/json",)

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        self.exchange = Exchange.of(request)
        # Read the setting now: after an error the database may not answer.
        self.cors_headers = cors_headers(request.env, request.httprequest.headers)

    @classmethod
    def is_compatible_with(cls, request: Any) -> bool:
        # The body is checked when it is read, with errors in the envelope.
        return True

    @property
    def scope(self) -> RequestScope:
        """The scope of the request; an empty one before the caller is known."""
        return getattr(self.request, "base_api_scope", None) or RequestScope()

    def dispatch(self, endpoint: Any, args: dict[str, Any]) -> Any:
        self.request.params = {}
        if not (self.request.db and self._is_installed()):
            return self._dispatch_without_database(endpoint, args)
        httprequest, scope = self.request.httprequest, self.scope
        if httprequest.method == "OPTIONS":
            return self._options_response()
        open_trail(self.request.env, scope, self.exchange)
        operation = self._operation(endpoint, args)
        check_headers(httprequest.environ)
        self._choose_context(scope, endpoint.routing)
        check_query(httprequest.query_string)
        return self._run(self.request.env, operation)

    def respond_early(self, path: str, make_answer: Callable[[], Any]) -> Any:
        """Return the response of an endpoint that Odoo did not route.

        :param path: of the endpoint, after the prefix
        """
        self.exchange.routing = {"routes": [path], "catch_all": False}
        try:
            response = self._respond(make_answer())
        except ApiError as error:
            response = self._error_response(error)
        self._finish(response)
        return response

    def post_dispatch(self, response: Any) -> Any:
        self._finish(response)
        env, routing = self.request.env, self.exchange.routing
        note_uses_after_commit(env, self.scope)
        if routing and not routing["readonly"]:
            headers = self.request.httprequest.headers
            answer_position(env, headers, response, self.scope.admission)
        return super().post_dispatch(response)

    def _dispatch_without_database(self, endpoint: Any, args: Any) -> Any:
        """Serve the routes that need no database (Request._serve_nodb)."""
        httprequest = self.request.httprequest
        # Odoo also comes here after an error while it opened the database.
        if has_lost_database(sys.exc_info()[1], httprequest.headers):
            raise DatabaseUnavailable()
        check_query(httprequest.query_string)
        # `/health/live` was answered before, see `unrouted`.
        if self.request.db:
            raise NotFound(NOT_INSTALLED)
        if endpoint.routing["needs_database"] or httprequest.method == "OPTIONS":
            raise NotFound(NO_DATABASE)
        return self._run(None, self._operation(endpoint, args))

    def _is_installed(self) -> bool:
        """Tell whether the database has the addon.

        With `server_wide_modules`, Odoo knows our routes in all databases. In an outage
        there is no environment to tell.
        """
        env = self.request.env
        return env is None or "api.session" in env.registry

    def _run(self, env: Environment, operation: Operation) -> Any:
        try:
            with measured(self.scope, "orm"):
                answer = run(env, operation, self.scope)
        except ApiError as error:
            if not error.keep_changes:
                raise
            # Odoo commits after a response, and rolls back after an exception.
            note_refused_write(env, self.scope, self.exchange, error)
            return self._error_response(error)
        return self._respond(answer)

    def _operation(self, endpoint: Callable, args: dict[str, Any]) -> Operation:
        httprequest = self.request.httprequest
        operation = Operation(
            endpoint,
            httprequest.method,
            httprequest.path,
            args,
            httprequest.args,
            httprequest.headers,
            HttpContent(httprequest),
        )
        self.exchange.operation = operation
        return operation

    def _choose_context(self, scope: RequestScope, routing: dict[str, Any]) -> None:
        """Apply the preferences, the language and the companies of the request."""
        headers = self.request.httprequest.headers
        scope.max_body_bytes = self.request.httprequest.max_content_length
        strict_types = bool(scope.key and scope.key.strict_types)
        is_signed_in = scope.caller is not None
        # Refuses a value that no write has answered; auth.replica has used it already.
        read_position(headers)
        scope.preferences = read_preferences(
            headers, routing, strict_types, is_signed_in
        )
        if scope.preferences.timing:
            scope.timing = Timing(self.exchange.signed_in)
        if self.request.env.uid:
            scope.localization, scope.missing_language = read_localization(
                self.request.env, headers
            )
            if scope.localization:
                self.request.update_context(**scope.localization)

    def _respond(self, answer: Any) -> Any:
        if isinstance(answer, Response):
            return answer
        with measured(self.scope, "serialise"):
            content = answer.content()
        response = self._response(content, answer.headers, answer.status)
        if isinstance(answer, KeptAnswer):
            response.headers[REPLAYED_HEADER] = "true"
            self.exchange.is_replay = True
            return response
        httprequest = self.request.httprequest
        if_none_match = httprequest.headers.get("If-None-Match")
        add_etag(response, httprequest.method, if_none_match, answer.version)
        if response.status_code != HTTPStatus.NOT_MODIFIED:
            compress(response, httprequest.headers.get("Accept-Encoding"))
            if self.scope.admission:
                self.scope.admission.rows = count_rows(answer.data)
        return response

    def _options_response(self) -> Any:
        """Return the methods that the path supports (RFC 9110, section 9.3.7)."""
        allowed = allowed_methods(self.request.env, self.request.httprequest.path)
        if not allowed:
            raise NotFound()
        headers = {"Allow": ", ".join(allowed)}
        if "Access-Control-Allow-Origin" in self.cors_headers:
            headers |= preflight_headers(allowed)
        response = Response(status=204, headers=headers)
        response.headers.pop("Content-Type")
        return response

    def handle_error(self, exc: Any) -> Any:
        violation = untranslated_violation(exc)
        if violation:
            # The language of the environment may be the one that is not installed.
            language = {"lang": self.scope.localization.get("lang")}
            env = self.request.env(context=language)
            violation = translate_violation(env, violation)
        error = as_api_error(violation or exc, self.scope.sent)
        if self.request.db and not self._is_installed():
            # The models that authenticate are missing.
            error = exc if isinstance(exc, NotFound) else NotFound(NOT_INSTALLED)
        elif isinstance(error, InternalError) and self.request.env is not None:
            if failed_on_schema_change(exc, self.request.env):
                error = DatabaseUnavailable()
        self._note_refusal(error)
        note_refused_write(self.request.env, self.scope, self.exchange, error)
        self._note_uses(error)
        if isinstance(error, InternalError):
            # Odoo logs the traceback itself, in its next log record.
            _logger.error(
                "%s %s failed, request_id %s",
                self.request.httprequest.method,
                redact(self.request.httprequest.path),
                self.exchange.trace.request_id,
                exc_info=exc.__cause__,
            )
        elif isinstance(error, DatabaseUnavailable):
            exc.loglevel = logging.WARNING  # in one line
        elif not isinstance(exc, werkzeug.exceptions.HTTPException):
            # A client error: no traceback in the log (Application.__call__).
            exc.loglevel = logging.INFO
        response = self._error_response(error)
        self._finish(response)
        return response

    def _note_refusal(self, error: Any) -> None:
        """Record for administrators that a key lacks an administrative operation."""
        if self.scope.key and isinstance(error, KeyRestricted):
            self.request.env.cr.rollback()
            self.request.env["api.key.refusal"]._note_error(error)

    def _note_uses(self, error: ApiError) -> None:
        """Note what a learning key was used for, if the request was valid.

        A program that checks whether a record exists, for example, uses `read`.
        """
        if error.code in UNDERSTOOD:
            note_uses_after_error(self.request.env, self.scope)

    def _error_response(self, error: Any) -> Any:
        self.exchange.error_code = error.error_code
        request_id = self.exchange.trace.request_id
        if self.scope.step:
            self.scope.step.locate(error)
        headers = dict(error.headers)
        if self._wants_problem():
            headers["Content-Type"] = PROBLEM_TYPE
            body = problem_body(error, request_id)
        else:
            body = error_body(error, request_id)
        return self._response(to_json(body), headers, error.code)

    def _wants_problem(self) -> bool:
        httprequest = self.request.httprequest
        # Do not parse a very large header.
        is_small = len(httprequest.headers.get("Accept", "")) <= MAX_HEADER_BYTES
        return is_small and wants_problem(httprequest.accept_mimetypes)

    def _response(self, content: str, headers: dict[str, Any], status: Any) -> Any:
        headers = {"Content-Type": JSON_TYPE} | headers
        return self.request.make_response(content, list(headers.items()), status=status)

    def _finish(self, response: Any) -> None:
        """Add the headers that all responses have, including errors."""
        headers: dict[Any, Any] = {}
        # A replayed answer keeps the headers of the first request.
        if REPLAYED_HEADER not in response.headers:
            headers |= self.scope.headers()
        if key := self.scope.key:
            headers |= key.warning_headers(fields.Datetime.now())
        if admission := self.scope.admission:
            headers |= admission.headers()
            response.call_on_close(admission.close)
        headers |= self.exchange.trace.headers() | self.cors_headers
        if self.scope.timing and response.status_code < HTTPStatus.BAD_REQUEST:
            seconds = self.exchange.seconds
            headers[SERVER_TIMING] = self.scope.timing.header(seconds)
        if "Vary" in headers and "Vary" in response.headers:
            headers["Vary"] += f", {response.headers['Vary']}"
        response.headers.update(headers)
        self.exchange.caller = self.scope.caller
        note_read(self.request.env, self.scope, self.exchange, response)
        observe(self.exchange, response)
