# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One entry of `details` in an error: which field, where in the body, and why.

The codes are for programs, a closed set; the messages are for people. Where a record in
the body is refused as a whole, its code is that of the error in lower case.
"""

from __future__ import annotations

from typing import Any

REQUIRED = "required"  # missing, or empty where it must not be
UNKNOWN_FIELD = "unknown_field"
NOT_WRITABLE = "not_writable"
WRONG_TYPE = "wrong_type"  # or out of the range of its type
NOT_ALLOWED = "not_allowed"  # none of a list of values, or not together with another
DUPLICATE = "duplicate"  # the same twice in one body
UNIQUE = "unique"  # another record has it
AMBIGUOUS = "ambiguous"  # more than one record has it
FOREIGN_KEY = "foreign_key"  # no such record, or one that others still refer to
CHECK = "check"  # a check of the database
CONSTRAINT = "constraint"  # a rule of an addon


MAX_DETAILS = 100  # in one answer
# Characters. The names in a body can be as long as the body.
MAX_NAME = 500
MAX_MESSAGE = 20_000


def shorten(text: str, length: int) -> str:
    """Return a text, or its beginning if it is longer than `length`."""
    return text if len(text) <= length else f"{text[:length]}..."


def detail(
    field: str, message: str, code: str, pointer: str | None = None, **more: Any
) -> dict[str, Any]:
    """Return an entry.

    :param field: under the name that the client sent
    :param pointer: into the body (RFC 6901), where one place is known
    """
    place = {} if pointer is None else {"pointer": shorten(pointer, MAX_NAME)}
    line = {"field": shorten(field, MAX_NAME)} | place
    return line | {"message": shorten(message, MAX_MESSAGE), "code": code} | more


def member_detail(pointer: str, message: str, code: str) -> dict[str, Any]:
    """Return an entry for a member of a body that is no field of a record."""
    return detail(pointer.rpartition("/")[2], message, code, pointer)


def join(pointer: str, *parts: Any) -> str:
    """Return the pointer to a part of what `pointer` points to."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "/".join((pointer, *escaped))


class FieldReporter:
    """Where the value of a field stands, and where to report what is wrong with it.

    :param field: as the client calls it
    :param details: the list to report to
    """

    def __init__(self, field: str, pointer: str, details: list[dict[str, Any]]) -> None:
        self.field = field
        self.pointer = pointer
        self.details = details

    def at(self, *parts: Any) -> FieldReporter:
        return FieldReporter(self.field, join(self.pointer, *parts), self.details)

    def report(self, expected: Any, code: str = WRONG_TYPE) -> None:
        self.add(f"{self.field}: expected {expected}", code)

    def add(self, message: str, code: str) -> None:
        if len(self.details) < MAX_DETAILS:
            self.details.append(detail(self.field, message, code, self.pointer))
