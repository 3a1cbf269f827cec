# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests that fail before Odoo knows their route, for which it needs the database."""

from typing import Any

from odoo import http

from .dispatcher import ApiDispatcher
from .errors import DatabaseUnavailable
from .errors.outages import has_lost_database
from .protocol.addresses import PREFIX


class HttpDispatcher(http.HttpDispatcher):
    """Answer an outage in the envelope, where Odoo would answer in HTML.

    Every request has Odoo's dispatcher for the type `http` until its route is found
    (`Request.__init__`). Odoo keeps one class for each type, the last one declared,
    so this class takes the place of its parent.
    """

    routing_type = "http"

    def handle_error(self, exc: Any) -> Any:
        httprequest = self.request.httprequest
        is_ours = f"{httprequest.path}/".startswith(f"{PREFIX}/")
        if is_ours and has_lost_database(exc, httprequest.headers):
            return ApiDispatcher(self.request).handle_error(DatabaseUnavailable())
        return super().handle_error(exc)
