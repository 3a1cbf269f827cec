# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers to requests before Odoo uses a database (`odoo.http.Application`)."""

from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from werkzeug.exceptions import HTTPException


def answer_early(request: Any, make_response: Callable[[], Any]) -> None:
    """Let Odoo send a response instead of serving a request.

    Odoo calls `_post_init` before it looks for the database.

    :param request: of Odoo, from the constructor of its first dispatcher
    """
    request._post_init = partial(_send, make_response)


def _send(make_response: Callable[[], Any]) -> NoReturn:
    # Odoo sends the response of an exception, and does not log exceptions of this kind.
    exc: Any = HTTPException()
    exc.error_response = make_response()
    raise exc
