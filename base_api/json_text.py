# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write JSON (RFC 8259)."""

import json
from datetime import date, datetime
from typing import Any

from odoo.tools import json as odoo_json

MAX_DEPTH = 200  # nesting of objects and lists


def load_json(text: str) -> dict[str, Any] | list[Any]:
    """Return the value of a JSON text.

    :raise ValueError: it is not JSON, too deep, or PostgreSQL cannot store it
    """
    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, object_pairs_hook=_make_object
        )
        if text.count("{") + text.count("[") > MAX_DEPTH:
            _check_depth(value)
        if "\\u" in text:
            _check_text(value)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return value


def _make_object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that occurs twice, of which Python would keep the last."""
    value = dict(members)
    if len(value) < len(members):
        names = [name for name, _item in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member '{twice[:80]}' occurs twice in one object")
    return value


def _check_depth(value: dict[str, Any] | list[Any]) -> None:
    depth, level = 0, [value]
    while level := [item for outer in level for item in _containers(outer)]:
        depth += 1
        if depth >= MAX_DEPTH:
            raise ValueError(f"it is nested more than {MAX_DEPTH} levels deep")


def _containers(value: dict[str, Any] | list[Any]) -> list[Any]:
    """Return the objects and lists that are directly in one."""
    items = value.values() if isinstance(value, dict) else value
    return [item for item in items if isinstance(item, dict | list)]


def _refuse_constant(name: str) -> None:
    # Python accepts NaN and Infinity, which are not JSON (RFC 8259, section 6).
    raise ValueError(f"{name} is not a JSON value")


def _check_text(value: Any) -> None:
    """Refuse characters that JSON can escape but PostgreSQL cannot store."""
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("a string contains a NUL character")
        value.encode()  # UnicodeEncodeError, a ValueError, on a lone surrogate
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_text(name)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)


def json_default(value: Any) -> Any:
    """Return the JSON value of other types, as `odoo.tools.json.json_default` does.

    With years of four digits, also before the year 1000 (`strftime` leaves out zeros).
    """
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return odoo_json.json_default(value)
