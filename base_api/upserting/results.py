# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Upserts of lists with a result for each object, independently of the others."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel

from ..errors import ApiError
from ..errors.sent_body import SentBody
from ..orm.spending import spent_so_far, start_spending
from ..safety.savepoints import attempt
from ..writing.bulk import run_item
from ..writing.items import Item
from ..writing.representation import represent
from .outcomes import CREATED, Outcome
from .upsert import check_writes, read_items, write_items

if TYPE_CHECKING:
    from .external_id_match import ExternalIdMatch
    from .field_match import FieldMatch


FAILED = "failed"


def upsert_each(
    model: BaseModel, key: FieldMatch | ExternalIdMatch, bodies: list[tuple[Any, str]]
) -> list[dict[str, Any]]:
    """Create or update what is valid, and report the errors of the other objects.

    :param bodies: objects and their pointers, see `as_items`
    :return: the results in the order of the objects
    :raise MaxAffectedExceeded: before anything is written
    """
    found = _read_each(model, key, bodies)
    check_writes(model, [item for item, _error in found if item])
    results = []
    for (values, pointer), (outcome, error) in zip(bodies, found, strict=True):

        def write(_item: Item, outcome: Any = outcome) -> dict[str, Any]:
            write_items(model, key, [outcome])
            return _success(outcome)

        item = Item(None, pointer=pointer, values=values)
        results.append(_with_status(run_item(model, item, write, error)))
    return results


def _read_each(
    model: BaseModel, key: FieldMatch | ExternalIdMatch, bodies: list[tuple[Any, str]]
) -> list[tuple[Outcome | None, ApiError | None]]:
    """Return the `Outcome` of each object, or its error."""
    spent = spent_so_far(model.env.cr)
    outcomes, error = attempt(model.env, read_items, model, key, bodies, {})
    if error is None:
        return [(outcome, None) for outcome in outcomes]
    start_spending(model.env.cr, spent)
    earlier: dict[Any, str] = {}
    found = []
    for values, pointer in bodies:
        sent = SentBody(model.env.registry, model._name, values, True, pointer)
        row = [(values, pointer)]
        outcomes, error = attempt(
            model.env, read_items, model, key, row, earlier, sent=sent
        )
        found.append((outcomes[0] if outcomes else None, error))
    return found


def _success(outcome: Outcome) -> dict[str, Any]:
    is_new = outcome.status == CREATED
    [row] = represent(outcome.record, [outcome.sent])
    return {
        "id": outcome.record.id,
        "success": True,
        "status": outcome.status,
        "http_status": int(HTTPStatus.CREATED if is_new else HTTPStatus.OK),
        "record": row,
    }


def _with_status(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result of `run_item` in which `status` is a word in any case."""
    if result["success"]:
        return result
    error = {"success": False, "status": FAILED, "http_status": result["status"]}
    return error | {"error": result["error"]}
