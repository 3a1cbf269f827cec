# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count what happens to requests, for `GET /metrics`.

Counting never raises: where the files cannot be written, nothing is counted for a
while.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from bisect import bisect_left
from typing import TYPE_CHECKING

from ..orm import file_locks
from .metric_file import NAME_BYTES, MetricFile
from .metric_folder import MetricFolder
from .metric_table import (
    BUCKETS,
    BYTES,
    COUNTERS,
    ERRORS,
    METHODS,
    OTHER,
    REPLAYS,
    REQUESTS,
    SECONDS,
    SEPARATOR,
)

if TYPE_CHECKING:
    from .exchange import Exchange

MOST_FILES = 64  # databases that one process keeps open
_PAUSE = 60  # seconds without counting after an error

_logger = logging.getLogger(__name__)
_lock = threading.Lock()
_files: dict[str, MetricFile] = {}
_paused_until: dict[str, float] = {}


def count(name: str, amount: float = 1, **labels: str) -> None:
    """Add to a counter of the database that this thread works on.

    :param name: one of `COUNTERS`
    :param labels: the labels that it declares; their values must be few
    """
    values = [labels[label] for label in COUNTERS[name].labels]
    _add(_database(), name, values, {0: amount})


def count_answer(exchange: Exchange) -> None:
    """Count a request when its answer begins to be sent."""
    database = _database() or _known(exchange.database)
    if not database:
        return
    method = exchange.method if exchange.method in METHODS else OTHER
    labels = [exchange.route or OTHER, method, str(exchange.status)]
    seconds = exchange.seconds
    bucket = bisect_left(BUCKETS, seconds)
    _add(database, REQUESTS, labels, {bucket: 1, SECONDS: seconds})
    if exchange.error_code:
        _add(database, ERRORS, [exchange.error_code], {0: 1})
    if exchange.is_replay:
        _add(database, REPLAYS, [], {0: 1})


def count_bytes(exchange: Exchange) -> None:
    """Count the bytes of an answer when it has been sent."""
    database = _database() or _known(exchange.database)
    if database and exchange.sent_bytes:
        labels = [exchange.route or OTHER]
        _add(database, BYTES, labels, {0: exchange.sent_bytes})


def _database() -> str | None:
    """Return the database whose registry serves this thread, or None."""
    return getattr(threading.current_thread(), "dbname", None)


def _known(database: str | None) -> str | None:
    """Return a database that may be unreachable, if this process has served it.

    The client chose its name, which could be any.
    """
    return database if database in _files else None


def _add(
    database: str | None, name: str, labels: list[str], amounts: dict[int, float]
) -> None:
    if not database or not file_locks.ARE_SUPPORTED:
        return
    series = SEPARATOR.join((name, *labels))
    other = SEPARATOR.join((name, *(OTHER for _label in labels)))
    if len(series) > NAME_BYTES or not series.isascii():
        series = other
    file = _files.get(database) or _open(database)
    while file and not file.add(series, amounts, other):
        file = _open(database)


def _open(database: str) -> MetricFile | None:
    with _lock:
        if database in _files or _paused_until.get(database, 0) > time.monotonic():
            return _files.get(database)
        try:
            _files[database] = MetricFolder(database).open_own()
        except OSError as exc:
            _paused_until[database] = time.monotonic() + _PAUSE
            _logger.warning("Requests are not counted for %s s: %s", _PAUSE, exc)
            return None
        if len(_files) > MOST_FILES:
            # Its counters are added to the totals like those of a dead process.
            _files.pop(next(iter(_files))).close()
        return _files[database]


def close_removed(database: str) -> None:
    """Close the file of a database if it was removed, as the addon was uninstalled.

    If the addon is installed again, the next request is counted in a new one.
    """
    with _lock:
        file = _files.get(database)
        if file and not os.path.exists(file.path):
            del _files[database]
            file.close()


def _forget_files() -> None:
    """Leave the files of the parent process to it, after a fork."""
    global _lock
    _lock = threading.Lock()
    for file in _files.values():
        file.close_after_fork()
    _files.clear()


if file_locks.ARE_SUPPORTED:
    os.register_at_fork(after_in_child=_forget_files)
