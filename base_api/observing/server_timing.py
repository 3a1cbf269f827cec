# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the time of a request went: the header `Server-Timing`.

https://www.w3.org/TR/server-timing/
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..request_scope import RequestScope

SERVER_TIMING = "Server-Timing"


@dataclass
class Timing:
    """The times of one request, in seconds by `time.perf_counter`.

    :param signed_in: from the arrival of the request until its caller was known
    """

    signed_in: float
    spent: dict[str, float] = field(default_factory=dict)
    _running: set[str] = field(default_factory=set)

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Add the time of a block, without that of its SQL statements.

        Blocks of the same name can nest.
        """
        if name in self._running:
            yield
            return
        self._running.add(name)
        started, sql = time.perf_counter(), _sql_seconds()
        try:
            yield
        finally:
            seconds = time.perf_counter() - started - (_sql_seconds() - sql)
            self._running.discard(name)
            self.spent[name] = self.spent.get(name, 0.0) + seconds

    def header(self, total: float) -> str:
        """Return the value of the header, in milliseconds.

        :param total: seconds since the request arrived
        """
        rules = self.spent.get("rules", 0.0)
        durations = {
            "auth": self.signed_in,
            "rules": rules,
            "sql": _sql_seconds(),
            "orm": self.spent.get("orm", 0.0) - rules,
            "serialise": self.spent.get("serialise", 0.0),
            "total": total,
        }
        parts = [
            f"{name};dur={max(0.0, seconds) * 1000:.3f}"
            for name, seconds in durations.items()
        ]
        number = getattr(threading.current_thread(), "query_count", 0)
        parts[2] += f';desc="{number} statements"'
        return ", ".join(parts)


def measured(scope: RequestScope | None, name: str) -> AbstractContextManager[None]:
    """Return a context manager that measures a block, if the request asked for it."""
    timing = scope and scope.timing
    return timing.measure(name) if timing else nullcontext()


def _sql_seconds() -> float:
    """Return the time of the statements of this request (`odoo.sql_db.Cursor`)."""
    return getattr(threading.current_thread(), "query_time", 0.0)
