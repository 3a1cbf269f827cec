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

To run an endpoint without an HTTP request, bind a `RequestScope` to the cursor and call
`run` with an `Operation`. Everything else in this addon may change in any version.
"""

from .envelope import Answer
from .errors import ApiError
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
    "run",
]
