# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP on one side, arguments and answers of controller methods on the other."""

import json
import logging
import uuid

import werkzeug.exceptions

from odoo import fields
from odoo.http import Dispatcher, Response

from .cors import cors_headers, preflight_headers
from .envelope import error_body
from .errors import (
    ApiError,
    InternalError,
    InvalidContentType,
    InvalidJson,
    NoData,
    NotFound,
    PayloadTooLarge,
    as_api_error,
)
from .parameters import parse_query
from .restrictions import check_operation

_logger = logging.getLogger(__name__)

MAX_RECORDS = 1000  # in one request


class ApiDispatcher(Dispatcher):
    """Serve the routes declared with :func:`~.controllers.route.api_route`.

    An endpoint gets the parts of its path, every query parameter that it declares and
    its ``body`` as keyword arguments, and returns an :class:`~.envelope.Answer`. It may
    return an :class:`~.errors.ApiError` instead of raising it where what it wrote must
    stay.
    """

    routing_type = "base_api"
    mimetypes = ("application/json",)

    def __init__(self, request):
        super().__init__(request)
        # Now, as after an error the database may not answer.
        headers = request.httprequest.headers
        self.cors_headers = cors_headers(request.env, headers)

    @classmethod
    def is_compatible_with(cls, request):
        # The body is judged when it is read, in the envelope, not before.
        return True

    def dispatch(self, endpoint, args):
        self.request.params = {}
        if self.request.httprequest.method == "OPTIONS":
            return self._options_response()
        routing = endpoint.routing
        if self.request.db:
            model_name = routing["model"] or args.get("model_name")
            check_operation(self.request.env, routing["verb"], model_name)
        self.request.params = args | parse_query(
            self.request.env,
            self.request.httprequest.args,
            routing["parameters"],
            with_filters=routing["filters"],
        )
        if routing["body"]:
            self.request.params["body"] = read_body(
                self.request.httprequest, routing["body"]
            )
        if self.request.db:
            answer = self.request.registry["ir.http"]._dispatch(endpoint)
        else:
            answer = endpoint(**self.request.params)
        if isinstance(answer, ApiError):
            return self._error_response(answer)
        return self._response(answer.body(), answer.headers, answer.status)

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
        error = as_api_error(exc)
        request_id = None
        if isinstance(error, InternalError):
            request_id = uuid.uuid4().hex
            # Odoo logs the traceback itself, in the next record of this thread.
            _logger.error(
                "%s %s failed, request_id %s",
                self.request.httprequest.method,
                self.request.httprequest.path,
                request_id,
                exc_info=exc.__cause__,
            )
        elif not isinstance(exc, werkzeug.exceptions.HTTPException):
            # The caller's doing: no traceback in the log (Application.__call__).
            exc.loglevel = logging.INFO
        return self._error_response(error, request_id)

    def _error_response(self, error, request_id=None):
        return self._response(
            error_body(error, request_id), dict(error.headers), error.code
        )

    def _response(self, body, headers, status):
        signed_key = getattr(self.request, "base_api_key", None)
        if signed_key:
            headers = headers | signed_key.warning_headers(fields.Datetime.now())
        headers = headers | self.cors_headers
        return self.request.make_json_response(body, headers=headers, status=status)


def read_body(httprequest, kind):
    """Return the JSON body of a request.

    :param kind: ``object``; ``optional``, an object or nothing; ``records``, an object
        or a list of them
    :raise InvalidContentType: the body is not declared as JSON
    :raise InvalidJson: it is not JSON, or not of this kind
    :raise NoData: it is empty
    :raise PayloadTooLarge: more than :data:`MAX_RECORDS` objects
    """
    raw = httprequest.get_data()
    if kind == "optional" and not raw:
        return {}
    if not httprequest.is_json:
        raise InvalidContentType()
    body = _parse_json(raw)
    if kind == "records" and isinstance(body, list):
        _check_records(body)
    elif not isinstance(body, dict):
        raise InvalidJson("The body must be a JSON object")
    if not body and kind != "optional":
        raise NoData()
    return body


def _check_records(records):
    if len(records) > MAX_RECORDS:
        raise PayloadTooLarge(f"At most {MAX_RECORDS} records in one request")
    for position, record in enumerate(records):
        if not isinstance(record, dict):
            raise InvalidJson(f"Item {position} of the list must be a JSON object")
        if not record:
            raise NoData(f"Item {position} of the list is empty")


def _parse_json(raw):
    try:
        # Strict, and UTF-8 only (RFC 8259, section 8.1): json.loads takes more.
        text = raw.decode("utf-8-sig")
        body = json.loads(text, parse_constant=_refuse_constant)
        if "\\u" in text:
            _check_text(body)
    except RecursionError:
        raise InvalidJson("The body is nested too deeply") from None
    except ValueError as exc:
        raise InvalidJson(f"The body is not JSON: {exc}") from exc
    return body


def _refuse_constant(name):
    # Python reads NaN and Infinity; RFC 8259, section 6 has neither.
    raise ValueError(f"{name} is not a JSON value")


def _check_text(value):
    """Refuse what JSON can escape and PostgreSQL cannot store."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("text holds a NUL character")
        value.encode()  # UnicodeEncodeError, a ValueError, on a lone surrogate
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_text(name)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
