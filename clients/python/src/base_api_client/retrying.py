# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which requests are sent again, and when."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from .errors import ApiError

_UNAVAILABLE = (429, 502, 503, 504)
# Another transaction changes the same records, or works on the same Idempotency-Key.
_CONFLICT = "CONFLICT"
# These would fail again.
_FINAL = ("TIMEOUT", "REPORT_UNAVAILABLE")


@dataclass(frozen=True)
class Retries:
    """How often to send a request again, and how long to wait, in seconds.

    :param first_wait: before the first repetition; it doubles with each one
    :param max_wait: the longest that is waited; if the server asks for more
        (`Retry-After`), its error is raised at once
    """

    count: int = 3
    first_wait: float = 0.5
    max_wait: float = 60.0

    def wait_after_failure(self, attempt: int) -> float | None:
        """Return the time until the next attempt; None if this was the last one.

        :param attempt: the number of the attempt that failed, from 1
        """
        if attempt > self.count:
            return None
        # Different for each client, so that they do not all come at the same time.
        wait = self.first_wait * 2.0 ** (attempt - 1) * random.uniform(0.75, 1.25)
        return min(wait, self.max_wait)

    def wait_after_error(self, attempt: int, error: ApiError) -> float | None:
        """Return the time until the next attempt; None if the error is final."""
        wait = self.wait_after_failure(attempt)
        if wait is None or error.code in _FINAL:
            return None
        if error.status not in _UNAVAILABLE and error.code != _CONFLICT:
            return None
        asked = _read_retry_after(error.headers)
        if asked is None:
            return wait
        return asked if asked <= self.max_wait else None


def _read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds in `Retry-After` (RFC 9110, section 10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((moment - datetime.now(timezone.utc)).total_seconds(), 0.0)
