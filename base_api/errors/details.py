# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The entries of `details` in an error: the field, its place in the body, the reason.

The codes are a closed set for programs, the messages are for people. If a record in the
body is refused as a whole, the code is that of the error in lower case.
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
NOT_FOUND = "not_found"  # no record has it
FOREIGN_KEY = "foreign_key"  # no such record, or one that others still refer to
CHECK = "check"  # a check of the database
CONSTRAINT = "constraint"  # a rule of an addon


MAX_DETAILS = 100  # in one answer
# Characters; names in a body can be very long.
MAX_NAME = 500
MAX_MESSAGE = 20_000


def shorten(text: str, length: int) -> str:
    """Return a text, truncated to `length` characters."""
    return text if len(text) <= length else f"{text[:length]}..."


def detail(
    field: str, message: str, code: str, pointer: str | None = None, **more: Any
) -> dict[str, Any]:
    """Return an entry.

    :param field: the name that the client sent
    :param pointer: into the body (RFC 6901), if the place is known
    """
    place = {} if pointer is None else {"pointer": shorten(pointer, MAX_NAME)}
    line = {"field": shorten(field, MAX_NAME)} | place
    return line | {"message": shorten(message, MAX_MESSAGE), "code": code} | more


def member_detail(pointer: str, message: str, code: str) -> dict[str, Any]:
    """Return an entry for a member of a body that is not a field of a record."""
    return detail(pointer.rpartition("/")[2], message, code, pointer)


def join(pointer: str, *parts: Any) -> str:
    """Return a pointer extended by some parts."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "/".join((pointer, *escaped))


class FieldReporter:
    """The place of a value in the body, and the list to report its errors to.

    :param field: the name that the client sent
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
