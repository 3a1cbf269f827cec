# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..errors import MethodNotAllowed, NotFound


class FallbackController(http.Controller):
    @http.route(
        ["/api", "/api/<path:subpath>"],
        type="base_api",
        auth="none",
        readonly=True,
        save_session=False,
        catch_all=True,
        verb="read",
        model=None,
        own=False,
        parameters=(),
        filters=True,
        body=None,
        preferences=(),
        needs_database=True,
    )
    def refuse(self, subpath="", filters=()):
        """Answer every other path under /api, and every other verb, in the envelope.

        werkzeug comes here too when a path exists but not for this verb.
        """
        allowed = request.registry["ir.http"]._base_api_allowed_methods()
        if allowed:
            raise MethodNotAllowed(request.httprequest.method, allowed)
        raise NotFound()
