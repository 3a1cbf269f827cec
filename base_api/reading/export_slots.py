# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many exports of a database run at the same time on this node.

Each one holds a lock (``flock``) on a file of its own while it runs, whichever process
it runs in. The kernel releases the lock when the process ends, even by ``kill -9``: a
file that can be locked belongs to no export any more, and whoever comes next removes
it. One more lock makes counting and taking a single step.
"""

import logging
import os
import platform
import secrets
from contextlib import closing, contextmanager, nullcontext, suppress

from odoo.tools import config

from ..errors import Overloaded
from ..settings import bound

try:
    import fcntl
except ImportError:  # Windows, where exports are not counted
    fcntl = None

GUARD = "guard"

_logger = logging.getLogger(__name__)


def take_slot(env, owner):
    """Return a context manager that counts as one running export until it is left.

    :param owner: of the export, text; each one has a share of all slots
    :raise Overloaded: as many as the settings allow are running
    """
    share, total = bound(env, "exports_per_key"), bound(env, "exports_total")
    if fcntl is None or not (share or total):
        return nullcontext()
    folder = slots_folder(env.cr.dbname)
    try:
        return closing(_take(folder, owner, share, total))
    except OSError as exc:
        # A file system without locks is no reason to refuse all exports.
        _logger.warning("Exports are not counted: %s", exc)
        return nullcontext()


def slots_folder(database):
    """Return where the slots of a database are; a folder may be shared by nodes."""
    parts = ("base_api", "exports", platform.node(), database)
    return os.path.join(config["data_dir"], *parts)


class Slot:
    """The file of one export that runs, locked."""

    def __init__(self, path):
        self._path = path
        self._file = open(path, "ab", buffering=0)  # noqa: SIM115 (closed below)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self):
        # Removed first: without its lock the file could be somebody else's to remove.
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        self._file.close()


def _take(folder, owner, share, total):
    with _guarded(folder):
        running = [name for name in os.listdir(folder) if _is_running(folder, name)]
        own = [name for name in running if name.startswith(f"{owner}.")]
        if share and len(own) >= share:
            raise Overloaded(
                f"{len(own)} exports are running for this caller, which is the most "
                "allowed: wait until one of them has ended"
            )
        if total and len(running) >= total:
            raise Overloaded(
                f"{len(running)} exports are running on this server, which is the most "
                "allowed: wait until one of them has ended"
            )
        return Slot(os.path.join(folder, f"{owner}.{secrets.token_hex(8)}"))


@contextmanager
def _guarded(folder):
    """Keep out every other thread and process that counts in the folder."""
    path = os.path.join(folder, GUARD)
    try:
        file = open(path, "ab", buffering=0)  # noqa: SIM115 (closed below)
    except FileNotFoundError:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        file = open(path, "ab", buffering=0)  # noqa: SIM115 (closed below)
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_running(folder, name):
    """Tell whether an export holds this file; remove it if that has ended."""
    if name == GUARD:
        return False
    path = os.path.join(folder, name)
    with suppress(FileNotFoundError), open(path, "r+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        os.unlink(path)
    return False
