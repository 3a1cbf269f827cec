# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether PostgreSQL has connections for all processes of this node."""

from __future__ import annotations

from dataclasses import dataclass

from odoo.tools import config

from .finding import Check, Finding
from .situation import Situation

# Outside of Odoo's pool: that of the rate limiter, which stays open, and one that is
# open for moments, to store counts or to read the readiness.
OUTSIDE_POOL = 2
# A request has one cursor, and one more to note what a learning key uses or what is
# refused. A worker for scheduled actions has one for its action, and one that listens.
IN_USE = 2
FEW = 4  # for one process
BUSY = 0.8
_STATE = """
    SELECT current_setting('max_connections')::int
           - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', TRUE)::int, 0),
           (SELECT count(*) FROM pg_stat_activity
             WHERE backend_type = 'client backend')"""


@dataclass(frozen=True)
class Demand:
    """The connections to the primary of one node.

    :param most: that it may open
    :param usual: that it has open under load
    """

    most: int
    usual: int


def demand() -> Demand:
    """Return what the configuration of this node leads to."""
    pool = config["db_maxconn"]
    if not config["workers"]:
        most = pool + OUTSIDE_POOL
        return Demand(most, most)
    processes = config["workers"] + config["max_cron_threads"]
    gevent = config["db_maxconn_gevent"] or pool
    return Demand(
        most=processes * (pool + OUTSIDE_POOL) + gevent + OUTSIDE_POOL,
        usual=(processes + 1) * (IN_USE + OUTSIDE_POOL),
    )


def check_connections(situation: Situation) -> Finding:
    check = Check("connections")
    available, used = situation.query(_STATE)
    node = demand()
    facts = (
        f"This node has up to {node.usual} connections under load, and may open "
        f"{node.most}. PostgreSQL takes {available}; {used} are in use."
    )
    if config["workers"] and config["db_maxconn"] < FEW:
        return check.error(
            f"db_maxconn is {config['db_maxconn']}: a request and its notes can need "
            f"{FEW}. {facts}",
            f"Set db_maxconn to {FEW} or more",
        )
    remedy = "Raise max_connections, or lower db_maxconn or workers"
    if node.usual > available:
        return check.error(facts, remedy)
    if node.most > available or used > BUSY * available:
        return check.warning(facts, remedy)
    return check.ok(facts)
