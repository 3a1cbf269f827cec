# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From what a client writes to what the ORM reads, one value at a time.

Every function returns the value or raises `ValueError` with what it expected, to
be put behind "expected": "a whole number", "a date as YYYY-MM-DD".
"""

import base64
import string
from datetime import date, datetime, timezone
from typing import Any

# PostgreSQL's integer, which holds Odoo's Integer fields and ids.
INTEGER_MIN, INTEGER_MAX = -(2**31), 2**31 - 1
MAX_NAMES = 10_000  # in one text
FLOAT_MAX = 1e100  # Odoo's rounding overflows far above
# An earlier year is printed with fewer digits and misread; a later has no next day.
OLDEST_YEAR, LATEST_YEAR = 1000, 9998
_SPACES = string.whitespace.encode()


def to_boolean(text: str) -> bool:
    """Cast `true` or `false` (also `1` and `0`), in any case."""
    try:
        return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
    except KeyError:
        raise ValueError("true or false") from None


def to_integer(value: Any, low: int = INTEGER_MIN, high: int = INTEGER_MAX) -> int:
    """Cast a whole number between `low` and `high`, or its text."""
    expected = f"a whole number from {low} to {high}"
    # int() also takes "1_000", " 1 " and "١": nobody means those.
    if isinstance(value, str) and not value.removeprefix("-").isascii():
        raise ValueError(expected)
    if isinstance(value, str) and value.removeprefix("-").isdigit() and len(value) < 20:
        value = int(value)
    if type(value) is not int or not low <= value <= high:
        raise ValueError(expected)
    return value


def to_text(value: Any) -> str:
    """Check a text."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def to_choice(value: Any, values: tuple[str, str] | dict[str, Any]) -> str:
    """Check one of some texts."""
    if value not in values:
        raise ValueError("one of " + ", ".join(values))
    return value


def to_id(value: Any) -> int:
    """Cast the id of a record."""
    return to_integer(value, low=1)


def to_ids(text: str) -> list[int]:
    """Cast the ids of records, separated by commas."""
    return [to_id(part.strip()) for part in text.split(",")]


def to_names(value: Any) -> list[str]:
    """Check names in a text, separated by commas, or in a list; each comes once.

    What follows after `MAX_NAMES` in a text is one more name.
    """
    names = value.split(",", MAX_NAMES) if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("names, in a list or separated by commas")
    return list(dict.fromkeys(filter(None, map(str.strip, names))))


def to_float(value: Any) -> float:
    """Cast a number, or its text."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("a number") from None
    if not abs(number) <= FLOAT_MAX:  # nor NaN
        raise ValueError(f"a number from -{FLOAT_MAX:g} to {FLOAT_MAX:g}")
    return number


def to_date(value: Any) -> date:
    """Cast an ISO 8601 date."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        day = date.min
    if not OLDEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError("a date as YYYY-MM-DD")
    return day


def to_datetime(value: Any) -> datetime:
    """Cast an ISO 8601 date and time, without offset in UTC, to naive UTC."""
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (AttributeError, TypeError, ValueError, OverflowError):
        moment = datetime.min
    if not OLDEST_YEAR <= moment.year <= LATEST_YEAR:
        raise ValueError(
            "a date and time as YYYY-MM-DD HH:MM:SS, in UTC or with offset"
        )
    return moment.replace(microsecond=0)


def to_base64(value: Any) -> str:
    """Check base64 text (RFC 4648, section 4); line breaks are dropped."""
    try:
        # Not split(), which makes an object of each piece.
        text = value.encode("ascii").translate(None, _SPACES).decode()
        base64.b64decode(text, validate=True)
    except (AttributeError, ValueError):
        raise ValueError("the file's content in base64") from None
    return text


def to_reference(value: Any, model_names: Any) -> Any:
    """Check the `model,id` of a reference field to one of `model_names`."""
    if not isinstance(value, str):
        raise ValueError("a record as 'model,id'")
    model_name, _, record_id = value.partition(",")
    if model_name not in model_names:
        raise ValueError("a record as 'model,id', of " + ", ".join(model_names))
    return f"{model_name},{to_id(record_id)}"
