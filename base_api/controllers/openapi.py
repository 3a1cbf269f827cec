# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from ..casting import to_names
from ..describing.document import make_document
from ..envelope import Answer, BareAnswer
from ..errors import InvalidParameter, ModelNotFound
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import text

MAX_MODELS = 50
MODELS = text("models", "Names of models, separated by commas", "sale.order")


class OpenApiController(OperationController, http.Controller):
    @api_route(
        "/openapi.json",
        methods=["GET"],
        answer=read_schemas.OPENAPI,
        errors=(ModelNotFound,),
        parameters=(MODELS,),
    )
    def read_openapi(self, models: str) -> Answer:
        """Return a description of this API as an OpenAPI document.

        It describes what the caller and the API key may do. Each of the `models`, up to
        50, gets paths and schemas of its own.
        """
        names = to_names(models)
        if len(names) > MAX_MODELS:
            raise InvalidParameter(f"models: name at most {MAX_MODELS} models")
        return BareAnswer(make_document(self.env, names))
