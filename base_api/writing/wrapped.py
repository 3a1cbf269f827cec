# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies with a context beside the values: `{"context": {...}, "values": {...}}`."""

from __future__ import annotations

from typing import Any

from odoo.models import BaseModel

from ..errors import InvalidValue, NoData
from ..errors.details import WRONG_TYPE, member_detail
from ..errors.sent_body import (
    CONTEXT,
    IDS_AND_VALUES,
    RECORDS,
    VALUES,
    wrapped_form,
)
from ..protocol.bodies import check_records
from .context import parse_context, with_context


def unwrap(model: BaseModel, body: Any, *forms: str) -> tuple[BaseModel, Any, str]:
    """Return the model in the context of a body, the body itself, and its pointer.

    :param forms: the members that may be beside the context: `VALUES` for one record,
        `RECORDS` for a list, `IDS_AND_VALUES` for an update, which keeps its form
    :raise InvalidParameter: the context, see `parse_context`
    :raise NoData: `records` is empty
    :raise ApiError: `records` is no list of objects, or `values` no object
    """
    form = wrapped_form(body)
    if form not in forms:
        return model, body, ""
    model = with_context(model, parse_context(model, body[CONTEXT]))
    if form == RECORDS:
        rows = body[RECORDS]
        if not isinstance(rows, list):
            _refuse(RECORDS, "a list of objects")
        if not rows:
            raise NoData(f"{RECORDS} is empty: send at least one")
        check_records(rows)
        return model, rows, f"/{RECORDS}"
    if form == IDS_AND_VALUES:
        return model, {name: body[name] for name in body if name != CONTEXT}, ""
    if not isinstance(body[VALUES], dict):
        _refuse(VALUES, "an object")
    return model, body[VALUES], f"/{VALUES}"


def _refuse(name: str, expected: str) -> None:
    message = f"{name}: expected {expected}"
    raise InvalidValue(message, [member_detail(f"/{name}", message, WRONG_TYPE)])
