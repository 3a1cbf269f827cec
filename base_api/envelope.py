# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one shape of every answer."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass
class Answer:
    """What an endpoint returns: its data and how to send it.

    :param data: anything that JSON can hold, and Odoo's dates
    :param message: one sentence for a person
    :param headers: ``{name: value}``, on top of the usual ones
    :param version: of the one record that it is about, see :mod:`~.versions`
    """

    data: Any
    message: str = ""
    status: int = HTTPStatus.OK
    headers: dict = field(default_factory=dict)
    version: str = ""

    def body(self):
        return {"success": True, "data": self.data, "message": self.message}


def secret_answer(data, message):
    """Return an answer that carries a credential, which no cache may keep."""
    return Answer(data, message, headers={"Cache-Control": "no-store"})


def error_body(error, request_id=None):
    """Return the body of an :class:`~.errors.ApiError`."""
    content = {"message": error.description, "code": error.error_code}
    if error.details:
        content["details"] = error.details
    if error.step:
        content["step"] = error.step
    if request_id:
        content["request_id"] = request_id
    return {"success": False, "error": content}
