# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http

from ..calling.calls import asks_password, get_method, parse_call
from ..calling.results import JsonConverter
from ..envelope import Answer, secret_answer
from ..errors import MethodNotFound, RecordNotFound, ResultNotJson
from ..lookup import get_model, get_records
from ..operations import schemas
from ..operations.route import api_route, without_files
from ..operations.runner import OperationController
from ..orm.answer_size import answer_size
from ..protocol.preferences import WRITING, current_preferences
from ..safety.dry_run_diff import watch
from ..safety.max_affected import check_max_affected


class CallController(OperationController, http.Controller):
    @api_route(
        "/call/<model_name>/<method_name>",
        methods=["POST"],
        answer=schemas.CALL_RESULT,
        errors=(MethodNotFound, RecordNotFound, ResultNotJson),
        body=schemas.CALL_BODY,
        operation="call",
        preferences=WRITING,
        max_content_length=without_files,
        batch=True,
        may_roll_back=True,
    )
    def call_method(
        self, model_name: str, method_name: str, body: dict[str, Any]
    ) -> Answer:
        """Call a public method of a model, on the records of `ids` or on none."""
        model = get_model(self.env, model_name)
        method = get_method(model, method_name)
        call = parse_call(self.env, body)
        records = get_records(model, call.ids)
        check_max_affected(self.env, len(records))
        watch(records)
        result = call.run(method_name, method, records)
        strict_types = current_preferences(self.env).strict_types
        converter = JsonConverter(strict_types, answer_size(self.env.cr))
        data = {
            "result": converter.convert(result),
            "model": model_name,
            "method": method_name,
            "ids": call.ids,
        }
        message = f"Called {method_name} of {model_name}"
        make_answer = secret_answer if asks_password(model, method) else Answer
        return make_answer(data, message)
