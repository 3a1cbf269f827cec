# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How far a replica must be for the last writes of a key or session, in memory.

So reads shortly after a write see it without `Read-After`, in the process that served
the write.
"""

from __future__ import annotations

import threading
import time

from .credentials import Credentials
from .tokens import hash_token

PERIOD = 5  # seconds
MAX_CALLERS = 10_000


class RecentWrites:
    """The positions of the last writes in one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._positions: dict[str, tuple[float, int]] = {}  # the oldest first

    def add(self, credentials: Credentials, position: int) -> None:
        """Remember the position after a write."""
        until = time.monotonic() + PERIOD
        with self._lock:
            for name in _names(credentials):
                self._positions.pop(name, None)
                self._positions[name] = until, position
            while len(self._positions) > MAX_CALLERS:
                del self._positions[next(iter(self._positions))]

    def position(self, credentials: Credentials) -> int:
        """Return the position after the last write, 0 if there was none."""
        if not self._positions:
            return 0
        now = time.monotonic()
        found = [self._positions.get(name, (now, 0)) for name in _names(credentials)]
        return max([position for until, position in found if until > now], default=0)


def _names(credentials: Credentials) -> list[str]:
    secrets = (credentials.session_token, credentials.api_key)
    return [hash_token(secret) for secret in secrets if secret]


RECENT_WRITES = RecentWrites()
