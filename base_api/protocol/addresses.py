# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Paths of records and files in the API."""

from odoo.models import BaseModel

PREFIX = "/api/v2"


def record_address(record: BaseModel) -> str:
    return f"{PREFIX}/search/{record._name}/{record.id}"


def file_address(record: BaseModel, field_name: str) -> str:
    return f"{PREFIX}/binary/{record._name}/{record.id}/{field_name}"
