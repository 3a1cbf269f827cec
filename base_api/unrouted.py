# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers before routing, for which Odoo needs the database."""

from __future__ import annotations

from functools import partial
from typing import Any

from odoo import http
from odoo.modules.registry import Registry
from odoo.tools import config

from .controllers.health import liveness, readiness
from .dispatcher import ApiDispatcher
from .errors import ApiError, DatabaseUnavailable, InvalidParameter
from .errors.outages import has_lost_database
from .orm.early_answers import answer_early
from .protocol.addresses import LIVE, PREFIX, READY


class HttpDispatcher(http.HttpDispatcher):
    """Answer an outage, and a request without a host, in the envelope instead of HTML.
    Health is answered without a database.

    Every request has Odoo's dispatcher of type `http` until its route is found
    (`Request.__init__`). Odoo uses the last declared class of each type, so this class
    replaces its parent.
    """

    routing_type = "http"

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        httprequest = request.httprequest
        if httprequest.path in (PREFIX + LIVE, PREFIX + READY):
            if httprequest.method in ("GET", "HEAD") and not httprequest.query_string:
                _answer_health(request, httprequest.path.removeprefix(PREFIX))

    def handle_error(self, exc: Any) -> Any:
        path = self.request.httprequest.path
        error = self._find_error(exc) if f"{path}/".startswith(f"{PREFIX}/") else None
        if error:
            return ApiDispatcher(self.request).handle_error(error)
        return super().handle_error(exc)

    def _find_error(self, exc: Any) -> ApiError | None:
        httprequest = self.request.httprequest
        if has_lost_database(exc, httprequest.headers):
            return DatabaseUnavailable()
        # Odoo needs it to choose the database; HTTP/1.0 does not require it.
        if isinstance(exc, KeyError) and "HTTP_HOST" not in httprequest.environ:
            self.request.db = None
            return InvalidParameter("The request has no header Host")
        return None


def _answer_health(request: Any, path: str) -> None:
    """Answer before Odoo looks for the database, which may hang."""
    database, make_answer = None, liveness
    if path == READY:
        httprequest = request.httprequest
        host = httprequest.environ.get("HTTP_HOST", "")
        database = _loaded_database(httprequest.headers, host)
        if database is None:
            return
        make_answer = partial(readiness, database)
    answer_early(request, partial(_respond, request, database, path, make_answer))


def _loaded_database(headers: Any, host: str) -> str | None:
    """Return the database of a request, if it is certain and has the addon.

    :param host: which Odoo may serve with some databases only (`dbfilter`)
    """
    names = config["db_name"]
    name = headers.get("X-Odoo-Database") or (names[0] if len(names) == 1 else None)
    registry = Registry.registries.get(name) if name else None
    is_ours = registry is not None and "api.session" in registry
    return name if is_ours and http.db_filter([name], host) else None


def _respond(request: Any, database: str | None, path: str, make_answer: Any) -> Any:
    request.db = database
    return ApiDispatcher(request).respond_early(path, make_answer)
