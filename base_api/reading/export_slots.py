# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limit the concurrent exports of a database on this node.

Each export locks one byte of a file for its caller and one for all callers; there are
as many bytes as exports may run. The kernel releases them when the export or its
process ends (`orm.file_locks`).
"""

import logging
import os
from contextlib import ExitStack, nullcontext
from io import FileIO
from typing import Any

from odoo.tools import config

from ..errors import Overloaded
from ..orm import file_locks
from ..orm.node_folder import node_folder

# First byte of each kind of caller; those for all callers begin at 0.
KINDS = {"key": 1 << 60, "user": 1 << 61}
MOST = 1 << 16  # bytes of each caller

_logger = logging.getLogger(__name__)


def take_slot(
    database: str, kind: str, caller_id: int, share: int, total: int
) -> FileIO | nullcontext:
    """Return a context manager that counts as a running export.

    :param kind: of caller, one of `KINDS`
    :param share: maximum number of exports of one caller; 0 for no bound
    :param total: maximum number of exports; 0 for no bound
    :raise Overloaded: as many are running
    """
    if not (file_locks.ARE_SUPPORTED and (share or total)):
        return nullcontext()
    first = KINDS[kind] + caller_id * MOST
    try:
        return _take(slots_path(database), first, share, total)
    except OSError as exc:
        # Without file locks, exports are not counted.
        _logger.warning("Exports are not counted: %s", exc)
        return nullcontext()


def slots_path(database: str) -> str:
    """Return the file of a database; nodes may share the folder."""
    return os.path.join(node_folder(config["data_dir"]), f"{database}.exports")


def _take(path: str, first: int, share: int, total: int) -> FileIO:
    """Return the file with a byte of the caller and one of all callers locked."""
    with ExitStack() as opened:
        file = opened.enter_context(_open(path))
        if share and not _lock_one(file, first, min(share, MOST)):
            raise _overloaded(f"{share} exports are running for this caller")
        if total and not _lock_one(file, 0, total):
            raise _overloaded(f"{total} exports are running on this server")
        opened.pop_all()
    return file


def _overloaded(reason: str) -> Overloaded:
    return Overloaded(f"{reason}, the maximum: wait until one of them has ended")


def _open(path: str) -> FileIO:
    try:
        return FileIO(path, "a")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        return FileIO(path, "a")


def _lock_one(file: Any, first: int, count: int) -> bool:
    """Lock a free byte; return whether there was one."""
    positions = range(first, first + count)
    return any(file_locks.lock_byte(file, position) for position in positions)
