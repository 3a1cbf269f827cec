# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes of many records: atomic, or with a result for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel

from ..envelope import Answer, error_body
from ..errors import InvalidParameter, RecordNotFound
from ..errors.sent_body import SentBody
from ..lookup import find_records
from ..protocol.parameters import boolean
from ..safety.preconditions import check_conditions
from ..safety.savepoints import attempt

if TYPE_CHECKING:
    from ..errors import ApiError
    from .items import Item


ATOMIC = boolean("atomic", True, "All or nothing; false: a result for each")


def check_list(body: Any) -> None:
    """Refuse `atomic=false` for a single record.

    :raise InvalidParameter: the body is not a list
    """
    if not isinstance(body, list):
        raise InvalidParameter("atomic=false needs a list of records")


def check_items(model: BaseModel, items: list[Any], operation: str) -> dict[Any, Any]:
    """Return `{id: ApiError}` of the items that cannot be carried out.

    Their records do not exist for the caller, or do not match `if_match`.

    :param operation: `write` or `unlink`
    """
    records = find_records(model, [item.id for item in items])
    found = set(records.ids)
    refused = {
        item.id: RecordNotFound.of(model, item.id)
        for item in items
        if item.id not in found
    }
    conditions = {
        item.id: item.if_match
        for item in items
        if item.if_match and item.id not in refused
    }
    if conditions:
        refused |= check_conditions(model.browse(conditions), conditions, operation)
    for item in items:
        if item.id in refused:
            error = refused[item.id]
            error.details = [item.detail(error.description, error.error_code.lower())]
    return refused


def raise_refused(refused: dict[Any, Any]) -> None:
    """Raise the first error, with the details of all errors of its class."""
    if not refused:
        return
    first, *_rest = refused.values()
    same = [error for error in refused.values() if type(error) is type(first)]
    details = [line for error in same for line in error.details]
    raise type(first)(first.description, details)


def answer_each(
    model: BaseModel,
    items: list[Item],
    done_word: str,
    task: Callable,
    refused: dict[Any, Any] | None = None,
) -> Answer:
    """Run `task(item)` for each item, independently of the others.

    :param done_word: for the message, such as `Updated`
    :param task: returns what `success` does
    :param refused: what `check_items` found
    :return: the answer, with the results in the order of the items
    """
    data = run_items(model, items, task, refused or {})
    done, total = data["succeeded"], len(items)
    return Answer(data, f"{done_word} {done} of {total} records in {model._name}")


def run_items(
    model: BaseModel, items: list[Item], task: Callable, refused: dict[Any, Any]
) -> dict[str, Any]:
    """Return the data of an answer: the results of `task(item)`, see `answer_each`."""
    results = [run_item(model, item, task, refused.get(item.id)) for item in items]
    done = sum(result["success"] for result in results)
    data = {"results": results, "succeeded": done, "failed": len(results) - done}
    return data | {"model": model._name}


def success(
    record_id: int, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> dict[str, Any]:
    """Return the result of a successful item."""
    return {"id": record_id, "success": True, "status": int(status)} | more


def run_item(
    model: BaseModel, item: Item, task: Callable, error: ApiError | None = None
) -> dict[str, Any]:
    """Return the result of `task(item)`, or its error.

    :param error: why the task is not even tried
    """
    if not error:
        is_new = item.id is None
        registry = model.env.registry
        sent = SentBody(registry, model._name, item.values, is_new, item.pointer)
        result, error = attempt(model.env, task, item, sent=sent)
    if not error:
        return result
    note = partial(model.env["api.key.refusal"]._note_error, error)
    model.env.cr.postcommit.add(note)  # in a separate transaction
    result = {"id": item.id} if item.id else {}
    result |= {"success": False, "status": int(error.code)}
    return result | {"error": error_body(error)["error"]}
