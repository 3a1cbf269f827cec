# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo import http
from odoo.models import BaseModel

from ..envelope import Answer, counted
from ..errors import NoData, RecordNotFound
from ..errors.sent_body import IDS_AND_VALUES, RECORDS
from ..errors.write import AmbiguousKey
from ..lookup import get_model
from ..operations import write_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.preferences import ECHOING, WRITING
from ..safety.dry_run_diff import watch
from ..safety.max_affected import check_max_affected
from ..safety.preconditions import IF_MATCH, refuse_if_match
from ..safety.rows import run_rows
from ..writing.bulk import (
    ATOMIC,
    answer_each,
    check_items,
    raise_refused,
    success,
)
from ..writing.items import IDS, parse_deletes, parse_updates
from ..writing.representation import represent
from ..writing.update import update
from ..writing.values import (
    depends_on_record,
    look_up,
    parse_values,
    written_names,
)
from ..writing.wrapped import unwrap

if TYPE_CHECKING:
    from ..writing.items import Item


class BulkController(OperationController, http.Controller):
    @api_route(
        "/update/<model_name>",
        methods=["PATCH"],
        answer=(write_schemas.UPDATED_RECORDS, write_schemas.ITEM_RESULTS),
        errors=(AmbiguousKey, RecordNotFound),
        parameters=(ATOMIC, IF_MATCH),
        body=write_schemas.BULK_UPDATE_BODY,
        preferences=ECHOING,
        batch=True,
    )
    def update_records(
        self,
        model_name: str,
        body: dict[str, Any] | list[dict[str, Any]],
        atomic: bool,
        if_match: Any,
    ) -> Answer:
        """Write the same values to many records, or different ones to each."""
        refuse_if_match(if_match)
        model = get_model(self.env, model_name)
        model, body, pointer = unwrap(model, body, RECORDS, IDS_AND_VALUES)
        items = parse_updates(model, body, pointer)
        check_max_affected(self.env, len(items))
        refused = check_items(model, items, "write")
        if not atomic:
            return self._update_each(model, items, refused)
        raise_refused(refused)
        records = model.browse(item.id for item in items)
        watch(records)
        more = {}
        if isinstance(body, dict):
            values = self._update_same(records, body["values"])
            more["updated_fields"] = written_names(model, body["values"], values)
        else:
            self._update_all(model, items)
        rows = represent(records, [item.values for item in items])
        data = {"ids": records.ids, "records": rows, "count": len(rows)}
        data |= {"model": model_name} | more
        return Answer(data, f"Updated {counted(len(rows), 'record')} in {model_name}")

    def _update_same(self, records: BaseModel, sent: dict[str, Any]) -> dict[str, Any]:
        """Write the same values to all records, and return them.

        Properties and matched lines depend on each record.
        """
        values = {}
        for part in records if depends_on_record(records, sent) else [records]:
            values = parse_values(part, sent, "/values")
            update(part, values)
        return values

    def _update_all(self, model: BaseModel, items: list[Item]) -> None:
        by_pointer = {item.pointer: model.browse(item.id) for item in items}

        def write_rows(*rows: tuple[Any, str]) -> None:
            look_up(model, [sent for sent, _pointer in rows])
            parsed = [
                (by_pointer[pointer], parse_values(by_pointer[pointer], sent, pointer))
                for sent, pointer in rows
            ]
            for record, values in parsed:
                update(record, values)

        rows = [(item.values, item.pointer) for item in items]
        run_rows(model, rows, lambda: write_rows(*rows), lambda *row: write_rows(row))

    def _update_each(
        self, model: BaseModel, items: list[Item], refused: dict[Any, Any]
    ) -> Answer:
        def update_one(item: Any) -> dict[str, Any]:
            record = model.browse(item.id)
            watch(record)
            update(record, parse_values(record, item.values, item.pointer))
            return success(item.id, record=represent(record, [item.values])[0])

        look_up(model, [item.values for item in items])
        return answer_each(model, items, "Updated", update_one, refused)

    @api_route(
        "/delete/<model_name>",
        methods=["DELETE"],
        answer=(write_schemas.DELETED_RECORDS, write_schemas.DELETE_RESULTS),
        errors=(NoData, RecordNotFound),
        parameters=(ATOMIC, IDS, IF_MATCH),
        body=write_schemas.BULK_DELETE_BODY,
        preferences=WRITING,
        batch=True,
    )
    def delete_records(
        self,
        model_name: str,
        body: dict[str, Any] | list[dict[str, Any]],
        ids: list[int | str] | tuple[Any, ...],
        atomic: bool,
        if_match: Any,
    ) -> Answer:
        """Delete many records."""
        refuse_if_match(if_match)
        model = get_model(self.env, model_name)
        items = parse_deletes(model, body, ids)
        check_max_affected(self.env, len(items))
        refused = check_items(model, items, "unlink")
        if not atomic:
            return self._delete_each(model, items, refused)
        raise_refused(refused)
        records = model.browse(item.id for item in items)
        watch(records)
        records.unlink()
        data = {"ids": records.ids, "count": len(items), "model": model_name}
        return Answer(data, f"Deleted {counted(len(items), 'record')} in {model_name}")

    def _delete_each(
        self, model: BaseModel, items: list[Item], refused: dict[Any, Any]
    ) -> Answer:
        def delete(item: Any) -> dict[str, Any]:
            record = model.browse(item.id)
            watch(record)
            record.unlink()
            return success(item.id)

        return answer_each(model, items, "Deleted", delete, refused)
