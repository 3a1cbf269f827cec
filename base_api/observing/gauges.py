# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The metrics that are read when `GET /metrics` is called: the current state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odoo import release
from odoo.api import Environment
from odoo.modules import get_manifest
from odoo.tools import SQL, config

from .exposition import Metric, Sample

if TYPE_CHECKING:
    from .metric_folder import Sums

# Of PostgreSQL's pg_stat_activity; all others count as "other".
STATES = ("active", "idle", "idle in transaction")
_CONNECTIONS = SQL(
    """SELECT CASE WHEN state IN %s THEN state ELSE 'other' END, count(*)
         FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend'
     GROUP BY 1""",
    STATES,
)
_SESSIONS = SQL(
    "SELECT count(*) FROM api_session WHERE expiration_date > now() AT TIME ZONE 'utc'"
)


def gauges(env: Environment, sums: Sums) -> list[Metric]:
    """Return the metrics of the state of the database and of this node."""
    versions = {"version": get_manifest("base_api")["version"], "odoo": release.series}
    return [
        _gauge("base_api_info", "The version of the addon and of Odoo.", 1, versions),
        _gauge(
            "base_api_processes",
            "Processes on this node that have served the database.",
            sums.processes,
        ),
        Metric(
            "base_api_process_starts_total",
            "counter",
            "Processes that began to serve the database.",
            [Sample({}, sums.started)],
        ),
        _gauge(
            "base_api_oldest_process_start_time_seconds",
            "Unix time at which the oldest of these processes began to.",
            sums.oldest,
        ),
        _gauge(
            "base_api_sessions_active",
            "Sessions that have not expired.",
            env.execute_query(_SESSIONS)[0][0],
        ),
        _connections(env),
        _gauge(
            "base_api_database_connections_limit",
            "Connections that one process may open (db_maxconn).",
            config["db_maxconn"],
        ),
    ]


def _gauge(
    name: str, help: str, value: float, labels: dict[str, str] | None = None
) -> Metric:
    return Metric(name, "gauge", help, [Sample(labels or {}, value)])


def _connections(env: Environment) -> Metric:
    found = dict.fromkeys((*STATES, "other"), 0) | dict(env.execute_query(_CONNECTIONS))
    return Metric(
        "base_api_database_connections",
        "gauge",
        "Connections to the database, of all nodes, by their state in PostgreSQL.",
        [Sample({"state": state}, number) for state, number in found.items()],
    )
