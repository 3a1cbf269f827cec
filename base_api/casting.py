# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse single values that clients send.

Each function returns the parsed value, or raises `ValueError` with a message that
completes the phrase "expected ...", such as "a whole number".
"""

import base64
import string
from collections.abc import Collection
from datetime import date, datetime, time, timezone
from typing import Any

# Range of PostgreSQL's integer, the type of Odoo's Integer fields and ids.
INTEGER_MIN, INTEGER_MAX = -(2**31), 2**31 - 1
MAX_NAMES = 10_000  # in one text
FLOAT_MAX = 1e100  # Odoo's rounding overflows far above
_SPACES = string.whitespace.encode()


def to_boolean(text: str) -> bool:
    """Parse `true` or `false` (also `1` and `0`), in any case."""
    try:
        return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
    except KeyError:
        raise ValueError("true or false") from None


def to_integer(value: Any, low: int = INTEGER_MIN, high: int = INTEGER_MAX) -> int:
    """Parse a whole number between `low` and `high`, or its text.

    `5.0` is one, too: some JSON libraries (Gson, R) write all numbers like that.
    """
    expected = f"a whole number from {low} to {high}"
    # int() also accepts "1_000", " 1 " and "١".
    if isinstance(value, str) and not value.removeprefix("-").isascii():
        raise ValueError(expected)
    if isinstance(value, str) and value.removeprefix("-").isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is not int or not low <= value <= high:
        raise ValueError(expected)
    return value


def to_text(value: Any) -> str:
    """Check that a value is a string."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def to_choice(value: Any, values: Collection[str]) -> str:
    """Check that a value is one of the allowed ones."""
    if value not in values:
        raise ValueError("one of " + ", ".join(values))
    return value


def to_id(value: Any) -> int:
    """Parse the id of a record."""
    return to_integer(value, low=1)


def to_ids(text: str) -> list[int]:
    """Parse ids of records, separated by commas."""
    return [to_id(part.strip()) for part in text.split(",")]


def to_names(value: Any) -> list[str]:
    """Parse names in a string, separated by commas, or in a list; without duplicates.

    What follows `MAX_NAMES` names in a string counts as one more name.
    """
    names = value.split(",", MAX_NAMES) if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("names, in a list or separated by commas")
    return list(dict.fromkeys(filter(None, map(str.strip, names))))


def to_float(value: Any) -> float:
    """Parse a number, or its text."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("a number") from None
    if not abs(number) <= FLOAT_MAX:  # nor NaN
        raise ValueError(f"a number from -{FLOAT_MAX:g} to {FLOAT_MAX:g}")
    return number


def to_day(value: Any) -> date:
    """Parse an ISO 8601 date."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("a date as YYYY-MM-DD") from None


def to_date(value: Any) -> date:
    """Parse an ISO 8601 date, for a date field.

    A date and time is accepted if its time is midnight at the offset that was sent:
    JavaScript writes dates like that. Any other time could mean another day.
    """
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        return to_day(value)
    if moment.time() != time.min:
        raise ValueError("a date as YYYY-MM-DD, without a time")
    return moment.date()


class Instant(datetime):
    """A datetime that was sent with a fraction of a second."""


def to_datetime(value: Any) -> datetime:
    """Parse an ISO 8601 date and time to naive UTC; without an offset it is UTC.

    Fractions of a second are cut off, as Odoo's forms do.
    """
    return _to_utc(value).replace(microsecond=0)


def to_moment(value: Any) -> datetime:
    """Parse like `to_datetime`, but return an `Instant` for a fraction of a second."""
    moment = _to_utc(value)
    if "." in value or "," in value:
        return Instant.combine(moment.date(), moment.time())
    return moment


def _to_utc(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise ValueError(
            "a date and time as YYYY-MM-DD HH:MM:SS, in UTC or with offset"
        ) from None
    return moment


def to_base64(value: Any) -> str:
    """Check base64 text (RFC 4648, section 4); whitespace is removed."""
    try:
        # Not split(), which creates an object for each piece.
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
