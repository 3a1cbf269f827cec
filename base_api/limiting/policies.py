# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The policies of rate limits, and the limits that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..quota_names import CONCURRENT_REQUESTS, REQUESTS, ROWS
from ..settings import RATE_POLICIES

MAX_LIMIT = 1_000_000_000
DAY = 24 * 60 * 60


class Policy(NamedTuple):
    """What one number limits.

    :param window: seconds in which the whole limit can be used, and in which it is
        restored evenly; 0 for a limit on what happens at the same time
    :param unit: see `quota_names`
    """

    name: str
    window: int
    unit: str = REQUESTS

    @property
    def counts_requests(self) -> bool:
        """Whether each request costs something, when it arrives."""
        return self.unit == REQUESTS

    def describe(self, limit: int) -> str:
        """Return a limit in words."""
        noun = ROWS if self.unit == ROWS else REQUESTS
        period = {0: "at the same time", 1: "in a second", 60: "in a minute"}
        return f"{limit} {noun} {period.get(self.window, 'in a day')}"


POLICIES = {
    policy.name: policy
    for policy in (
        Policy("burst", 1),
        Policy("per_minute", 60),
        Policy("per_day", DAY),
        Policy("rows_per_day", DAY, ROWS),
        Policy("concurrent", 0, CONCURRENT_REQUESTS),
    )
}
assert tuple(POLICIES) == RATE_POLICIES
# Those with a window, in the order of the columns of the table.
WINDOWED = tuple(policy for policy in POLICIES.values() if policy.window)


def parse_limits(value: Any) -> dict[str, int | None]:
    """Return the limits in a body: an object, or null for none.

    :return: null for a limit to remove
    :raise ValueError: saying what was expected
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError("limits must be an object")
    for name, limit in value.items():
        if name not in POLICIES:
            known = ", ".join(POLICIES)
            raise ValueError(f"limits: unknown '{name[:80]}', expected {known}")
        is_number = isinstance(limit, int) and not isinstance(limit, bool)
        if limit is not None and not (is_number and 0 < limit <= MAX_LIMIT):
            raise ValueError(
                f"limits: {name} must be a whole number from 1 to {MAX_LIMIT}, or null"
            )
    return dict(value)


def without_nulls(limits: Mapping[str, int | None]) -> dict[str, int]:
    """Return the limits that are set, in the order of `POLICIES`."""
    return {name: limit for name in POLICIES if (limit := limits.get(name))}


def covers(outer: Mapping[str, int], inner: Mapping[str, int]) -> bool:
    """Tell whether no limit in `outer` is higher, or missing, in `inner`."""
    return all(0 < inner.get(name, 0) <= limit for name, limit in outer.items())
