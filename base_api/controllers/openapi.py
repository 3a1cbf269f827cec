# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from ..auth.api_key import check_operation
from ..casting import to_names
from ..describing.document import openapi_text, public_openapi_text
from ..describing.kept import keep
from ..describing.typescript import types_text
from ..envelope import TEXT_TYPE, Answer, BareAnswer
from ..errors import InvalidParameter, ModelNotFound
from ..errors.auth import MissingApiKey
from ..lookup import get_model
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import text
from ..settings import is_description_public

MAX_MODELS = 50
MODELS = text("models", "Names of models, separated by commas", "sale.order")


class OpenApiController(OperationController, http.Controller):
    @api_route(
        "/openapi.json",
        methods=["GET"],
        answer=read_schemas.OPENAPI,
        auth="optional",
        errors=(ModelNotFound,),
        parameters=(MODELS,),
    )
    def read_openapi(self, models: str) -> Answer:
        """Return a description of this API as an OpenAPI document.

        It describes what the caller and the API key may do. Each of the `models`, up to
        50, gets paths and schemas of its own. A setting allows it without signing in,
        but then not with `models`.
        """
        env = self.env
        if not env.uid:
            if models or not is_description_public(env):
                raise MissingApiKey()
            return BareAnswer(keep(env, [], public_openapi_text))
        return BareAnswer(keep(env, self._read_names(models), openapi_text))

    @api_route(
        "/types.d.ts",
        methods=["GET"],
        answer=read_schemas.PLAIN_TEXT,
        errors=(ModelNotFound,),
        parameters=(MODELS,),
    )
    def read_types(self, models: str) -> Answer:
        """Return TypeScript types of the answers and of the records of `models`."""
        content = keep(self.env, self._read_names(models), types_text)
        return BareAnswer(content, TEXT_TYPE)

    def _read_names(self, text: str) -> list[str]:
        """Return the names of models that the caller may read.

        :raise InvalidParameter: too many models
        :raise ModelNotFound: a model does not exist
        :raise KeyRestricted: the API key may not read it
        :raise odoo.exceptions.AccessError: the caller may not read it
        """
        names = list(dict.fromkeys(to_names(text)))
        if len(names) > MAX_MODELS:
            raise InvalidParameter(f"models: name at most {MAX_MODELS} models")
        for name in names:
            model = get_model(self.env, name)
            check_operation(self.env, "read", name)
            model.check_access("read")
        return names
