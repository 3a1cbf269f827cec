# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The limits of a request, from its first SQL statement on."""

from typing import Any

from odoo.api import Environment

from .orm.answer_size import count_answer
from .orm.spending import start_spending
from .orm.time_limits import limit_time
from .settings import bound


def limit_request(env: Environment, routing: dict[str, Any]) -> None:
    """Set the limits of a request, before its caller is known.

    :param routing: of the route, see `api_route`
    """
    start_spending(env.cr)
    count_answer(env.cr, bound(env, "max_answer_bytes"))
    if routing["readonly"] or routing["has_steps"]:
        statement = bound(env, "statement_timeout")
        request = bound(env, "request_timeout")
        limit_time(env.cr, statement, request, is_reading=routing["readonly"])
