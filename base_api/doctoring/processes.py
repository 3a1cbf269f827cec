# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The processes of this node, and for how long they work on a request."""

from __future__ import annotations

from odoo.tools import config

from ..settings import bound
from .finding import Check, Finding
from .situation import Situation


def check_workers(situation: Situation) -> Finding:
    check = Check("workers")
    if not config["workers"]:
        return check.warning(
            "This node runs with threads (workers = 0): one core serves all requests, "
            "and one that exceeds limit_time_real restarts the whole server.",
            "Set workers to about twice the number of cores, plus 1",
        )
    return check.ok(f"This node has {config['workers']} workers.")


def check_time_limits(situation: Situation) -> Finding:
    check = Check("time_limits")
    limit, reads = config["limit_time_real"], bound(situation.env, "request_timeout")
    if not limit or limit < 0:
        return check.warning(
            "limit_time_real is off: a request that hangs holds its worker for ever.",
            "Set limit_time_real to 120",
        )
    if limit <= reads:
        return check.warning(
            f"limit_time_real ({limit} s) ends workers before base_api.request_timeout "
            f"({reads} s) ends reads with a 503.",
            "Raise limit_time_real, or lower base_api.request_timeout",
        )
    return check.ok(f"limit_time_real is {limit} s.")
