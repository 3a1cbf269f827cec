# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A buffer for slow clients, in memory and then in a temporary file."""

import logging
from collections import deque
from tempfile import TemporaryFile
from typing import Any

MEMORY = 8 * 1024 * 1024  # bytes in memory before the file is used

_logger = logging.getLogger(__name__)


class Spool:
    """A first-in, first-out buffer of bytes.

    It uses up to `MEMORY` bytes of memory, and then a temporary file in the folder that
    Python's `tempfile` chooses (`TMPDIR`). The file has no name, so nothing remains
    when the process is killed.

    :param most: maximum size of the file in bytes; 0 for no bound
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._chunks: deque[Any] = deque()  # in memory: the first to leave
        self._taken = 0  # bytes of the first chunk
        self._in_memory = 0
        self._file: Any = None
        self._start = self._end = 0  # of the unread part of the file

    def __bool__(self) -> bool:
        return bool(self._chunks) or self._start < self._end

    def put(self, data: bytes) -> bytes:
        """Add bytes; return the rest for which there is no room.

        An empty spool has room for anything.
        """
        if not data:
            return data
        if self._start == self._end and self._in_memory < MEMORY:
            self._chunks.append(data)
            self._in_memory += len(data)
            return b""
        return data[self._write(data) :]

    def take(self, size: int) -> bytes:
        """Remove and return up to `size` bytes."""
        return self._take_chunk(size) if self._chunks else self._read(size)

    def close(self) -> None:
        """Drop the content, and remove the file."""
        self._chunks.clear()
        self._start = self._end = 0
        if self._file:
            self._file.close()

    def _take_chunk(self, size: int) -> bytes:
        chunk = self._chunks[0]
        data = chunk[self._taken : self._taken + size]
        self._taken += len(data)
        self._in_memory -= len(data)
        if self._taken == len(chunk):
            self._chunks.popleft()
            self._taken = 0
        return data

    def _write(self, data: bytes) -> int:
        """Append to the file; return the number of bytes that fit."""
        room = self._most - self._end if self._most else len(data)
        try:
            if self._file is None:
                # Unbuffered, to know what was written when the disk is full.
                self._file = TemporaryFile(buffering=0)
            self._file.seek(self._end)
            written = self._file.write(data[:room])
        except OSError as exc:
            # The rest is read at the speed of the client.
            _logger.info("No room for a temporary file: %s", exc)
            return 0
        self._end += written
        return written

    def _read(self, size: int) -> bytes:
        self._file.seek(self._start)
        data = self._file.read(min(size, self._end - self._start))
        self._start += len(data)
        if self._start == self._end:
            self._file.truncate(0)
            self._start = self._end = 0
        return data
