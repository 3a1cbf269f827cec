# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors before routing, for which Odoo needs the database."""

from typing import Any

from odoo import http

from .dispatcher import ApiDispatcher
from .errors import ApiError, DatabaseUnavailable, InvalidParameter
from .errors.outages import has_lost_database
from .protocol.addresses import PREFIX


class HttpDispatcher(http.HttpDispatcher):
    """Answer an outage, and a request without a host, in the envelope instead of HTML.

    Every request has Odoo's dispatcher of type `http` until its route is found
    (`Request.__init__`). Odoo uses the last declared class of each type, so this class
    replaces its parent.
    """

    routing_type = "http"

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
