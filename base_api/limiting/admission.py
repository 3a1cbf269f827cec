# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The admission of one request: what it costs, and what is left for its caller."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import PayloadTooLarge
from ..errors.quota import QuotaExceeded
from ..observing.metric_table import RATE_LIMITED
from ..observing.metrics import count
from ..quota_names import (
    POLICY_FIELD,
    QUOTA,
    QUOTA_FIELD,
    REMAINING,
    REQUESTS,
    RESET,
    ROWS,
    UNIT,
    WINDOW,
)
from .limiter import Uses, limiter_of
from .policies import POLICIES, Policy
from .subjects import Subject

SHORTEST_WAIT = 1  # second, as Retry-After has whole ones


@dataclass
class Quota:
    """One limit of a subject, and what is left of it.

    :param used: seconds of the window that are used; of a limit on concurrent requests,
        their number
    """

    subject: Subject
    policy: Policy
    used: float = 0

    @property
    def name(self) -> str:
        return self.subject.policy_name(self.policy)

    @property
    def limit(self) -> int:
        return self.subject.limits[self.policy.name]

    @property
    def interval(self) -> float:
        """The seconds in which one request, or one row, is restored."""
        return self.policy.window / self.limit

    @property
    def remaining(self) -> int:
        if not self.policy.window:
            return max(0, self.limit - int(self.used))
        left = (self.policy.window - self.used) / self.interval
        # The sum of the fractions may be a little less than the whole.
        return max(0, min(self.limit, math.floor(left + 1e-3)))

    @property
    def reset(self) -> int:
        """The seconds until more remains; 0 if everything does."""
        if not self.policy.window or self.remaining == self.limit:
            return 0
        return max(SHORTEST_WAIT, math.ceil(self.wait(self.remaining + 1)))

    def wait(self, cost: int) -> float:
        """Return the seconds until that much is left; negative if it is."""
        return self.used + cost * self.interval - self.policy.window

    def to_json(self) -> dict[str, Any]:
        return {
            "policy": self.name,
            "quota": self.limit,
            "unit": self.policy.unit,
            "window": self.policy.window or None,
            "remaining": self.remaining,
            "reset": self.reset,
        }


class Admission:
    """What one HTTP request costs its key, its user and its address.

    Odoo can repeat a request after a serialization failure: it is charged once.

    :param subjects: with limits, at least one
    :ivar rows: records in the answer
    :ivar position: that a replica must have replayed, after a recent write
    """

    def __init__(self, database: str, subjects: Sequence[Subject]) -> None:
        self._limiter = limiter_of(database)
        self._quotas = [
            Quota(subject, POLICIES[name])
            for subject in subjects
            for name in subject.limits
        ]
        self._slots: list[tuple[str, int]] = []
        self._charged = 0
        # Without an answer of the limiter, nothing is known and nothing is charged.
        self._is_known = True
        self.rows = 0
        self.position = 0

    def admit(self) -> None:
        """Charge a request, before its body is read.

        :raise QuotaExceeded: a limit is exhausted; nothing is charged
        """
        try:
            self._take_slots()
            self.charge(1)
        except QuotaExceeded:
            self._free_slots()
            raise

    def charge(self, cost: int) -> None:
        """Charge a request up to a total cost, part of which may already be charged.

        :raise QuotaExceeded: a limit is exhausted; nothing is charged
        :raise PayloadTooLarge: the cost is more than a whole limit
        """
        if not self._is_known or cost <= self._charged:
            return
        self._check_possible(cost)
        more = cost - self._charged
        if not any(quota.policy.window for quota in self._quotas):
            return
        taken = self._limiter.take(self._uses(more, rows=1))
        if taken is None:
            self._is_known = False
            return
        self.position = taken.position
        for quota in self._windowed():
            quota.used = taken.used[quota.subject.name][quota.policy.name]
        if not taken.fits:
            self._refund()
            raise self._exceeded(cost)
        self._charged = cost
        for quota in self._counting():
            quota.used += more * quota.interval

    def note_write(self, position: int) -> None:
        """Let reads of the same key or user see a write, on every server."""
        names = {quota.subject.name for quota in self._windowed()}
        if names and self._is_known:
            self._limiter.note_write(sorted(names), position)

    def close(self) -> None:
        """Charge the rows of the answer, and free the slots, when it was sent."""
        rows, self.rows = self.rows, 0
        if rows and self._is_known and any(self._of_rows()):
            self._limiter.charge(self._uses(0, rows))
        self._free_slots()

    def headers(self) -> dict[str, str]:
        """Return the response headers, none where nothing is known."""
        if not self._is_known:
            return {}
        quotas = self._after_rows()
        return {
            POLICY_FIELD: ", ".join(map(_policy_item, quotas)),
            QUOTA_FIELD: ", ".join(map(_quota_item, quotas)),
        }

    def to_json(self) -> list[dict[str, Any]]:
        """Return what is left of each limit; nothing where it is not known."""
        return [quota.to_json() for quota in self._quotas if self._is_known]

    def _after_rows(self) -> list[Quota]:
        """Return the limits after the rows of the answer are charged."""
        return [
            Quota(quota.subject, quota.policy, quota.used + self.rows * quota.interval)
            if quota.policy.unit == ROWS
            else quota
            for quota in self._quotas
        ]

    def _take_slots(self) -> None:
        for quota in self._quotas:
            if quota.policy.window:
                continue
            slot = self._limiter.lock(quota.subject.name, quota.limit)
            if slot is None:
                self._is_known = False
                return
            quota.used = slot or quota.limit
            if not slot:
                raise _error([quota], SHORTEST_WAIT)
            self._slots.append((quota.subject.name, slot))

    def _free_slots(self) -> None:
        slots, self._slots = self._slots, []
        for subject, slot in slots:
            self._limiter.unlock(subject, slot)

    def _check_possible(self, cost: int) -> None:
        for quota in self._counting():
            if cost > quota.limit:
                self._refund()
                raise PayloadTooLarge(
                    f"A batch of {cost} steps is more than {quota.name} ever allows "
                    f"({quota.subject.describe(quota.policy)}): send at most "
                    f"{quota.limit} steps in one batch"
                )

    def _refund(self) -> None:
        """Give back what was charged to a request that is refused after all."""
        if self._charged:
            self._limiter.charge(self._uses(-self._charged))
            for quota in self._counting():
                quota.used = max(0.0, quota.used - self._charged * quota.interval)
            self._charged = 0

    def _exceeded(self, cost: int) -> QuotaExceeded:
        waits = [
            (quota.wait(cost if quota.policy.unit == REQUESTS else 1), quota)
            for quota in self._windowed()
        ]
        longest = max(wait for wait, _quota in waits)
        # By rounding, what did not fit may seem to.
        quotas = [quota for wait, quota in waits if wait > min(0, longest - 1e-9)]
        return _error(quotas, max(SHORTEST_WAIT, math.ceil(longest)))

    def _uses(self, cost: int, rows: int = 0) -> Uses:
        uses: dict[str, dict[str, float]] = {}
        for quota in self._windowed():
            amount = cost if quota.policy.unit == REQUESTS else rows
            seconds = uses.setdefault(quota.subject.name, {})
            seconds[quota.policy.name] = amount * quota.interval
        return uses

    def _windowed(self) -> Iterator[Quota]:
        return (quota for quota in self._quotas if quota.policy.window)

    def _counting(self) -> list[Quota]:
        return [quota for quota in self._quotas if quota.policy.unit == REQUESTS]

    def _of_rows(self) -> Iterator[Quota]:
        return (quota for quota in self._quotas if quota.policy.unit == ROWS)


def _error(quotas: list[Quota], seconds: int) -> QuotaExceeded:
    """Return the error about exhausted limits, after it was counted for each."""
    names = [quota.name for quota in quotas]
    for name in names:
        count(RATE_LIMITED, policy=name)
    reasons = [
        f"{quota.name} ({quota.subject.describe(quota.policy)})" for quota in quotas
    ]
    unit = "second" if seconds == 1 else "seconds"
    return QuotaExceeded(
        f"Too many requests for {', '.join(reasons)}: try again in {seconds} {unit}",
        seconds,
        names,
    )


def _policy_item(quota: Quota) -> str:
    item = f'"{quota.name}";{QUOTA}={quota.limit}'
    if quota.policy.window:
        item += f";{WINDOW}={quota.policy.window}"
    if quota.policy.unit != REQUESTS:
        item += f';{UNIT}="{quota.policy.unit}"'
    return item


def _quota_item(quota: Quota) -> str:
    item = f'"{quota.name}";{REMAINING}={quota.remaining}'
    return f"{item};{RESET}={quota.reset}" if quota.reset else item
