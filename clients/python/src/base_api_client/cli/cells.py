# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the cells of a file, or words of the command line, to values of the API."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

TRUE = ("true", "yes", "1")
FALSE = ("false", "no", "0")


def is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def convert(cell: Any, field_type: str) -> Any:
    """Return the value of a field of this type.

    :raises ValueError: with a message that completes the phrase 'expected ...'
    """
    if is_empty(cell):
        return EMPTY.get(field_type)
    converter = CONVERTERS.get(field_type)
    return converter(cell) if converter else as_text(cell)


def as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # Excel stores all numbers as floats
    if isinstance(cell, datetime):
        return as_datetime(cell)
    return str(cell)


def as_boolean(cell: Any) -> bool:
    word = as_text(cell).strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise ValueError("true or false")


def as_integer(cell: Any) -> int:
    try:
        return int(as_text(cell))
    except ValueError:
        raise ValueError("a whole number") from None


def as_number(cell: Any) -> float | int:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    try:
        # The same as in JSON: no 'nan', no '1_000'.
        number = json.loads(as_text(cell).strip(), parse_constant=_refuse_constant)
    except ValueError:
        raise ValueError("a number such as 12.5") from None
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError("a number such as 12.5")
    return number


def as_date(cell: Any) -> str:
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return as_text(cell).strip()


def as_datetime(cell: Any) -> str:
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return as_text(cell).strip()


def as_many2one(cell: Any) -> Any:
    """An id, an external id as `@base.be`, or a reference in JSON."""
    text = as_text(cell).strip()
    if text.startswith("{"):
        return as_json(text)
    if text.startswith("@"):
        return {"external_id": text[1:]}
    try:
        return int(text)
    except ValueError:
        raise ValueError("an id, or an external id such as @base.be") from None


def as_many2many(cell: Any) -> Any:
    """A list of what a many2one takes, separated by commas, or JSON."""
    text = as_text(cell).strip()
    if text.startswith(("[", "{")):
        return as_json(text)
    return [as_many2one(word) for word in split_list(text)]


def as_json(cell: Any) -> Any:
    try:
        return json.loads(as_text(cell), parse_constant=_refuse_constant)
    except ValueError:
        raise ValueError("JSON") from None


def split_list(text: str) -> list[str]:
    """Split a list as in filters: by commas, texts with a comma in double quotes."""
    [words] = csv.reader([text], skipinitialspace=True)
    return [word.strip() for word in words if word.strip()]


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "boolean": as_boolean,
    "date": as_date,
    "datetime": as_datetime,
    "float": as_number,
    "integer": as_integer,
    "json": as_json,
    "many2many": as_many2many,
    "many2one": as_many2one,
    "many2one_reference": as_integer,
    "monetary": as_number,
    "one2many": as_json,
    "properties": as_json,
    "properties_definition": as_json,
}
# What an empty cell means; null where it is not listed.
EMPTY: dict[str, Any] = {"boolean": False, "many2many": [], "one2many": []}
