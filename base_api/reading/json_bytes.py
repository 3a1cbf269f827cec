# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""About how many bytes values take in a JSON answer, before it is written.

Texts decide, above all the long ones: those are measured with what escapes add.
"""

from json.encoder import encode_basestring
from operator import mul
from typing import Any

from odoo.fields import Field

from ..field_types import SHORT_TYPES, TEXT_TYPES, X2MANY

NUMBER = 12  # or a date, a boolean, an id: with its comma, about
LONG = 1000  # characters from which on a text is measured exactly
MUCH = 64 * 1024  # characters of all texts from which on the long ones are


def text_bytes(text: Any) -> int:
    """Return how many bytes a text is as JSON; of a short one, its characters."""
    return len(text) if len(text) < LONG else len(encode_basestring(text).encode())


def json_bytes(value: Any) -> int:
    """Return about how many bytes any value is as JSON."""
    count, texts = json_size(value)
    return NUMBER * count + texts


def json_size(value: Any) -> tuple[int, int]:
    """Return how many values there are in a value, and the bytes of all its texts."""
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
    """Return about how many bytes the values of a field are as JSON.

    Without `NUMBER` for each value, which they are all counted with.

    :param values: as `read` has them, one for each record
    :param weights: how often each of them is in the answer; nothing for once
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
