# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.fields import Domain

from ..auth.api_key import allows_operation
from ..envelope import Answer, counted
from ..lookup import get_model
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import text

SEARCH = text("search", "Part of the technical name or the label")
# Name in the answer -> attribute of fields_get.
ATTRIBUTES = {
    "description": "string",
    "type": "type",
    "required": "required",
    "readonly": "readonly",
    "help": "help",
    "relation": "relation",
    "store": "store",
}


class SchemaController(OperationController, http.Controller):
    @api_route(
        "/models", methods=["GET"], answer=read_schemas.MODEL_LIST, parameters=(SEARCH,)
    )
    def list_models(self, search: str) -> Answer:
        """Return the models that the caller and the API key may read."""
        names = [
            name
            for name, model in self.env.items()
            if not model._abstract
            and allows_operation(self.env, "read", name)
            and model.has_access("read")
        ]
        # sudo: only administrators may read ir.model; these are names of models that
        # the caller may read.
        rows = self.env["ir.model"].sudo()
        rows = rows.search_read(
            Domain("model", "in", names), ["model", "name"], order="model"
        )
        found = [
            {"model": row["model"], "name": row["name"]}
            for row in rows
            if search.lower() in f"{row['model']} {row['name']}".lower()
        ]
        data = {"models": found, "count": len(found)}
        return Answer(data, f"Found {counted(len(found), 'model')}")

    @api_route("/fields/<model_name>", methods=["GET"], answer=read_schemas.FIELD_LIST)
    def list_fields(self, model_name: str) -> Answer:
        """Return the fields of a model that the caller may read."""
        model = get_model(self.env, model_name)
        model.check_access("read")
        description = model.fields_get(attributes=tuple(ATTRIBUTES.values()))
        rows = [
            {"name": name}
            | {key: field.get(source, False) for key, source in ATTRIBUTES.items()}
            for name, field in description.items()
        ]
        data = {"model": model_name, "fields": rows, "count": len(rows)}
        return Answer(data, f"Found {counted(len(rows), 'field')} in {model_name}")
