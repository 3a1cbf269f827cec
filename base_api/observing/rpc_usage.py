# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count who calls Odoo's other APIs: XML-RPC, JSON-RPC and JSON-2.

What is counted are calls of methods that exist, by users who have signed in. The
arguments are not looked at.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ..orm.rpc import observe_rpc
from .count_store import STORE, CountTable, Row
from .usage import IS_ON, loaded_registry, today

MODEL = "api.rpc.usage"
JSON2 = "json2"

RPC_USAGE = CountTable(
    "calls of other APIs",
    f"""INSERT INTO api_rpc_usage AS known
              (date, user_id, protocol, model, method, calls, last_date)
       SELECT sent.date, sent.user_id, sent.protocol, sent.model, sent.method,
              sent.calls, sent.last_date
         FROM UNNEST(%s::date[], %s::integer[], %s::varchar[], %s::varchar[],
                     %s::varchar[], %s::integer[], %s::timestamp[])
              AS sent (date, user_id, protocol, model, method, calls, last_date)
         JOIN res_users AS users ON users.id = sent.user_id
        WHERE {IS_ON}
        ORDER BY 1, 2, 3, 4, 5
           ON CONFLICT (date, user_id, protocol, model, method) DO UPDATE
          SET calls = known.calls + EXCLUDED.calls,
              last_date = GREATEST(known.last_date, EXCLUDED.last_date)""",
)


def count_rpc(
    database: str, user_id: int, protocol: str, model: Any, method: Any
) -> None:
    """Count a call, where the database has the addon.

    :param user_id: of the authenticated user
    :param model: as it was sent, which may be anything
    :param method: as it was sent
    """
    registry = loaded_registry(database, MODEL)
    if registry is None or not (isinstance(model, str) and isinstance(method, str)):
        return
    if model in registry and callable(getattr(registry[model], method, None)):
        key = (today(), user_id, protocol, model, method)
        now = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
        STORE.add(Row(database, RPC_USAGE, key), [1, now])


def count_json2(request: Any, arguments: dict[str, Any]) -> None:
    """Count a request to `/json/2`, once if Odoo repeats it.

    :param arguments: the variable parts of the path
    """
    is_call = request.dispatcher.routing_type == JSON2 and "__method__" in arguments
    if is_call and not hasattr(request, "base_api_is_counted"):
        request.base_api_is_counted = True
        model, method = arguments["__model__"], arguments["__method__"]
        count_rpc(request.db, request.env.uid, JSON2, model, method)


observe_rpc(count_rpc)
