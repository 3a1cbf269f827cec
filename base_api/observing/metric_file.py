# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The counters of one process, in a file that is mapped into its memory.

The kernel keeps what was written when the process is killed. Each value is a double
that is stored with one instruction, so a reader never sees half of one.

The file has a head and slots of a fixed size. The head holds a magic number, the number
of used slots and the time at which the process started to count. A slot holds the name
of a series (UTF-8, padded with zeros) and its values.
"""

from __future__ import annotations

import mmap
import os
import time
from threading import Lock

MAGIC = float(0xBA5EA91)  # changes with the layout
SLOTS = 1024
RESERVED = 64  # of these, for series that stand for all others of their kind
NAME_BYTES = 128
VALUES = 16  # of each series
_DOUBLE = 8
_SLOT_BYTES = NAME_BYTES + VALUES * _DOUBLE
_HEAD_BYTES = _SLOT_BYTES
FILE_BYTES = _HEAD_BYTES + SLOTS * _SLOT_BYTES
_USED, _STARTED = 1, 2  # doubles of the head, after the magic number

Series = dict[str, list[float]]


class MetricFile:
    """A file of counters that this process writes.

    :param descriptor: of a new and empty file, which this object closes
    :param path: of the file
    :raise OSError: the disk is full
    """

    def __init__(self, descriptor: int, path: str) -> None:
        self.path = path
        try:
            # A hole in the file could not be filled on a full disk: the kernel would
            # kill the process.
            os.posix_fallocate(descriptor, 0, FILE_BYTES)
            # It has a duplicate of the descriptor, which keeps the lock.
            self._map = mmap.mmap(descriptor, FILE_BYTES)
        finally:
            os.close(descriptor)
        self._values = memoryview(self._map).cast("d")
        self._positions: dict[str, int] = {}
        self._lock = Lock()
        self._values[_STARTED] = time.time()
        self._values[0] = MAGIC

    def add(self, name: str, amounts: dict[int, float], other: str = "") -> bool:
        """Add to values of a series; ignored where no slot is free.

        :param name: of the series, at most `NAME_BYTES` in UTF-8
        :param amounts: index of each value -> what is added to it
        :param other: the series that takes its place where few slots are free
        :return: False if the file was closed meanwhile
        """
        with self._lock:
            if self._map.closed:
                return False
            position = self._position(name, SLOTS - RESERVED if other else SLOTS)
            position = position or self._position(other or name, SLOTS)
            if position:
                for index, amount in amounts.items():
                    self._values[position + index] += amount
            return True

    def _position(self, name: str, most: int) -> int:
        """Return the position of the first value of a series, or 0.

        :param most: a new series is added only while fewer slots are in use
        """
        return self._positions.get(name) or self._take_slot(name, most)

    def _take_slot(self, name: str, most: int) -> int:
        used = int(self._values[_USED])
        if used >= most:
            return 0
        start = _HEAD_BYTES + used * _SLOT_BYTES
        encoded = name.encode()
        self._map[start : start + len(encoded)] = encoded
        self._values[_USED] = used + 1
        position = self._positions[name] = (start + NAME_BYTES) // _DOUBLE
        return position

    def close(self) -> None:
        """Release the file, and with it the lock."""
        with self._lock:
            self._values.release()
            self._map.close()

    def close_after_fork(self) -> None:
        """Leave the file to the parent process, in which a thread may have the lock."""
        self._lock = Lock()
        self.close()


def read_series(path: str) -> tuple[float, Series]:
    """Return when a process started to count, and the values of its series.

    :raise OSError: the file cannot be read
    """
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size < FILE_BYTES:
            return 0.0, {}  # its process was killed while it made the file
        with mmap.mmap(file.fileno(), FILE_BYTES, access=mmap.ACCESS_READ) as content:
            with memoryview(content) as raw, raw.cast("d") as values:
                if values[0] != MAGIC:
                    return 0.0, {}
                return values[_STARTED], dict(_slots(raw, values))


def _slots(raw: memoryview, values: memoryview[float]) -> list[tuple[str, list[float]]]:
    starts = range(_HEAD_BYTES, FILE_BYTES, _SLOT_BYTES)[: int(values[_USED])]
    return [
        (
            bytes(raw[start : start + NAME_BYTES]).rstrip(b"\0").decode(),
            list(values[(start + NAME_BYTES) // _DOUBLE :][:VALUES]),
        )
        for start in starts
    ]
