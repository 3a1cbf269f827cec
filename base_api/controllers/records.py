# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from http import HTTPStatus
from typing import Any

from odoo import http
from odoo.models import BaseModel

from ..envelope import Answer, counted
from ..lookup import get_model, get_record
from ..operations import write_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.bodies import as_items
from ..protocol.preferences import ECHOING, WRITING
from ..reading.versions import read_version
from ..safety.dry_run_diff import watch, watch_created
from ..safety.max_affected import check_max_affected
from ..safety.preconditions import IF_MATCH, check_if_match
from ..safety.rows import run_rows
from ..writing.bulk import ATOMIC, answer_each, check_list, success
from ..writing.create import create
from ..writing.items import Item
from ..writing.representation import represent
from ..writing.translated_records import write
from ..writing.values import parse_values, written_names
from .answers import created_answer


class RecordsController(OperationController, http.Controller):
    @api_route(
        "/create/<model_name>",
        methods=["POST"],
        answer=(
            write_schemas.CREATED_RECORD,
            write_schemas.CREATED_RECORDS,
            write_schemas.ITEM_RESULTS,
        ),
        body=write_schemas.RECORDS_BODY,
        parameters=(ATOMIC,),
        preferences=ECHOING,
        batch=True,
    )
    def create_records(
        self, model_name: str, body: dict[str, Any] | list[dict[str, Any]], atomic: bool
    ) -> Answer:
        """Create a record, or a list of records."""
        model = get_model(self.env, model_name)
        items = as_items(body)
        check_max_affected(self.env, len(items))
        if not atomic:
            check_list(body)
            return self._create_each(model, items)
        records = self._create_all(model, items)
        rows = represent(records, [sent for sent, _pointer in items])
        if isinstance(body, dict):
            return created_answer(records, rows[0])
        data = {"ids": records.ids, "records": rows, "model": model_name}
        message = f"Created {counted(len(records), 'record')} in {model_name}"
        return Answer(data, message, HTTPStatus.CREATED)

    def _create_all(self, model: BaseModel, items: list[tuple[Any, str]]) -> BaseModel:
        def create_rows(*rows: tuple[Any, str]) -> BaseModel:
            values = [parse_values(model, *row) for row in rows]
            records = create(model, values, [pointer for _sent, pointer in rows])
            watch_created(records)
            return records

        return run_rows(
            model,
            items,
            lambda: create_rows(*items),
            lambda *row: create_rows(row),
        )

    def _create_each(self, model: BaseModel, sent: list[tuple[Any, str]]) -> Answer:
        """Create the valid records of a list, and report the errors of the others."""

        def create_one(item: Item) -> dict[str, Any]:
            values = parse_values(model, item.values, item.pointer)
            [record] = create(model, [values], [item.pointer])
            watch_created(record)
            row = represent(record, [item.values])[0]
            return success(record.id, HTTPStatus.CREATED, record=row)

        items = [Item(None, pointer=pointer, values=values) for values, pointer in sent]
        return answer_each(model, items, "Created", create_one)

    @api_route(
        "/update/<model_name>/<record_id>",
        methods=["PUT", "PATCH"],
        answer=write_schemas.UPDATED_RECORD,
        parameters=(IF_MATCH,),
        body=write_schemas.RECORD_BODY,
        preferences=ECHOING,
        batch=True,
    )
    def update_record(
        self, model_name: str, record_id: str, body: dict[str, Any], if_match: Any
    ) -> Answer:
        """Change the fields of a record that were sent."""
        model = get_model(self.env, model_name)
        record = get_record(model, record_id)
        check_max_affected(self.env, 1)
        check_if_match(record, if_match, "write")
        watch(record)
        values = parse_values(record, body)
        write(record, values)
        data = {
            "id": record.id,
            "record": represent(record, [body])[0],
            "updated_fields": written_names(model, body, values),
        }
        message = f"Updated record {record.id} in {model_name}"
        return Answer(data, message, version=read_version(record))

    @api_route(
        "/delete/<model_name>/<record_id>",
        methods=["DELETE"],
        answer=write_schemas.DELETED_RECORD,
        parameters=(IF_MATCH,),
        preferences=WRITING,
        batch=True,
    )
    def delete_record(self, model_name: str, record_id: str, if_match: Any) -> Answer:
        """Delete a record."""
        record = get_record(get_model(self.env, model_name), record_id)
        check_max_affected(self.env, 1)
        check_if_match(record, if_match, "unlink")
        data = {"id": record.id, "model": model_name}
        watch(record)
        record.unlink()
        return Answer(data, f"Deleted record {data['id']} in {model_name}")
