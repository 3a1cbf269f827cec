# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sent values that the audit trail keeps, where the setting says so.

Left out: fields that only some groups may read, fields and models that hold secrets,
files, lines, and lists and objects. Long texts are cut.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from odoo.api import Environment

from ..aliases import current_name
from ..auth.administration import SECRETS, consequence
from .trail import clean

if TYPE_CHECKING:
    from odoo.fields import Field

MAX_RECORDS = 100
MAX_TEXT = 200
_KEPT_TYPES = frozenset(
    ("boolean", "char", "date", "datetime", "float", "html", "integer", "many2one")
    + ("many2one_reference", "monetary", "reference", "selection", "text")
)
_SECRET = re.compile(
    r"pass(word|wd|phrase|code)?(_|$)|pwd|secret|token|totp|otp(_|$)|credential"
    r"|(^|_)(key|pin|pins|cvc|cvv|hash|salt|signature|auth)(_|$)|api_?key|private_?key"
)


def keep_values(
    env: Environment, model_name: str, records: list[dict[str, Any]]
) -> str | None:
    """Return the values of records that may be kept as JSON text, or None.

    :param records: as they were sent
    """
    if model_name not in env or consequence(env, model_name) == SECRETS:
        return None
    rows = [_kept(env, model_name, record) for record in records[:MAX_RECORDS]]
    return json.dumps(rows, ensure_ascii=False) if any(rows) else None


def _kept(env: Environment, model_name: str, record: dict[str, Any]) -> dict[str, Any]:
    fields = env[model_name]._fields
    return {
        name: clean(value, MAX_TEXT) if isinstance(value, str) else value
        for name, value in record.items()
        if isinstance(value, str | int | float | None)
        and _may_be_kept(fields.get(current_name(model_name, name)))
    }


def _may_be_kept(field: Field | None) -> bool:
    if field is None or field.type not in _KEPT_TYPES:
        return False
    if field.groups or field.base_field.groups:
        return False
    return not _SECRET.search(field.name)
