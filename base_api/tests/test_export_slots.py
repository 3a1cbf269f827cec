# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import errno
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from unittest.mock import patch

from odoo.tests import BaseCase

from odoo.addons.base_api.errors import Overloaded
from odoo.addons.base_api.orm import file_locks
from odoo.addons.base_api.reading import export_slots
from odoo.addons.base_api.reading.export_slots import (
    _lock_one,
    slots_path,
    take_slot,
)

DATABASE = "slots"
HOLD = """
import fcntl, os, struct, sys
path, position = sys.argv[1:]
lock = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, int(position), 1, 0)
file = open(path, "ab")
fcntl.fcntl(file, fcntl.F_OFD_SETLK, lock)
print("locked", flush=True)
sys.stdin.read()
"""


class TestExportSlots(BaseCase):
    def setUp(self):
        super().setUp()
        data_dir = tempfile.TemporaryDirectory()
        self.addCleanup(data_dir.cleanup)
        config = {"data_dir": data_dir.name}
        self.startPatcher(patch.object(export_slots, "config", config))
        self.running = self.enterContext(ExitStack())
        self.set_bounds(share=2, total=3)

    def set_bounds(self, share, total):
        self.bounds = share, total

    def take(self, *callers):
        for kind, caller_id in callers:
            slot = take_slot(DATABASE, kind, caller_id, *self.bounds)
            self.running.enter_context(slot)

    def assertRefused(self, kind, caller_id, whose):
        with self.assertRaisesRegex(Overloaded, whose) as refused:
            self.take((kind, caller_id))
        self.assertEqual(dict(refused.exception.headers), {"Retry-After": "30"})

    def test_caller_has_a_share(self):
        self.take(("key", 1), ("key", 1), ("key", 2))
        self.set_bounds(share=2, total=10)
        self.assertRefused("key", 1, "2 exports are running for this caller")
        self.take(("key", 2), ("user", 1), ("user", 1))
        self.assertRefused("user", 1, "2 exports are running for this caller")

    def test_all_callers_have_a_total(self):
        self.take(("key", 1), ("key", 2), ("user", 1))
        self.assertRefused("user", 2, "3 exports are running on this server")

    def test_what_is_refused_takes_nothing(self):
        self.take(("key", 1), ("key", 2), ("key", 3))
        for _ in range(3):
            self.assertRefused("key", 4, "on this server")
        self.set_bounds(share=2, total=10)
        self.take(("key", 4), ("key", 4))

    def test_what_ended_counts_no_more(self):
        self.take(("key", 1), ("key", 1))
        self.running.close()
        self.take(("key", 1), ("key", 1))
        self.assertRefused("key", 1, "for this caller")

    def test_bounds_can_be_switched_off(self):
        self.set_bounds(share=0, total=1)
        self.take(("key", 1))
        self.assertRefused("key", 1, "on this server")
        self.set_bounds(share=1, total=0)
        self.take(("key", 1))
        self.assertRefused("key", 1, "for this caller")
        self.set_bounds(share=0, total=0)
        self.take(("key", 1), ("key", 1))

    def hold(self, position):
        """Return another process that holds a slot."""
        path = slots_path(DATABASE)
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, path, str(position)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.addCleanup(process.communicate)
        self.assertEqual(process.stdout.readline(), b"locked\n")
        return process

    def test_slots_of_other_processes_count_until_they_are_killed(self):
        self.take(("key", 1))
        killed, _other = self.hold(1), self.hold(2)
        self.assertRefused("key", 2, "on this server")
        killed.kill()
        killed.wait()
        self.take(("key", 2))
        self.assertRefused("key", 2, "on this server")

    def test_never_more_than_the_total_at_once(self):
        path = slots_path(DATABASE)
        self.take(("key", 1))
        self.running.close()
        files = [open(path, "ab") for _ in range(12)]
        for file in files:
            self.addCleanup(file.close)
        with ThreadPoolExecutor(len(files)) as pool:
            taken = list(pool.map(lambda file: _lock_one(file, 0, 3), files))
        self.assertEqual(sum(taken), 3)

    def test_file_system_without_locks_refuses_nothing(self):
        error = OSError(errno.ENOLCK, "No locks available")
        with (
            patch.object(file_locks, "fcntl", side_effect=error),
            self.assertLogs("odoo.addons.base_api.reading.export_slots", "WARNING"),
        ):
            self.take(*[("key", 1)] * 3)

    def test_system_without_locks_refuses_nothing(self):
        with patch.object(file_locks, "ARE_SUPPORTED", False):
            self.take(*[("key", 1)] * 3)
