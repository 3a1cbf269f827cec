# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether scheduled actions run: they remove what has expired and seal the audit."""

from __future__ import annotations

from odoo.tools import SQL

from .finding import Check, Finding
from .situation import Situation

# Seconds. One that takes long delays the others.
LATE, STOPPED = 15 * 60, 24 * 3600
_MOST_OVERDUE = SQL(
    """SELECT cron_name, extract(epoch FROM now() AT TIME ZONE 'utc'
                                 - greatest(nextcall, write_date))
         FROM ir_cron WHERE active ORDER BY 2 DESC NULLS LAST LIMIT 1"""
)
_SWITCHED_OFF = SQL(
    """SELECT cron_name FROM ir_cron
         JOIN ir_model_data AS names ON names.model = 'ir.cron'
              AND names.res_id = ir_cron.id AND names.module = 'base_api'
        WHERE NOT active ORDER BY ir_cron.id LIMIT 1"""
)
_LAST = SQL("SELECT max(lastcall) FROM ir_cron")


def check_scheduled_actions(situation: Situation) -> Finding:
    check = Check("scheduled_actions")
    [(last,)] = situation.env.execute_query(_LAST)
    ran = f"The last one ran at {last} UTC." if last else "None has ever run."
    for name, overdue in situation.env.execute_query(_MOST_OVERDUE):
        if overdue > LATE:
            find = check.error if overdue > STOPPED else check.warning
            return find(
                f"The scheduled action '{name}' is {overdue / 60:.0f} minutes late. "
                f"{ran}",
                "Run one node with max_cron_threads = 1 or more, and read its log",
            )
    for (name,) in situation.env.execute_query(_SWITCHED_OFF):
        return check.warning(
            f"The scheduled action '{name}' is switched off.",
            "Activate it in Settings > Technical > Scheduled Actions",
        )
    return check.ok(f"Scheduled actions are in time. {ran}")
