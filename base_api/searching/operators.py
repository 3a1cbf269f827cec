# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The operators of filters: on which types, and their conditions."""

import csv
from functools import partial
from typing import Any

from odoo.fields import Domain

from ..casting import to_boolean
from .name_searches import SEARCH
from .properties import Property
from .targets import FieldTarget, Target


def allowed_operators(target: Target) -> tuple[str, ...]:
    """Return the operators of a field or property; none if it cannot be filtered."""
    operators = _OPERATORS.get(target.type, ())
    if isinstance(target, FieldTarget):
        return (*operators, *_MORE.get(target.field.name, ()))
    # Every property can be empty. There is no hierarchy to search in, and no name.
    found = dict.fromkeys((*operators, "is_set") if operators else ())
    return tuple(item for item in found if item not in ("child_of", SEARCH))


def _compare(operator: str, target: Target, text: str) -> Domain:
    return target.compare(operator, target.cast(text))


def _compare_all(operator: str, target: Target, text: str) -> Domain:
    values = [target.cast(part) for part in split_values(text)]
    return target.compare(operator, values)


def _compare_ordered(
    operator: str, target: FieldTarget | Property, text: str
) -> Domain:
    return target.compare(operator, target.cast_ordered(text))


def _between(target: FieldTarget | Property, text: str) -> Domain:
    values = split_values(text)
    if len(values) != 2:
        raise ValueError("two values, separated by a comma")
    low, high = values
    return _compare_ordered(">=", target, low) & _compare_ordered("<=", target, high)


def _like(operator: str, pattern: str, target: Target, text: str) -> Domain:
    """Match text; only `like` and `ilike` support the wildcards `%` and `_`."""
    if not text:
        raise ValueError("text to search for")
    if operator == "=like":
        text = _escape(text)
    return target.compare(operator, pattern % text)


def _equal_ignoring_case(target: Target, text: str) -> Domain:
    if not text:
        return _compare("=", target, text)
    return target.compare("=ilike", _escape(text))


def _escape(text: str) -> str:
    """Return a pattern that matches exactly this text."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _is_set(target: Target, text: str) -> Domain:
    condition = target.is_set()
    return condition if to_boolean(text) else ~condition


def _child_of(target: FieldTarget, text: str) -> Domain:
    ids = [target.cast_id(part) for part in split_values(text)]
    return target.compare("child_of", ids)


def split_values(text: str) -> list[str]:
    """Return the values of a list, in which values with a comma are quoted (CSV)."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as exc:
        raise ValueError(f"values separated by commas, as in CSV ({exc})") from exc
    if len(rows) != 1 or not rows[0]:
        raise ValueError("one or more values, separated by commas")
    return rows[0]


BUILDERS: dict[str, Any] = {
    "eq": partial(_compare, "="),
    "ne": partial(_compare, "!="),
    "ieq": _equal_ignoring_case,
    "gt": partial(_compare_ordered, ">"),
    "gte": partial(_compare_ordered, ">="),
    "lt": partial(_compare_ordered, "<"),
    "lte": partial(_compare_ordered, "<="),
    "in": partial(_compare_all, "in"),
    "nin": partial(_compare_all, "not in"),
    "like": partial(_like, "like", "%s"),
    "ilike": partial(_like, "ilike", "%s"),
    "startswith": partial(_like, "=like", "%s%%"),
    "endswith": partial(_like, "=like", "%%%s"),
    "is_set": _is_set,
    "child_of": _child_of,
    "between": _between,
}
NAMES = (*BUILDERS, SEARCH)

LISTS = ("in", "nin", "child_of")

# Operators of each type of fields and properties.
_EQUAL = ("eq", "ne", "in", "nin")
_ORDERED = ("gt", "gte", "lt", "lte", "between")
LIKE = ("ieq", "like", "ilike", "startswith", "endswith")
ANCHORED = ("ieq", "startswith")  # patterns that begin with fixed text
_NUMBER = (*_EQUAL, *_ORDERED)
_RECORDS = (*_EQUAL, "is_set", "child_of", SEARCH)
_MORE = {"id": ("child_of",), "display_name": (SEARCH,)}  # of fields of these names
_OPERATORS = {
    "boolean": _EQUAL,
    "integer": _NUMBER,
    "float": _NUMBER,
    "monetary": _NUMBER,
    "date": (*_NUMBER, "is_set"),
    "datetime": (*_NUMBER, "is_set"),
    "char": (*_NUMBER, *LIKE, "is_set"),
    "text": (*_EQUAL, *LIKE, "is_set"),
    "html": (*_EQUAL, *LIKE, "is_set"),
    "selection": (*_EQUAL, "is_set"),
    "tags": (*_EQUAL, "is_set"),  # of properties
    "reference": (*_EQUAL, "is_set"),
    "many2one_reference": (*_EQUAL, "is_set"),
    "many2one": _RECORDS,
    "one2many": _RECORDS,
    "many2many": _RECORDS,
    "binary": ("is_set",),
}
