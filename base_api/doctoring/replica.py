# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The replica that reads run on, and for how long Odoo waits for a database."""

from __future__ import annotations

import os
from ipaddress import ip_address

from odoo.tools import config

from ..observing.health import DATABASE_STATE
from ..settings import bound
from .finding import Check, Finding
from .situation import Situation, Unanswered

CONNECT_TIMEOUT = "PGCONNECT_TIMEOUT"


def check_replica(situation: Situation) -> Finding:
    check = Check("replica")
    if not config["db_replica_host"]:
        return check.ok("There is no replica (db_replica_host).")
    try:
        state = situation.query(DATABASE_STATE, readonly=True)
    except Unanswered as exc:
        return check.error(
            f"{exc}: reads run on the primary.",
            "Start the replica, or remove db_replica_host",
        )
    is_writable, lag, is_connected = state
    if is_writable:
        return check.warning(
            "db_replica_host leads to a primary: reads do not relieve it. A standby "
            "that was promoted beside it would serve old data.",
            "Let db_replica_host lead to a standby that streams",
        )
    if not is_connected:
        return check.warning(
            "The replica has no connection to its primary: reads run on the primary.",
            "Look at primary_conninfo of the replica, and at its log",
        )
    longest = bound(situation.env, "max_replica_lag")
    if lag is None or lag > longest > 0:
        behind = "an unknown time" if lag is None else f"{lag:.1f} s"
        return check.warning(
            f"The replica is {behind} behind the primary: reads are old.",
            "Look at pg_stat_replication on the primary: network, disk, and long "
            "queries on the replica",
        )
    return check.ok(f"The replica is {lag:.1f} s behind the primary.")


def check_connect_timeout(situation: Situation) -> Finding:
    check = Check("connect_timeout")
    hosts = [config[name] for name in ("db_host", "db_replica_host")]
    if not any(map(is_remote, hosts)):
        return check.ok("The database is on this machine.")
    if os.environ.get(CONNECT_TIMEOUT):
        return check.ok(f"{CONNECT_TIMEOUT} is set.")
    return check.warning(
        f"{CONNECT_TIMEOUT} is not set in the environment: while a database machine "
        "does not answer, each new connection waits for minutes, and a worker with it.",
        f"Set {CONNECT_TIMEOUT}=3 in the environment of Odoo",
    )


def is_remote(host: str | None) -> bool:
    """Tell whether a host of the configuration is another machine."""
    if not host or host.startswith("/") or host == "localhost":
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True
