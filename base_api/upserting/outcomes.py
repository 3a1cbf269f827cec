# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of the objects of an upsert."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..orm.transactions import held
from ..safety.dry_run_diff import watch_created
from ..writing.create import create

if TYPE_CHECKING:
    from .external_id_match import ExternalIdMatch
    from .field_match import FieldMatch


CREATED, UPDATED, UNCHANGED = STATUSES = ("created", "updated", "unchanged")


@dataclass
class Outcome:
    """An object of the body, and its result.

    :param sent: the sent values of fields
    :param values: parsed; for an existing record, only those that change
    :param record: found, or created
    """

    key: tuple[Any, ...]
    pointer: str
    sent: dict
    values: dict
    record: Any
    status: str


def create_new(
    model: BaseModel, key: FieldMatch | ExternalIdMatch, items: list[Outcome]
) -> None:
    """Create the records of items, unless another transaction does the same.

    :raise odoo.exceptions.ConcurrencyError: it does; the request is repeated
    """
    check_operation(model.env, "create", model._name)
    keys = [item.key for item in items]
    pointers = [item.pointer for item in items]
    key.check_new(keys, pointers)
    take = partial(model.env["api.upsert.key"]._take, key.texts(keys))
    take()
    with held(model.env.cr, take):
        records = create(model, [item.values for item in items], pointers)
        watch_created(records)
        key.keep(keys, records)
    for item, record in zip(items, records, strict=True):
        item.record = record
