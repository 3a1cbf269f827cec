# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run all checks of an installation."""

from __future__ import annotations

from collections.abc import Callable

from .clock import check_clock
from .connections import check_connections
from .databases import check_database_filter, check_database_manager
from .filestore import check_filestore
from .finding import Check, Finding
from .modules import check_server_wide_modules, check_version
from .printing import check_printing
from .processes import check_time_limits, check_workers
from .proxy import check_direct_access, check_proxy_mode, check_tls
from .replica import check_connect_timeout, check_replica
from .scheduled_actions import check_scheduled_actions
from .situation import Situation, Unanswered

CHECKS: dict[str, Callable[[Situation], Finding]] = {
    "proxy_mode": check_proxy_mode,
    "direct_access": check_direct_access,
    "tls": check_tls,
    "database_filter": check_database_filter,
    "database_manager": check_database_manager,
    "server_wide_modules": check_server_wide_modules,
    "version": check_version,
    "workers": check_workers,
    "time_limits": check_time_limits,
    "connections": check_connections,
    "connect_timeout": check_connect_timeout,
    "replica": check_replica,
    "clock": check_clock,
    "filestore": check_filestore,
    "printing": check_printing,
    "scheduled_actions": check_scheduled_actions,
}


def diagnose(situation: Situation) -> list[Finding]:
    """Return what the checks of this and other addons found.

    Each waits for about a second at most. None of them writes.
    """
    checks = situation.env["api.doctor"]._get_checks()
    return [_run(name, check, situation) for name, check in checks.items()]


def _run(
    name: str, check: Callable[[Situation], Finding], situation: Situation
) -> Finding:
    try:
        return check(situation)
    except Unanswered as exc:
        return Check(name).error(
            f"{exc}: this is not known.", "Make it answer, and ask again"
        )
