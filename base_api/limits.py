# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The limits of a request, from its first SQL statement on."""

from collections.abc import Mapping
from typing import Any

from odoo.api import Environment

from .errors import Overloaded
from .orm.answer_size import count_answer
from .orm.server_queue import waiting_per_worker
from .orm.spending import start_spending
from .orm.time_limits import limit_time
from .protocol.priority import is_low_priority
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
        is_reading = bool(routing["readonly"])
        limit_time(env.cr, statement, request, is_reading)


def refuse_under_pressure(
    env: Environment, routing: dict[str, Any], headers: Mapping[str, str]
) -> None:
    """Refuse a read of low priority while other requests wait for a worker.

    :param routing: of the route; exports have a low priority in any case
    :raise Overloaded: the client should try again later
    """
    is_read = routing["readonly"] and routing["auth"] != "none"
    if not (is_read and (routing["low_priority"] or is_low_priority(headers))):
        return
    most = bound(env, "pressure_queue")
    if most and waiting_per_worker() >= most:
        raise Overloaded(
            "Other requests are waiting for this server (pressure_queue): exports, and "
            "reads with a low Priority, are refused until there are fewer"
        )
