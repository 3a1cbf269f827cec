# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Paths of records and files in the API."""

import re
from functools import lru_cache

from odoo.models import BaseModel

PREFIX = "/api/v2"
LIVE, READY = "/health/live", "/health/ready"
# With or without a converter, as in <int:record_id>.
PATH_VARIABLE = re.compile(r"<(?:[^<>]*:)?(\w+)>")


@lru_cache(maxsize=1024)
def path_template(path: str) -> str:
    """Return a declared path as a template of OpenAPI, without `/api/v2`.

    :param path: of werkzeug, such as `/api/v2/users/<user_id>`
    """
    return PATH_VARIABLE.sub(r"{\1}", path.removeprefix(PREFIX))


def record_address(record: BaseModel) -> str:
    return f"{PREFIX}/search/{record._name}/{record.id}"


def file_address(record: BaseModel, field_name: str) -> str:
    return f"{PREFIX}/binary/{record._name}/{record.id}/{field_name}"
