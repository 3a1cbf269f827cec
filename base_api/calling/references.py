# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""References in a step of a batch to the answers of earlier steps.

In a body, `{"$ref": "order.record.order_line.0"}` is replaced by the value; in a path,
`{order.id}` by its text. A reference consists of the name of a step and the path in its
data: members of objects and positions in lists.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from ..errors import InvalidJson, InvalidReference, PayloadTooLarge
from ..errors.details import NOT_ALLOWED, join, member_detail
from ..errors.hints import hint
from ..protocol.header_size import MAX_PATH_BYTES
from ..reading.json_bytes import json_size

MARK = "$ref"
MAX_BODY_DEPTH = 100
_IN_PATH = re.compile(r"\{([^{}]*)\}")


class Inserted:
    """The total size of what the references of a batch insert.

    A value can be inserted many times, so that a body gets larger than any that could
    be sent.

    :param most: how many values, 0 for no bound
    :param most_bytes: of texts, None for no bound
    """

    def __init__(self, most: int, most_bytes: int | None) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._count = self._bytes = 0

    def add(self, value: Any) -> None:
        """Count one more value.

        :raise PayloadTooLarge: there are too many, or they are too large
        """
        count, texts = json_size(value)
        self._count += count
        self._bytes += texts
        is_long = self._most_bytes is not None and self._bytes > self._most_bytes
        if self._count > self._most > 0 or is_long:
            raise PayloadTooLarge(
                f"The references of this batch insert more than {self._most} values "
                f"(max_members), or more than {self._most_bytes} bytes"
            )


def fill_body(
    value: Any, answers: dict[str, Any], inserted: Inserted, pointer: str = ""
) -> Any:
    """Return a body with its references replaced.

    :param dict answers: name of each earlier step to its data
    :param inserted: the `Inserted` of the batch
    :param pointer: where `value` is in the body (RFC 6901)
    :raise InvalidReference: nothing is found there
    :raise PayloadTooLarge: see `Inserted.add`
    """
    if pointer.count("/") > MAX_BODY_DEPTH:
        raise InvalidJson("The body is nested too deeply")
    if isinstance(value, list):
        return [
            fill_body(item, answers, inserted, join(pointer, place))
            for place, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    if MARK in value:
        value = _resolve_object(value, answers, pointer)
        inserted.add(value)
        return value
    return {
        name: fill_body(item, answers, inserted, join(pointer, name))
        for name, item in value.items()
    }


def fill_path(path: str, answers: dict[str, Any]) -> str:
    """Return a path, with its query string, with its references replaced.

    :raise InvalidReference: see `fill_body`; also a value that is not a single text or
        number, or would add segments to the path, as data must not choose another
        endpoint
    """
    end = len(path.partition("?")[0])  # where the query string begins
    length = len(path)

    def replace(match: Any) -> str:
        nonlocal length
        value = _resolve(match[1], answers)
        if isinstance(value, str) and "/" in value and match.start() < end:
            raise InvalidReference(
                f"'{match[1][:80]}' contains a slash, which is not allowed in a path"
            )
        if value is None or isinstance(value, list | dict):
            raise InvalidReference(
                f"'{match[1][:80]}' is neither a string nor a number, so it cannot be "
                "part of a path"
            )
        if isinstance(value, bool):
            value = str(value).lower()
        length += len(str(value))
        if length > MAX_PATH_BYTES:
            raise InvalidReference(f"The path is longer than {MAX_PATH_BYTES} bytes")
        return quote(str(value), safe="")

    return _IN_PATH.sub(replace, path)


def _resolve_object(
    value: dict[str, Any], answers: dict[str, Any], pointer: str
) -> Any:
    try:
        if len(value) > 1 or not isinstance(value[MARK], str):
            raise InvalidReference(
                f'A reference is {{"{MARK}": text}} and nothing else'
            )
        return _resolve(value[MARK], answers)
    except InvalidReference as exc:
        details = [member_detail(pointer, exc.description, NOT_ALLOWED)]
        raise InvalidReference(exc.description, details=details) from exc


def _resolve(reference: str, answers: dict[str, Any]) -> Any:
    step, *parts = reference.split(".")
    if step not in answers:
        raise InvalidReference(
            f"'{reference[:80]}': no step before this one is '{step[:80]}'"
            + hint(step, answers)
        )
    value = answers[step]
    for part in parts:
        value = _member(value, part, reference)
    return value


def _member(value: Any, part: str, reference: str) -> Any:
    if isinstance(value, dict) and part in value:
        return value[part]
    if isinstance(value, list) and re.fullmatch("[0-9]{1,9}", part):
        if int(part) < len(value):
            return value[int(part)]
    known = value if isinstance(value, dict) else ()
    raise InvalidReference(
        f"'{reference[:80]}': there is no '{part[:80]}'{hint(part, known)}"
    )
