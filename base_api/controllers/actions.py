# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.models import BaseModel

from ..calling.actions import list_actions
from ..envelope import Answer, counted
from ..lookup import get_model, get_record
from ..operations import call_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController


class ActionsController(OperationController, http.Controller):
    @api_route(
        "/actions/<model_name>", methods=["GET"], answer=call_schemas.ACTION_LIST
    )
    def list_model_actions(self, model_name: str) -> Answer:
        """Return what can be done with the records of a model."""
        model = get_model(self.env, model_name)
        model.check_access("read")
        return self._answer(model, model.browse())

    @api_route(
        "/actions/<model_name>/<record_id>",
        methods=["GET"],
        answer=call_schemas.ACTION_LIST,
    )
    def list_record_actions(self, model_name: str, record_id: str) -> Answer:
        """Return what can be done with a record, and whether it applies now."""
        model = get_model(self.env, model_name)
        return self._answer(model, get_record(model, record_id))

    def _answer(self, model: BaseModel, record: BaseModel) -> Answer:
        rows = list_actions(model, record)
        data = {"actions": rows, "count": len(rows), "model": model._name}
        if record:
            data["id"] = record.id
        return Answer(data, f"Found {counted(len(rows), 'action')} of {model._name}")
