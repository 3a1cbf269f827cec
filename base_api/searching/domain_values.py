# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The values of conditions in domains."""

from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel
from odoo.tools.date_utils import parse_date

from ..casting import to_id
from ..field_types import LIKE_TYPES, ORDERED_TYPES, TEXT_TYPES
from .conditions import cast_ordered, cast_value
from .domain_operators import HIERARCHY, LIKE, LIST, ORDERED, PATTERNS

_RELATIVE_DATE = ("today", "now", "+", "-", "=")


def check_value(model: BaseModel, field: Field, operator: str, value: Any) -> Any:
    if operator in LIKE:
        return check_pattern(field.type, operator, value)
    if operator in ORDERED:
        return _cast_ordered(model.env, field, value)
    if operator in HIERARCHY:
        return _cast_hierarchy(field, value)
    if operator not in LIST:
        return _cast(model.env, field, value)
    if not isinstance(value, list):
        raise ValueError("a list")
    return [_cast(model.env, field, item) for item in value]


def check_pattern(kind: str, operator: str, value: Any) -> str:
    if kind not in LIKE_TYPES:
        raise ValueError("another operator")
    if not isinstance(value, str):
        raise ValueError("text")
    escapes = len(value) - len(value.rstrip("\\"))
    if operator in PATTERNS and escapes % 2:
        raise ValueError("a pattern that does not end with a single backslash")
    return value


def _cast_hierarchy(field: Field, value: Any) -> list[Any]:
    if field.name != "id" and not field.relational:
        raise ValueError("another operator")
    values = value if isinstance(value, list) else [value]
    for item in values:
        if type(item) not in (int, str):
            raise ValueError("ids or names")
    return [item if isinstance(item, str) else to_id(item) for item in values]


def _cast_ordered(env: Environment, field: Field, value: Any) -> Any:
    if field.type not in ORDERED_TYPES:
        raise ValueError("another operator")
    if isinstance(value, bool | list | dict | None):
        raise ValueError("one value")
    if _is_relative_date(env, field, value):
        return value
    return cast_ordered(field, str(value) if field.type in TEXT_TYPES else value)


def _cast(env: Environment, field: Field, value: Any) -> Any:
    if value is None or value is False:
        return False
    if isinstance(value, list | dict):
        raise ValueError("one value")
    if field.type == "boolean" and type(value) in (bool, int):
        return cast_value(env, field, str(int(value)))
    if field.type == "boolean" and isinstance(value, str):
        return cast_value(env, field, value)
    if value is True or field.type == "boolean":
        raise ValueError("true or false" if field.type == "boolean" else "one value")
    if field.type in TEXT_TYPES:
        return str(value)
    if _is_relative_date(env, field, value):
        return value
    return cast_value(env, field, value)


def _is_relative_date(env: Environment, field: Field, value: Any) -> bool:
    """Tell whether this is one of Odoo's relative dates, such as `today -7d`."""
    if (
        field.type not in ("date", "datetime")
        or not isinstance(value, str)
        or not value.startswith(_RELATIVE_DATE)
    ):
        return False
    try:
        parse_date(value, env)
    except OverflowError:
        raise ValueError("a date closer to today") from None
    return True
