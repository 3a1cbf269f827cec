# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count the requests to the API: who called what, how often and for how long.

The number of rows is bounded: by the routes that are declared, the models that exist,
and the keys and users that have signed in.
"""

from __future__ import annotations

from datetime import date, datetime, timezone
from http import HTTPStatus
from typing import TYPE_CHECKING

from odoo.modules.registry import Registry

from .count_store import STORE, CountTable, Row
from .metric_table import METHODS

if TYPE_CHECKING:
    from .exchange import Exchange

MODEL = "api.usage"
OTHER_METHOD = "OTHER"
# Requests without rights, or too many of them.
REFUSED = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
)

# A condition: administrators can switch counting off.
IS_ON = """NOT EXISTS (
    SELECT FROM ir_config_parameter
     WHERE key = 'base_api.usage' AND LOWER(value) IN ('0', 'false'))"""

# Users and keys may have been removed since.
USAGE = CountTable(
    "usage",
    f"""INSERT INTO api_usage AS known
              (date, user_id, key_number, key_name, route, http_method, model, calls,
               client_errors, server_errors, refused, total_ms, average_ms, max_ms)
       SELECT sent.date, users.id, sent.key_number,
              MAX(keys.name || ' (' || keys.index || ')'), NULLIF(sent.route, ''),
              sent.http_method, NULLIF(sent.model, ''), SUM(sent.calls),
              SUM(sent.client_errors), SUM(sent.server_errors), SUM(sent.refused),
              SUM(sent.total_ms), SUM(sent.total_ms) / SUM(sent.calls), MAX(sent.max_ms)
         FROM UNNEST(%s::date[], %s::integer[], %s::integer[], %s::varchar[],
                     %s::varchar[], %s::varchar[], %s::integer[], %s::integer[],
                     %s::integer[], %s::integer[], %s::float[], %s::float[])
              AS sent (date, user_id, key_number, route, http_method, model, calls,
                       client_errors, server_errors, refused, total_ms, max_ms)
         LEFT JOIN res_users AS users ON users.id = sent.user_id
         LEFT JOIN res_users_apikeys AS keys ON keys.id = sent.key_number
        WHERE {IS_ON}
        GROUP BY 1, 2, 3, 5, 6, 7
        ORDER BY 1, 2, 3, 5, 6, 7
           ON CONFLICT (date, COALESCE(user_id, 0), key_number, COALESCE(route, ''),
                        http_method, COALESCE(model, '')) DO UPDATE
          SET key_name = COALESCE(EXCLUDED.key_name, known.key_name),
              calls = known.calls + EXCLUDED.calls,
              client_errors = known.client_errors + EXCLUDED.client_errors,
              server_errors = known.server_errors + EXCLUDED.server_errors,
              refused = known.refused + EXCLUDED.refused,
              total_ms = known.total_ms + EXCLUDED.total_ms,
              average_ms = (known.total_ms + EXCLUDED.total_ms)
                           / (known.calls + EXCLUDED.calls),
              max_ms = GREATEST(known.max_ms, EXCLUDED.max_ms)""",
)


def count_usage(exchange: Exchange) -> None:
    """Count a request that was answered, where the database has the addon."""
    database = exchange.database
    registry = loaded_registry(database, MODEL)
    if registry is None:
        return
    caller = exchange.caller
    key = (
        today(),
        caller and caller.user_id,
        caller.key.id if caller and caller.key else 0,
        exchange.route,
        exchange.method if exchange.method in METHODS else OTHER_METHOD,
        exchange.model_name if exchange.model_name in registry else "",
    )
    status, milliseconds = exchange.status, exchange.seconds * 1000
    values = [
        1,
        int(400 <= status < 500),
        int(status >= 500),
        int(status in REFUSED),
        milliseconds,
        milliseconds,
    ]
    STORE.add(Row(str(database), USAGE, key), values)


def loaded_registry(database: str | None, model: str) -> Registry | None:
    """Return the registry of a database, or None if it does not have a model.

    A registry that is not loaded is not loaded for this.
    """
    registry = Registry.registries.get(database or "")
    return registry if registry and model in registry else None


def today() -> date:
    """Return the date in UTC."""
    return datetime.now(timezone.utc).date()
