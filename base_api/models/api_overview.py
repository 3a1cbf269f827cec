# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from typing import Any

from odoo import api, fields, models
from odoo.fields import Domain

from ..auth.key_table import KEY_SCOPE
from ..observing.usage import today
from ..settings import counts_usage

CHART_DAYS = 14
RECENT_DAYS = 7
MAX_LINES = 5  # of each list
COUNTS = ("calls", "client_errors", "server_errors", "refused")
# As the filters of the list of keys.
EXPIRES_SOON = Domain("expiration_date", ">=", "now") & Domain(
    "expiration_date", "<=", "now +14d"
)
IS_VALID = Domain("expiration_date", "=", False) | Domain("expiration_date", ">", "now")
IS_UNUSED = (
    IS_VALID
    & Domain("scope", "=", KEY_SCOPE)
    & (
        Domain("last_use_date", "<", "now -90d")
        | Domain("last_use_date", "=", False) & Domain("create_date", "<", "now -90d")
    )
)


class ApiOverview(models.AbstractModel):
    """What the page Settings > Technical > API > Overview shows."""

    _name = "api.overview"
    _description = "Overview of the API"

    @api.model
    @api.readonly
    def read_overview(self) -> dict[str, Any]:
        """Return the values of the page, for administrators.

        :return: `is_counting`; `today`, the sums of today and their average latency;
            `days`, the sums of the last 14 days; `routes`, the slowest of 7 days;
            `expiring` and `unused`, see `_keys`; `callers` of other APIs in 7 days
        """
        self.env["api.usage"].check_access("read")
        days = self._days()
        return {
            "is_counting": counts_usage(self.env),
            "today": days[-1],
            "days": days,
            "routes": self._slowest_routes(),
            "expiring": self._keys(EXPIRES_SOON, "expiration_date, id"),
            "unused": self._keys(IS_UNUSED, "last_use_date NULLS FIRST, id"),
            "callers": self._other_callers(),
        }

    def _days(self) -> list[dict[str, Any]]:
        """Return the sums of each day, today last."""
        first = today() - timedelta(days=CHART_DAYS - 1)
        aggregates = [*(f"{name}:sum" for name in COUNTS), "average_ms:avg"]
        groups = self.env["api.usage"]._read_group(
            Domain("date", ">=", first), ["date:day"], aggregates
        )
        found = {day: values for day, *values in groups}
        nothing = [0] * len(aggregates)
        days = [first + timedelta(days=number) for number in range(CHART_DAYS)]
        return [self._day(day, found.get(day, nothing)) for day in days]

    def _day(self, day: date, values: list[Any]) -> dict[str, Any]:
        names = (*COUNTS, "average_ms")
        return {"date": day} | dict(zip(names, values, strict=True))

    def _slowest_routes(self) -> list[dict[str, Any]]:
        names = ("http_method", "route", "average_ms", "max_ms", "calls")
        groups = self.env["api.usage"]._read_group(
            self._recent() & Domain("route", "!=", False),
            ["http_method", "route"],
            ["average_ms:avg", "max_ms:max", "calls:sum"],
            order="average_ms:avg DESC",
            limit=MAX_LINES,
        )
        return [dict(zip(names, group, strict=True)) for group in groups]

    def _keys(self, domain: Domain, order: str) -> dict[str, Any]:
        """Return the number of keys, and the first ones with their dates."""
        keys = self.env["res.users.apikeys"]
        names = ["name", "user_id", "expiration_date", "last_use_date"]
        return {
            "count": keys.search_count(domain),
            "keys": keys.search_read(domain, names, order=order, limit=MAX_LINES),
        }

    def _other_callers(self) -> list[dict[str, Any]]:
        usage = self.env["api.rpc.usage"]
        protocols = dict(usage._fields["protocol"]._description_selection(self.env))
        groups = usage._read_group(
            self._recent(),
            ["user_id", "protocol"],
            ["calls:sum", "last_date:max"],
            order="last_date:max DESC",
            limit=MAX_LINES,
        )
        return [
            {
                "user_id": user.id,
                "user": user.display_name,
                "protocol": protocols[protocol],
                "calls": calls,
                "last_date": fields.Datetime.to_string(last_date),
            }
            for user, protocol, calls, last_date in groups
        ]

    def _recent(self) -> Domain:
        return Domain("date", ">", today() - timedelta(days=RECENT_DAYS))
