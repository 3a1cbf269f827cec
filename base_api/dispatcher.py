# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP on one side, arguments and answers of controller methods on the other."""

import logging
import sys
import uuid
from functools import partial

import werkzeug.exceptions

from odoo import fields
from odoo.http import Dispatcher, Response

from .envelope import error_body
from .errors import (
    ApiError,
    DatabaseUnavailable,
    InternalError,
    KeyRestricted,
    NotFound,
)
from .errors.outages import has_lost_database
from .errors.places import NOTHING_SENT, SentBody
from .errors.problems import PROBLEM_TYPE, problem_body, wants_problem
from .errors.table import as_api_error
from .errors.write import TransactionEnded
from .lookup import get_model
from .orm.transactions import held, kept_open
from .protocol import multipart
from .protocol.binding import bind
from .protocol.bodies import read_body
from .protocol.cors import cors_headers, preflight_headers
from .protocol.etags import add_etag
from .protocol.header_size import MAX_HEADER_BYTES, check_headers
from .protocol.localization import read_localization
from .protocol.parameters import check_query, parse_query
from .protocol.preferences import DEFAULT, PREFERENCES_KEY, read_preferences
from .request_log import redact
from .writing.changes import CHANGES_KEY, Changes
from .writing.dry_run import rehearse
from .writing.idempotency import REPLAYED, fingerprint, read_key

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")  # RFC 9110, section 9.2.1

_logger = logging.getLogger(__name__)


class ApiDispatcher(Dispatcher):
    """Serve the routes declared with :func:`~.controllers.route.api_route`.

    An endpoint gets the parts of its path, every query parameter that it declares and
    its ``body`` as keyword arguments, and returns an :class:`~.envelope.Answer`, or a
    response of its own where it sends a file. It may return an
    :class:`~.errors.ApiError` instead of raising it where what it wrote must stay.
    """

    routing_type = "base_api"
    mimetypes = ("application/json",)

    def __init__(self, request):
        super().__init__(request)
        # Now, as after an error the database may not answer.
        headers = request.httprequest.headers
        self.cors_headers = cors_headers(request.env, headers)
        self.preferences = DEFAULT
        self.localized = {}
        self.step = None  # of a batch: the Step that runs
        self.sent = NOTHING_SENT  # what an error may point into

    @classmethod
    def is_compatible_with(cls, request):
        # The body is judged when it is read, in the envelope, not before.
        return True

    def dispatch(self, endpoint, args):
        self.request.params = {}
        # Odoo may serve a request again.
        self.step = None
        self.sent = NOTHING_SENT
        if not self.request.db:
            return self._dispatch_without_database(endpoint, args)
        httprequest = self.request.httprequest
        if httprequest.method == "OPTIONS":
            return self._options_response()
        check_headers(httprequest.environ)
        routing = endpoint.routing
        self._choose_context(routing)
        check_query(httprequest.query_string)
        self.request.params = bind(
            self.request.env, routing, args, httprequest.args, httprequest.headers
        )
        body = None
        if routing["body"]:
            body = self._read_body(routing, args)
            self.request.params["body"] = body
        self.note_sent(routing, args, body)
        return self._run(routing, endpoint)

    def _run(self, routing, endpoint):
        """Call the endpoint: as a dry run, once for all repeats, or just so."""
        call = partial(self.request.registry["ir.http"]._dispatch, endpoint)
        if self.preferences.dry_run:
            return rehearse(self.request.env, call, self._respond)
        method = self.request.httprequest.method
        if method in SAFE_METHODS or routing["readonly"]:
            return self._respond(call())
        return self._run_write(routing, call)

    def _run_write(self, routing, call):
        """Call an endpoint whose answer depends on what it writes."""
        env = self.request.env
        key = read_key(self.request.httprequest.headers) if env.uid else None
        refused = ("close",) if routing["may_roll_back"] else ("rollback", "close")
        with kept_open(env.cr, TransactionEnded.of, refused):
            if key is None:
                response = self._respond(call())
            else:
                response = self._run_once(key, call)
            # What the flush runs can end the transaction, too.
            env.cr.flush()
        return response

    def _run_once(self, key, call):
        """Call the endpoint, or return the answer to the same request before."""
        env = self.request.env
        request_hash = fingerprint(key, self.request.httprequest, env, self.localized)
        claim, kept = env["api.idempotency"]._claim(key, request_hash)
        if kept:
            headers = kept.headers | self._caller_headers() | REPLAYED
            return self.request.make_response(
                kept.body, headers.items(), status=kept.status
            )
        with held(env.cr, claim.take_again):
            response = self._respond(call())
            # What is not possible is refused before its answer is stored.
            env.cr.flush()
        claim.keep(response)
        return response

    def _dispatch_without_database(self, endpoint, args):
        """Serve what is known to all databases (Request._serve_nodb)."""
        httprequest = self.request.httprequest
        # Odoo comes here while it handles the error of a database that it cannot open.
        if has_lost_database(sys.exc_info()[1], httprequest.headers):
            raise DatabaseUnavailable()
        query, routing = httprequest.args, endpoint.routing
        check_query(httprequest.query_string)
        if routing["needs_database"] or httprequest.method == "OPTIONS":
            raise NotFound("No database is chosen: send X-Odoo-Database")
        self.request.params = args | parse_query(
            None, query, routing["parameters"], with_filters=routing["filters"]
        )
        return self._respond(endpoint(**self.request.params))

    def _read_body(self, routing, args):
        httprequest = self.request.httprequest
        if routing["multipart"] and httprequest.mimetype == multipart.MIMETYPE:
            model_name = routing["model"] or args["model_name"]
            read = multipart.READERS[routing["multipart"]]
            return read(get_model(self.request.env, model_name), httprequest)
        return read_body(self.request.env, httprequest, routing["body"])

    def note_sent(self, routing, args, body):
        """Remember the body of a request, or of a step of a batch, for its errors."""
        model_name = routing["model"] or args.get("model_name")
        # Nothing in the path names a record: those in the body are new.
        is_new = args.keys() <= {"model_name"}
        self.sent = SentBody(self.request.registry, model_name, body, is_new)

    def _choose_context(self, routing):
        """Serve the request in the way, the language and the companies it asks for."""
        headers = self.request.httprequest.headers
        signed_key = getattr(self.request, "base_api_key", None)
        strict_types = bool(signed_key and signed_key.strict_types)
        self.preferences = read_preferences(headers, routing, strict_types)
        context = {}
        if self.preferences != DEFAULT:
            context[PREFERENCES_KEY] = self.preferences
        if self.preferences.dry_run:
            context[CHANGES_KEY] = Changes()
        if self.request.env.uid:
            self.localized = read_localization(self.request.env, headers)
            context |= self.localized
        if context:
            self.request.update_context(**context)

    def _respond(self, answer):
        if isinstance(answer, ApiError):
            return self._error_response(answer)
        if isinstance(answer, Response):
            answer.headers.update(self._common_headers())
            return answer
        response = self._response(answer.body(), answer.headers, answer.status)
        httprequest = self.request.httprequest
        if_none_match = httprequest.headers.get("If-None-Match")
        add_etag(response, httprequest.method, if_none_match, answer.version)
        return response

    def _options_response(self):
        """Tell the verbs of the path (RFC 9110, section 9.3.7)."""
        allowed = self.request.registry["ir.http"]._base_api_allowed_methods()
        if not allowed:
            raise NotFound()
        headers = {"Allow": ", ".join(allowed)} | self.cors_headers
        if "Access-Control-Allow-Origin" in headers:
            headers |= preflight_headers(allowed)
        response = Response(status=204, headers=headers)
        response.headers.pop("Content-Type")
        return response

    def handle_error(self, exc):
        error = as_api_error(exc, self.sent)
        self._note_refusal(error)
        request_id = None
        if isinstance(error, InternalError):
            request_id = uuid.uuid4().hex
            # Odoo logs the traceback itself, in the next record of this thread.
            _logger.error(
                "%s %s failed, request_id %s",
                self.request.httprequest.method,
                redact(self.request.httprequest.path),
                request_id,
                exc_info=exc.__cause__,
            )
        elif isinstance(error, DatabaseUnavailable):
            exc.loglevel = logging.WARNING  # in one line
        elif not isinstance(exc, werkzeug.exceptions.HTTPException):
            # The caller's doing: no traceback in the log (Application.__call__).
            exc.loglevel = logging.INFO
        return self._error_response(error, request_id)

    def _note_refusal(self, error):
        """Let administrators know that a key lacks an administrative operation."""
        key = getattr(self.request, "base_api_key", None)
        refused = isinstance(error, KeyRestricted) and error.refused
        if key and refused:
            self.request.env["api.key.refusal"]._note(key.id, *refused)

    def _error_response(self, error, request_id=None):
        if self.step:
            self.step.locate(error)
        headers = dict(error.headers)
        if self._wants_problem():
            headers["Content-Type"] = PROBLEM_TYPE
            body = problem_body(error, request_id)
        else:
            body = error_body(error, request_id)
        return self._response(body, headers, error.code)

    def _wants_problem(self):
        httprequest = self.request.httprequest
        # A very large header is not parsed.
        is_small = len(httprequest.headers.get("Accept", "")) <= MAX_HEADER_BYTES
        return is_small and wants_problem(httprequest.accept_mimetypes)

    def _response(self, body, headers, status):
        headers = headers | self._common_headers()
        return self.request.make_json_response(body, headers=headers, status=status)

    def _common_headers(self):
        headers = self.preferences.headers()
        if "lang" in self.localized:
            headers["Content-Language"] = self.localized["lang"].replace("_", "-")
        return headers | self._caller_headers()

    def _caller_headers(self):
        """Return the headers that are about who asks, not about the answer."""
        headers = {}
        if signed_key := getattr(self.request, "base_api_key", None):
            headers |= signed_key.warning_headers(fields.Datetime.now())
        return headers | self.cors_headers
