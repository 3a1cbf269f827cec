# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`external_id` and `external_ids` as members of records in answers."""

from typing import Any

from odoo.models import BaseModel

from ..external_ids import EXTERNAL_ID, names_by_id
from ..protocol.preferences import current_preferences


def put_external_ids(
    model: BaseModel, rows: list[dict[str, Any]], members: list[str]
) -> None:
    """Add the external ids to rows of records that the caller may see.

    :param rows: with the `id` of each record
    :param members: `external_id` for the oldest one of a record, `external_ids` for all
    """
    empty = None if current_preferences(model.env).strict_types else False
    names = names_by_id(model, [row["id"] for row in rows])
    for row in rows:
        texts = names.get(row["id"], [])
        for member in members:
            first = texts[0] if texts else empty
            row[member] = first if member == EXTERNAL_ID else texts
