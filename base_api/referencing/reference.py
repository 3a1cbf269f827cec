# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""References to records in JSON, instead of their ids.

A reference is an object that identifies a record: `{"external_id": "base.be"}`, or by
the values of fields, `{"code": "BE"}`. With `"create": true`, a record that does not
exist is created from the values beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..external_ids import EXTERNAL_ID

CREATE = "create"
_FORMS = f'a reference such as {{"{EXTERNAL_ID}": "module.name"}} or {{"code": "BE"}}'


@dataclass(frozen=True)
class Reference:
    """A parsed reference.

    :param identity: `{"external_id": ...}`, or `{field: value}`, as they were sent
    :param values: of a new record; None if it must exist
    """

    identity: dict[str, Any]
    values: dict[str, Any] | None

    @cached_property
    def text(self) -> str:
        """The identity as text, the same for equal ones."""
        return json.dumps(self.identity, sort_keys=True)

    def __str__(self) -> str:
        parts = (f"{name} {json.dumps(value)}" for name, value in self.identity.items())
        return ", ".join(parts)[:200]


def is_reference(value: Any) -> bool:
    """Tell whether a value for a relation is meant as a reference.

    Answers contain `{"id": 9, "display_name": "Belgium"}`, which is not one.
    """
    return isinstance(value, dict) and "id" not in value


def parse_reference(value: dict[str, Any]) -> Reference:
    """Return the reference of a JSON object.

    :raise ValueError: saying what was expected
    """
    values = dict(value)
    creates = values.pop(CREATE, False)
    if not isinstance(creates, bool):
        raise ValueError(f'true or false for "{CREATE}" in a reference')
    if not values:
        raise ValueError(_FORMS)
    if EXTERNAL_ID not in values:
        return Reference(values, values if creates else None)
    identity = {EXTERNAL_ID: values.pop(EXTERNAL_ID)}
    if values and not creates:
        raise ValueError(
            f'"{EXTERNAL_ID}" alone in a reference, or "{CREATE}": true beside values'
        )
    return Reference(identity, values if creates else None)
