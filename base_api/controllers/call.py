# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from odoo import http
from odoo.models import BaseModel

from ..calling.calls import asks_password, get_method, parse_call
from ..calling.results import JsonConverter
from ..envelope import Answer, counted, secret_answer
from ..errors import (
    InvalidParameter,
    MethodNotFound,
    RecordNotFound,
    ResultNotJson,
)
from ..lookup import get_model, get_records
from ..operations import call_schemas
from ..operations.route import api_route, without_files
from ..operations.runner import OperationController
from ..orm.answer_size import answer_size
from ..protocol.preferences import WRITING, current_preferences
from ..safety.dry_run_diff import watch
from ..safety.max_affected import check_max_affected
from ..writing.bulk import ATOMIC, check_items, run_items, success
from ..writing.items import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..calling.calls import Call


class CallController(OperationController, http.Controller):
    @api_route(
        "/call/<model_name>/<method_name>",
        methods=["POST"],
        answer=(call_schemas.CALL_RESULT, call_schemas.CALL_RESULTS),
        errors=(MethodNotFound, RecordNotFound, ResultNotJson),
        parameters=(ATOMIC,),
        body=call_schemas.CALL_BODY,
        operation="call",
        preferences=WRITING,
        max_content_length=without_files,
        batch=True,
        may_roll_back=True,
    )
    def call_method(
        self, model_name: str, method_name: str, body: dict[str, Any], atomic: bool
    ) -> Answer:
        """Call a public method of a model, on the records of `ids` or on none."""
        model = get_model(self.env, model_name)
        method = get_method(model, method_name)
        call = parse_call(model, body)
        make_answer = secret_answer if asks_password(model, method) else Answer
        if not atomic:
            data = self._call_each(model, method_name, method, call)
            done = f"{data['succeeded']} of {counted(len(call.ids), 'record')}"
            message = f"Called {method_name} on {done} in {model_name}"
            return make_answer(data, message)
        records = get_records(model, call.ids)
        check_max_affected(self.env, len(records))
        watch(records)
        result = call.run(method_name, method, records)
        data = {
            "result": self._convert(result),
            "model": model_name,
            "method": method_name,
            "ids": call.ids,
        }
        return make_answer(data, f"Called {method_name} of {model_name}")

    def _call_each(
        self, model: BaseModel, name: str, method: Callable, call: Call
    ) -> dict[str, Any]:
        """Call a method on each record, independently of the others.

        :raise InvalidParameter: no ids were sent
        """
        if not call.ids:
            raise InvalidParameter("atomic=false needs ids")
        check_max_affected(self.env, len(call.ids))

        def call_one(item: Item) -> dict[str, Any]:
            record = model.browse(item.id)
            watch(record)
            # Copies, as the method may change its arguments.
            one = replace(deepcopy(call), ids=[item.id])
            result = one.run(name, method, record)
            return success(record.id, result=self._convert(result))

        items = [
            Item(record_id, f"/ids/{position}")
            for position, record_id in enumerate(call.ids)
        ]
        refused = check_items(model, items, "write")
        return run_items(model, items, call_one, refused) | {"method": name}

    def _convert(self, result: Any) -> Any:
        strict_types = current_preferences(self.env).strict_types
        return JsonConverter(strict_types, answer_size(self.env.cr)).convert(result)
