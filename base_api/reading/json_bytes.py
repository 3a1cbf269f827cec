# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Estimate the size of values in a JSON answer before it is written.

Long texts dominate: they are measured exactly, including escapes.
"""

from json.encoder import encode_basestring
from operator import mul
from typing import Any

from odoo.fields import Field

from ..field_types import SHORT_TYPES, TEXT_TYPES, X2MANY

NUMBER = 12  # approximate bytes of a number, date, boolean or id, with its comma
LONG = 1000  # minimum length of a text that is measured exactly
MUCH = 64 * 1024  # total length of texts above which long ones are measured


def text_bytes(text: Any) -> int:
    """Return the size of a text as JSON; for a short one, its length."""
    return len(text) if len(text) < LONG else len(encode_basestring(text).encode())


def json_bytes(value: Any) -> int:
    """Return the approximate size of any value as JSON."""
    count, texts = json_size(value)
    return NUMBER * count + texts


def json_size(value: Any) -> tuple[int, int]:
    """Return the number of values in a value, and the size of its texts."""
    count, texts, waiting = 0, 0, [value]
    while waiting:
        count += 1
        value = waiting.pop()
        if isinstance(value, str):
            texts += text_bytes(value)
        elif isinstance(value, bytes):
            texts += len(value)
        elif isinstance(value, dict):
            waiting += value
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
    return count, texts


def column_bytes(
    field: Field, values: list[Any], weights: list[int] | None = None
) -> int:
    """Return the approximate size of the values of a field as JSON.

    Without `NUMBER` for each value, which is counted separately.

    :param values: as `read` returns them, one for each record
    :param weights: how often each of them is in the answer; None for once
    """
    if field.type in SHORT_TYPES:
        return 0
    if field.type in TEXT_TYPES:
        sizes = _texts(values)
    elif field.type == "many2one":
        sizes = _texts([value and value[1] for value in values])
    elif field.type in X2MANY:
        sizes = [NUMBER * len(value) for value in values]
    else:
        sizes = [json_bytes(value) for value in values]
    return sum(map(mul, sizes, weights)) if weights else sum(sizes)


def _texts(texts: list[Any]) -> list[int]:
    sizes = [len(text) if text else 0 for text in texts]
    if sum(sizes) < MUCH:
        return sizes
    return [text_bytes(text) if text else 0 for text in texts]
