# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What other addons may import, and nothing else.

An endpoint is a method of a controller, declared with `api_route`::

    from odoo.http import Controller

    from odoo.addons.base_api.api import Answer, OperationController, api_route


    class StockController(OperationController, Controller):
        @api_route("/stock/<product_id>", methods=["GET"], model="product.product")
        def read_stock(self, product_id):
            product = self.env["product.product"].browse(int(product_id))
            return Answer({"quantity": product.qty_available}, "Read the stock")

To run an endpoint without an HTTP request, as any user or API key::

    bind_scope(env.cr, scope := RequestScope(Caller(env.uid)))
    endpoint, path_arguments = find_endpoint(env, "GET", "/api/v2/search/res.partner")
    operation = Operation(endpoint, "GET", "/search/res.partner", path_arguments)
    answer = run(env, operation, scope)

Everything else in this addon may change in any version.
"""

from .envelope import Answer
from .errors import ApiError
from .operations.endpoints import find_endpoint
from .operations.operation import JsonContent, Operation
from .operations.route import api_route
from .operations.runner import OperationController, run
from .orm.scope import bind_scope
from .protocol.parameters import Parameter
from .request_scope import Caller, RequestScope

__all__ = [
    "Answer",
    "ApiError",
    "Caller",
    "JsonContent",
    "Operation",
    "OperationController",
    "Parameter",
    "RequestScope",
    "api_route",
    "bind_scope",
    "find_endpoint",
    "run",
]
