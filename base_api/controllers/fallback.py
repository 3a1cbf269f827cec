# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo import http
from odoo.http import request

from ..errors import MethodNotAllowed, NotFound
from ..operations.endpoints import allowed_methods
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..orm import routing  # noqa: F401 (base_api_rest)

if TYPE_CHECKING:
    pass


class FallbackController(OperationController, http.Controller):
    @api_route(
        ["/api", "/api/<base_api_rest:subpath>"],
        methods=(),
        auth="none",
        operation="read",
        filters=True,
        readonly=True,
        catch_all=True,
    )
    def refuse(self, subpath: str = "", filters: Any = ()) -> None:
        """Answer unknown paths under /api, and unsupported methods, in the envelope.

        werkzeug also comes here if a path exists, but not for this method. The route
        matches any path, as the module http_routing would redirect unmatched ones.
        """
        allowed = allowed_methods(self.env, request.httprequest.path)
        if allowed:
            raise MethodNotAllowed(request.httprequest.method, allowed)
        raise NotFound()
