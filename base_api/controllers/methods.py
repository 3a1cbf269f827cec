# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from ..calling.methods import list_methods
from ..envelope import Answer, counted
from ..lookup import get_model
from ..operations import call_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import boolean

GENERIC = boolean("generic", False, "Also the methods that every model has")


class MethodsController(OperationController, http.Controller):
    @api_route(
        "/methods/<model_name>",
        methods=["GET"],
        answer=call_schemas.METHOD_LIST,
        parameters=(GENERIC,),
        operation="call",
    )
    def list_methods(self, model_name: str, generic: bool) -> Answer:
        """Return the methods of a model that can be called."""
        model = get_model(self.env, model_name)
        rows = list_methods(model, generic)
        data = {"methods": rows, "count": len(rows), "model": model_name}
        return Answer(data, f"Found {counted(len(rows), 'method')} of {model_name}")
