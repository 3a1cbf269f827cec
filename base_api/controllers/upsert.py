# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from odoo import http
from odoo.models import BaseModel

from ..envelope import Answer
from ..errors.sent_body import RECORDS, VALUES
from ..errors.write import AmbiguousKey, ExternalIdTaken
from ..lookup import get_model
from ..operations import write_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.bodies import as_items
from ..protocol.parameters import text
from ..protocol.preferences import ECHOING
from ..reading.versions import read_version
from ..safety.rows import run_rows
from ..upserting.outcomes import CREATED, STATUSES
from ..upserting.results import FAILED, upsert_each
from ..upserting.upsert import parse_key, upsert
from ..writing.bulk import ATOMIC, check_list
from ..writing.representation import represent
from ..writing.wrapped import unwrap
from .answers import created_answer

if TYPE_CHECKING:
    from ..upserting.outcomes import Outcome


KEY = text(
    "key",
    "Fields that identify a record, separated by commas, or external_id",
    "default_code",
    required=True,
)


class UpsertController(OperationController, http.Controller):
    @api_route(
        "/upsert/<model_name>",
        methods=["PUT"],
        answer=(
            write_schemas.UPSERTED_RECORD,
            write_schemas.UPSERT_CREATED_RECORD,
            write_schemas.UPSERTED_RECORDS,
            write_schemas.UPSERT_RESULTS,
        ),
        errors=(AmbiguousKey, ExternalIdTaken),
        may_need=("create",),
        body=write_schemas.UPSERT_BODY,
        parameters=(KEY, ATOMIC),
        preferences=ECHOING,
        batch=True,
    )
    def upsert_records(
        self,
        model_name: str,
        key: str,
        body: dict[str, Any] | list[dict[str, Any]],
        atomic: bool,
    ) -> Answer:
        """Create or update records, which are found by the values of some fields."""
        model = get_model(self.env, model_name)
        model, body, pointer = unwrap(model, body, VALUES, RECORDS)
        match, rows = parse_key(model, key), as_items(body, pointer)
        if not atomic:
            check_list(body)
            return self._answer_each(model, upsert_each(model, match, rows))
        items = run_rows(
            model,
            rows,
            lambda: upsert(model, match, rows),
            lambda *row: upsert(model, match, [row]),
        )
        if isinstance(body, dict):
            return self._answer_one(*items)
        return self._answer_all(model, items)

    def _answer_one(self, item: Outcome) -> Answer:
        [row] = represent(item.record, [item.sent])
        if item.status == CREATED:
            return created_answer(item.record, row, status=CREATED)
        data = {"id": item.record.id, "record": row, "model": item.record._name}
        message = f"Record {item.record.id} in {item.record._name} {item.status}"
        version = read_version(item.record)
        return Answer(data | {"status": item.status}, message, version=version)

    def _answer_each(self, model: BaseModel, results: list[dict[str, Any]]) -> Answer:
        counts = Counter(result["status"] for result in results)
        data: dict[str, Any] = {"results": results, "model": model._name}
        data |= {status: counts[status] for status in (*STATUSES, FAILED)}
        message = f"{_count_text(counts, model)}, {counts[FAILED]} failed"
        return Answer(data, message)

    def _answer_all(self, model: BaseModel, items: list[Outcome]) -> Answer:
        records = model.browse([item.record.id for item in items])
        rows = represent(records, [item.sent for item in items])
        counts = Counter(item.status for item in items)
        data = {
            "results": [
                {"id": item.record.id, "status": item.status, "record": row}
                for item, row in zip(items, rows, strict=True)
            ],
            "model": model._name,
        }
        data |= {status: counts[status] for status in STATUSES}
        return Answer(data, _count_text(counts, model))


def _count_text(counts: Counter[str], model: BaseModel) -> str:
    parts = [f"{counts[status]} {status}" for status in STATUSES]
    return f"{', '.join(parts)} in {model._name}"
