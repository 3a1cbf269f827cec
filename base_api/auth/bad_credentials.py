# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wrong API keys and session tokens, counted by where they come from.

Credentials cannot be guessed, so a valid one is always accepted and costs nothing here.
What is limited is the cost of wrong ones: each process counts in memory, and shares its
counts with the others once a second in one statement, however many requests fail.

A credential that a process sees for the first time counts for its address. A repeat,
as from a program whose key was revoked, counts for that credential alone, so that it
takes nothing from its neighbours.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import defaultdict
from dataclasses import dataclass

from psycopg2 import OperationalError
from psycopg2.pool import PoolError

from odoo.api import Environment
from odoo.tools import SQL

from ..errors.auth import RateLimited, Unauthenticated
from ..observing.metric_table import RATE_LIMITED
from ..observing.metrics import count
from ..orm.cursors import autocommit_cursor
from ..settings import bound
from .login_counters import MINUTE, keyed_hash, network_of
from .tokens import hash_token

PERIOD = MINUTE.total_seconds()
INTERVAL = 1  # seconds between two statements of a process
MOST_SOURCES = 10_000  # in the memory of a process; then the oldest is forgotten

_logger = logging.getLogger(__name__)


@dataclass
class _Source:
    """The failures of an address, or of one credential from an address.

    :param ends: of the period in which they count, by `time.monotonic`
    :param count: of all processes, as far as this one knows
    :param pending: those that are not shared yet
    """

    ends: float
    count: int = 0
    pending: int = 0


class BadCredentials:
    """The failures of one database that this process knows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sources: dict[str, _Source] = {}
        self._next_share = 0.0

    def count(
        self, env: Environment, network: str, credential: str, limit: int
    ) -> float | None:
        """Count a failure.

        :return: the seconds to wait if there are more than `limit`, or None
        """
        now = time.monotonic()
        with self._lock:
            source = self._source(network, credential, limit, now)
            if source.count >= limit:
                return source.ends - now
            source.count += 1
            source.pending += 1
            pending = self._take_pending(now)
        if pending:
            self._share(env, pending)
        return source.ends - now if source.count > limit else None

    def _source(self, network: str, credential: str, limit: int, now: float) -> _Source:
        """Return what a failure counts for."""
        pair = f"{network} {hash_token(credential)}"
        if repeated := self._current(pair, now):
            return repeated
        source = self._current(network, now) or self._start(network, now)
        if source.count < limit:
            self._start(pair, now)
        return source

    def _current(self, name: str, now: float) -> _Source | None:
        source = self._sources.get(name)
        return source if source and source.ends > now else None

    def _start(self, name: str, now: float) -> _Source:
        self._sources.pop(name, None)
        if len(self._sources) >= MOST_SOURCES:
            del self._sources[next(iter(self._sources))]
        source = self._sources[name] = _Source(now + PERIOD)
        return source

    def _take_pending(self, now: float) -> dict[str, int]:
        """Return what to share now, and forget what no longer counts."""
        if now < self._next_share:
            return {}
        self._next_share = now + INTERVAL
        self._sources = {
            name: source for name, source in self._sources.items() if source.ends > now
        }
        taken = {}
        for name, source in self._sources.items():
            if source.pending:
                taken[name], source.pending = source.pending, 0
        return taken

    def _share(self, env: Environment, pending: dict[str, int]) -> None:
        """Add counts to those of all processes, and take over the sums."""
        names = {keyed_hash(env, "credential", name): name for name in pending}
        counts = {key: pending[names[key]] for key in sorted(names)}
        # Roll back the refused request first, not after its failure is written.
        env.cr.rollback()
        try:
            with autocommit_cursor(env) as cr:
                cr.execute(_add(counts))
                rows = cr.fetchall()
        except (OperationalError, PoolError) as exc:
            _logger.info("Wrong credentials were not counted: %s", exc)
            return
        now = time.monotonic()
        with self._lock:
            for key, failures, seconds in rows:
                if source := self._sources.get(names[key]):
                    source.count = failures + source.pending
                    source.ends = now + float(seconds)


def _add(counts: dict[str, int]) -> SQL:
    """Return the statement that adds failures to those of the same period."""
    # The order keeps processes from waiting for each other in a circle. A crash may
    # lose the last counts, so nothing waits for the disk.
    return SQL(
        """SET LOCAL synchronous_commit TO off;
           WITH clock AS (SELECT clock_timestamp() AT TIME ZONE 'utc' AS now)
           INSERT INTO api_throttle_credential AS stored
                  (source_hash, failures, start_date)
           SELECT source_hash, failures, now
             FROM clock, unnest(%(keys)s, %(failures)s::int[])
                         AS failed(source_hash, failures)
            ORDER BY source_hash
               ON CONFLICT (source_hash) DO UPDATE
              SET (failures, start_date) = (
                      SELECT CASE WHEN is_over THEN 0 ELSE stored.failures END
                             + EXCLUDED.failures,
                             CASE WHEN is_over THEN EXCLUDED.start_date
                                  ELSE stored.start_date END
                        FROM (SELECT stored.start_date + %(period)s
                                     <= EXCLUDED.start_date AS is_over) AS period)
        RETURNING source_hash, failures,
                  EXTRACT(epoch FROM start_date + %(period)s
                                     - clock_timestamp() AT TIME ZONE 'utc')""",
        keys=[*counts],
        failures=[*counts.values()],
        period=MINUTE,
    )


_known: dict[str, BadCredentials] = defaultdict(BadCredentials)


def count_failure(
    env: Environment, credential: str, address: str | None, error: Unauthenticated
) -> None:
    """Count a wrong credential.

    :param error: what is answered otherwise
    :raise RateLimited: too many of them
    """
    limit = bound(env, "throttle_credential")
    if not limit:
        return
    failures = _known[env.cr.dbname]
    seconds = failures.count(env, network_of(address), credential, limit)
    if seconds is not None:
        count(RATE_LIMITED, policy="credential")
        raise RateLimited(
            max(1, math.ceil(seconds)),
            f"{error.description}. Too many wrong credentials came from this address",
        ) from error


def forget_failures(database: str) -> None:
    """Forget what this process counted, for tests."""
    _known.pop(database, None)
