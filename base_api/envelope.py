# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The JSON envelope of all answers and errors."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from .json_text import json_default

JSON_TYPE = "application/json; charset=utf-8"
TEXT_TYPE = "text/plain; charset=utf-8"


@dataclass
class Answer:
    """What an endpoint returns: its data and how to send it.

    :param data: JSON values, and Odoo's dates
    :param message: one sentence for a person
    :param headers: `{name: value}`, on top of the usual ones
    :param version: of the record, in answers about one record, see `reading.versions`
    """

    data: Any
    message: str = ""
    status: int = HTTPStatus.OK
    headers: dict = field(default_factory=dict)
    version: str = ""
    _content: str | None = field(default=None, init=False, repr=False)

    def body(self) -> dict[str, Any]:
        return {"success": True, "data": self.data, "message": self.message}

    def content(self) -> str:
        """Return the body as JSON text."""
        if self._content is None:
            self._content = to_json(self.body())
        return self._content

    @property
    def is_secret(self) -> bool:
        """Whether the answer contains a credential that is shown once."""
        return "no-store" in self.headers.get("Cache-Control", "")


class BareAnswer(Answer):
    """An answer without the envelope.

    :param content: the whole body
    """

    def __init__(self, content: str, media_type: str = JSON_TYPE) -> None:
        super().__init__(None, headers={"Content-Type": media_type})
        self._content = content


class KeptAnswer(Answer):
    """The stored answer to an earlier request.

    :param headers: all that belong to it
    :param content: the body as JSON text
    """

    def __init__(self, status: int, headers: dict[str, Any], content: str) -> None:
        super().__init__(None, status=status, headers=headers)
        self._content = content


def counted(number: Any, noun: Any) -> Any:
    """Return a number with a noun, as in "1 record" and "2 records"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def to_json(value: dict[str, Any]) -> str:
    """Return a value as JSON text, as `odoo.http.Request` does."""
    return json.dumps(value, ensure_ascii=False, default=json_default)


def secret_answer(data: dict[str, Any], message: str) -> Answer:
    """Return an answer that contains a credential, and must not be cached."""
    return Answer(data, message, headers={"Cache-Control": "no-store"})


def error_body(error: Any, request_id: str | None = None) -> dict[str, Any]:
    """Return the body of an `ApiError`.

    :param request_id: of the HTTP request, see `protocol.trace`
    """
    content = {"message": error.description, "code": error.error_code}
    if error.details:
        content["details"] = error.details
    if error.step:
        content["step"] = error.step
    content |= error.extra
    if request_id:
        content["request_id"] = request_id
    return {"success": False, "error": content}
