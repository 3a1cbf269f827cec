# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers that several controllers give."""

from http import HTTPStatus
from typing import Any

from odoo.models import BaseModel

from ..envelope import Answer
from ..protocol.addresses import record_address
from ..reading.versions import read_version


def created_answer(record: BaseModel, row: dict[str, Any], **more: Any) -> Answer:
    """Return the answer to a request that created one record.

    :param row: the record as JSON
    """
    data = {"id": record.id, "record": row, "model": record._name} | more
    return Answer(
        data,
        f"Created record {record.id} in {record._name}",
        HTTPStatus.CREATED,
        {"Location": record_address(record)},
        read_version(record),
    )
