# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps of a batch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..auth.restrictions import METHODS
from ..errors import InvalidStep, PayloadTooLarge
from ..errors.details import NOT_ALLOWED, join, member_detail
from ..errors.hints import hint
from ..protocol.header_size import MAX_HEADER_BYTES, MAX_PATH_BYTES

MAX_STEPS = 100
# No number, which refers to a step without id, and no dot, which references use.
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Step:
    """One request of a batch.

    :param index: its position, from 0
    :param id: the name by which later steps refer to it, or None
    :param path: after `/api/v2`, with its query string
    :param body: with its references; None without a body
    """

    index: int
    method: str
    path: str
    id: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None

    @property
    def name(self) -> str:
        return self.id or str(self.index)

    def check_headers(self, parameters: tuple[Any, ...]) -> None:
        """Refuse headers that the endpoint does not declare.

        Credentials, preferences, language and companies belong to the whole request.
        """
        known = {item.header.lower(): item.header for item in parameters if item.header}
        for header in self.headers:
            if header.lower() not in known:
                allowed = ", ".join(known.values()) or "none"
                raise InvalidStep(
                    f"The header '{header[:80]}' is not allowed in this step; "
                    f"allowed: {allowed}"
                )

    def locate(self, error: Any) -> None:
        """Add this step to an `ApiError`, and to its pointers."""
        error.step = {
            "index": self.index,
            "id": self.id,
            "method": self.method,
            "path": self.path,
        }
        place = f"/steps/{self.index}/body"
        error.details = error.details and [
            item | {"pointer": place + item["pointer"]} if "pointer" in item else item
            for item in error.details
        ]


def parse_steps(body: dict[str, Any]) -> list[Step]:
    """Return the `Step` of each item in a body `{"steps": [...]}`.

    :raise InvalidStep: a malformed step
    :raise PayloadTooLarge: more than `MAX_STEPS`
    """
    _check_members(body, ("steps",), "")
    items = body.get("steps")
    if not isinstance(items, list) or not items:
        raise _refusal("steps must be a list with at least one step", "/steps")
    if len(items) > MAX_STEPS:
        raise PayloadTooLarge(f"At most {MAX_STEPS} steps in one batch")
    steps = [_parse_step(index, item) for index, item in enumerate(items)]
    names = set()
    for step in steps:
        if step.name in names:
            message = f"Two steps have the id '{step.name}'"
            raise _refusal(message, f"/steps/{step.index}/id")
        names.add(step.name)
    return steps


def _parse_step(index: int, item: dict[str, Any] | int) -> Step:
    place = f"/steps/{index}"
    if not isinstance(item, dict):
        raise _refusal(f"Step {index} must be an object", place)
    _check_members(item, tuple(_CHECKS), place)
    for name, (is_allowed, expected) in _CHECKS.items():
        if not is_allowed(item.get(name)):
            message = f"{name} of step {index} must be {expected}"
            raise _refusal(message, f"{place}/{name}")
    values = {name: value for name, value in item.items() if value is not None}
    return Step(index, **values)


def _check_members(item: dict[str, Any], known: tuple[Any, ...], place: str) -> None:
    for name in item:
        if name not in known:
            message = f"Unknown member '{name[:80]}'{hint(name, known)}"
            raise _refusal(message, join(place, name))


def _refusal(message: str, pointer: str) -> InvalidStep:
    return InvalidStep(message, details=[member_detail(pointer, message, NOT_ALLOWED)])


def _is_id(value: str | int | None) -> Any:
    return value is None or (isinstance(value, str) and _ID.fullmatch(value))


def _is_path(value: Any) -> bool:
    is_path = isinstance(value, str) and value.startswith("/")
    return is_path and len(value) <= MAX_PATH_BYTES


def _is_headers(value: list[Any] | dict[str, Any] | None) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict):
        return False
    parts = [*value, *value.values()]
    return (
        all(isinstance(part, str) for part in parts)
        and sum(map(len, parts)) <= MAX_HEADER_BYTES
        and not any(map(_LINE_BREAK.search, parts))
    )


_LINE_BREAK = re.compile("[\r\n]")
# Member of a step -> its check, and what is expected in words.
_CHECKS = {
    "id": (_is_id, "letters, digits, _ and -, with a letter first"),
    "method": (lambda value: value in METHODS, "one of " + ", ".join(METHODS)),
    "path": (
        _is_path,
        f"a path such as /create/res.partner, at most {MAX_PATH_BYTES} bytes long",
    ),
    "headers": (_is_headers, f"an object of texts, at most {MAX_HEADER_BYTES} bytes"),
    "body": (lambda value: True, "JSON"),
}
