# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse single JSON values for the ORM."""

from typing import Any

from .. import casting


class RefusedValue(Exception):
    """An error of one value, with its message and its code in `details`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def parse_boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def parse_text(value: Any) -> str:
    if isinstance(value, bool | list | dict):
        raise ValueError("text")
    return str(value)


def parse_json(value: Any) -> dict[str, Any] | list[Any]:
    if not isinstance(value, dict | list):
        raise ValueError("an object or a list")
    return value


def parse_many2one(value: Any) -> int:
    # Answers contain [id, name], or an object: values that were read can be sent back.
    if isinstance(value, list) and len(value) == 2:
        value = value[0]
    if isinstance(value, dict) and {"id"} <= set(value) <= {"id", "display_name"}:
        value = value["id"]
    if isinstance(value, str):
        example = '{"external_id": "base.be"}'
        raise ValueError(f"the id of a record, or a reference such as {example}")
    return casting.to_id(value)


def parse_many2one_reference(value: Any) -> int | bool:
    # Read as 0 where it is empty.
    return casting.to_integer(value, low=0) or False
