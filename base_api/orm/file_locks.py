# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Locks of files that end with their process ("open file description locks").

They belong to an open file (`man 2 fcntl`), so they work between threads and between
processes, and the kernel releases them when the file is closed or its process ends,
even after `kill -9`.
"""

import os
import struct
from typing import Any

try:
    from fcntl import F_OFD_SETLK, F_WRLCK, fcntl
except ImportError:  # not on Linux
    F_OFD_SETLK = None  # type: ignore[assignment, misc]

ARE_SUPPORTED = F_OFD_SETLK is not None


def lock_byte(file: Any, position: int = 0) -> bool:
    """Lock one byte of an open file; return whether it was free.

    :param file: or its descriptor, open for writing
    """
    lock = struct.pack("hhqqi", F_WRLCK, os.SEEK_SET, position, 1, 0)
    try:
        fcntl(file, F_OFD_SETLK, lock)
    except (BlockingIOError, PermissionError):
        return False
    return True
