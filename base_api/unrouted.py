# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors before routing, for which Odoo needs the database."""

from typing import Any

from odoo import http

from .dispatcher import ApiDispatcher
from .errors import DatabaseUnavailable
from .errors.outages import has_lost_database
from .protocol.addresses import PREFIX


class HttpDispatcher(http.HttpDispatcher):
    """Answer an outage in the envelope instead of HTML.

    Every request has Odoo's dispatcher of type `http` until its route is found
    (`Request.__init__`). Odoo uses the last declared class of each type, so this class
    replaces its parent.
    """

    routing_type = "http"

    def handle_error(self, exc: Any) -> Any:
        httprequest = self.request.httprequest
        is_ours = f"{httprequest.path}/".startswith(f"{PREFIX}/")
        if is_ours and has_lost_database(exc, httprequest.headers):
            return ApiDispatcher(self.request).handle_error(DatabaseUnavailable())
        return super().handle_error(exc)
