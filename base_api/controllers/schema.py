# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.fields import Domain

from ..casting import INTEGER_MAX, to_names
from ..envelope import Answer, counted
from ..errors import InvalidFields
from ..lookup import get_model, readable_models
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import boolean, integer, text
from ..reading.field_descriptions import describe_fields
from ..reading.field_search import find_fields
from ..searching.paths import resolve_field

SEARCH = text("search", "Part of the technical name or the label")
WORDS = text(
    "search",
    "Words that are parts of the name of the field, its label or the name of its model",
    "order amount",
)
MAX_FOUND = 100
FOUND_LIMIT = integer("limit", 1, MAX_FOUND, 30, "Maximum number of fields")
FIELDS = text("fields", "Names of fields, separated by commas", "name,partner_id")
WRITABLE = boolean("writable", False, "Only fields that can be written")
PROPERTIES_OF = integer(
    "properties_of",
    1,
    INTEGER_MAX,
    None,
    "Id of the record whose definitions of properties are wanted",
)


class SchemaController(OperationController, http.Controller):
    @api_route(
        "/models", methods=["GET"], answer=read_schemas.MODEL_LIST, parameters=(SEARCH,)
    )
    def list_models(self, search: str) -> Answer:
        """Return the models that the caller and the API key may read."""
        names = readable_models(self.env)
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

    @api_route(
        "/fields",
        methods=["GET"],
        answer=read_schemas.FOUND_FIELDS,
        parameters=(WORDS, FOUND_LIMIT),
    )
    def search_fields(self, search: str, limit: int) -> Answer:
        """Return fields of all models that the caller and the API key may read."""
        found = find_fields(self.env, readable_models(self.env), search, limit)
        data = {"fields": found, "count": len(found)}
        return Answer(data, f"Found {counted(len(found), 'field')}")

    @api_route(
        "/fields/<model_name>",
        methods=["GET"],
        answer=read_schemas.FIELD_LIST,
        errors=(InvalidFields,),
        parameters=(FIELDS, WRITABLE, PROPERTIES_OF),
    )
    def list_fields(
        self, model_name: str, fields: str, writable: bool, properties_of: int | None
    ) -> Answer:
        """Return the fields of a model that the caller may read."""
        model = get_model(self.env, model_name)
        model.check_access("read")
        names = [
            resolve_field(model, name, InvalidFields).name for name in to_names(fields)
        ]
        rows = describe_fields(model, names, properties_of)
        if writable:
            rows = [row for row in rows if row["writable"]]
        data = {"model": model_name, "fields": rows, "count": len(rows)}
        return Answer(data, f"Found {counted(len(rows), 'field')} in {model_name}")
