# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The counters of all processes that serve one database on this node.

Each process has a file, and locks it as long as it lives. The files of dead processes
are added to the file of totals and removed, by the next process that starts or that
reads the sums. So sums are exact over workers that are killed, and files do not
accumulate.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from typing import NamedTuple
from urllib.parse import quote

from odoo.tools import config

from ..orm.file_locks import lock_byte
from ..orm.node_folder import node_folder
from .metric_file import MetricFile, Series, read_series

SUFFIX = ".process"
_PATIENCE = 2.0  # seconds to wait for another process that adds up
_POLLING = 0.01
_PROCESSES = "processes"  # the series of how many have started


class Sums(NamedTuple):
    """The counters of a database on this node.

    :param series: values by the name of each series
    :param processes: how many are alive
    :param started: how many have ever started
    :param oldest: when the oldest living one started to count, in seconds since 1970
    """

    series: Series
    processes: int
    started: int
    oldest: float


class MetricFolder:
    """The folder of the counters of one database."""

    def __init__(self, database: str) -> None:
        node = node_folder(config["data_dir"])
        self.path = os.path.join(node, f"{quote(database, safe=' ')}.metrics")

    def open_own(self) -> MetricFile:
        """Return a new file for this process, locked until the process ends.

        :raise OSError: the file cannot be created
        """
        os.makedirs(self.path, mode=0o700, exist_ok=True)
        with self._locked():
            self._add_dead()
            # Names are never used twice.
            name = f"{os.getpid()}-{uuid.uuid4().hex}{SUFFIX}"
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
            descriptor = os.open(self._file(name), flags, 0o600)
            lock_byte(descriptor)
            return MetricFile(descriptor, self._file(name))

    def sum_up(self) -> Sums:
        """Return the sums over all processes, the dead ones included.

        :raise OSError: the files cannot be read
        """
        if not os.path.isdir(self.path):
            return Sums({}, 0, 0, 0.0)
        with self._locked():
            living = self._add_dead()
            totals = self._read_totals()["series"]
            found = [read_series(self._file(name)) for name in living]
        for _started, series in found:
            _add(totals, series)
        [dead, *_] = totals.pop(_PROCESSES, [0])
        oldest = min((started for started, _series in found if started), default=0.0)
        return Sums(totals, len(living), int(dead) + len(living), oldest)

    def _add_dead(self) -> list[str]:
        """Add the files of dead processes to the totals; return the other files.

        The totals name the files that they include, and are replaced at once: a process
        that is killed meanwhile leaves files that are removed, not added again.
        """
        totals = self._read_totals()
        names = [name for name in os.listdir(self.path) if name.endswith(SUFFIX)]
        for name in set(names) & set(totals["included"]):
            os.unlink(self._file(name))
            names.remove(name)
        dead = list(filter(self._is_dead, names))
        if dead:
            for name in dead:
                _add(totals["series"], read_series(self._file(name))[1])
            _add(totals["series"], {_PROCESSES: [float(len(dead))]})
            self._write_totals({"included": dead, "series": totals["series"]})
            for name in dead:
                os.unlink(self._file(name))
        return [name for name in names if name not in dead]

    def _is_dead(self, name: str) -> bool:
        with FileIO(self._file(name), "r+") as file:
            return lock_byte(file)

    def _read_totals(self) -> dict:
        with suppress(FileNotFoundError, ValueError):
            with open(self._file("totals.json"), encoding="utf-8") as file:
                return json.load(file)
        return {"included": [], "series": {}}

    def _write_totals(self, totals: dict) -> None:
        part = self._file("totals.part")
        with open(part, "w", encoding="utf-8") as file:
            json.dump(totals, file)
        os.replace(part, self._file("totals.json"))

    def _file(self, name: str) -> str:
        return os.path.join(self.path, name)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes and threads from changing the files in the folder.

        :raise TimeoutError: another one keeps them for too long
        """
        deadline = time.monotonic() + _PATIENCE
        with FileIO(self._file("lock"), "a") as file:
            while not lock_byte(file):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{self.path} is locked")
                time.sleep(_POLLING)
            yield


def _add(totals: Series, series: Series) -> None:
    for name, values in series.items():
        before = totals.get(name, [0.0] * len(values))
        totals[name] = [a + b for a, b in zip(before, values, strict=True)]
