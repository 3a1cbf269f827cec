# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words of the command line: `name=value`, JSON."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from .problem import UsageProblem


def split_pairs(words: Iterable[str], what: str) -> list[tuple[str, str]]:
    """Return the pairs of `name=value`.

    :param what: what such a word is, for messages
    :raises UsageProblem: if a word is not a pair
    """
    pairs = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UsageProblem(f"'{word}' is not {what}")
        pairs.append((name, value))
    return pairs


def read_json(text: str, option: str) -> Any:
    """Return a value given as JSON, `-` for that on stdin.

    :raises UsageProblem: if it is not valid JSON
    """
    try:
        return json.loads(sys.stdin.read() if text == "-" else text)
    except ValueError as error:
        raise UsageProblem(f"{option} is not valid JSON: {error}") from None
