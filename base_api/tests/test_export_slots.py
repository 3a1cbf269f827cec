# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.base_api.errors import Overloaded
from odoo.addons.base_api.reading import export_slots
from odoo.addons.base_api.reading.export_slots import GUARD, slots_folder, take_slot

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "ab")
fcntl.flock(file, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""


@tagged("post_install", "-at_install")
class TestExportSlots(TransactionCase):
    def setUp(self):
        super().setUp()
        data_dir = tempfile.TemporaryDirectory()
        self.addCleanup(data_dir.cleanup)
        config = {"data_dir": data_dir.name}
        self.startPatcher(patch.object(export_slots, "config", config))
        self.folder = slots_folder(self.env.cr.dbname)
        self.running = self.enterContext(ExitStack())
        self.set_bounds(share=2, total=3)

    def set_bounds(self, share, total):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("base_api.exports_per_key", str(share))
        parameters.set_param("base_api.exports_total", str(total))

    def take(self, *owners):
        for owner in owners:
            self.running.enter_context(take_slot(self.env, owner))

    def files(self):
        return [name for name in os.listdir(self.folder) if name != GUARD]

    def test_owner_has_a_share(self):
        self.take("key-1", "key-1", "key-11")
        self.set_bounds(share=2, total=10)
        with self.assertRaisesRegex(Overloaded, "2 exports .* this caller") as refused:
            self.take("key-1")
        self.assertEqual(dict(refused.exception.headers), {"Retry-After": "30"})
        self.take("key-11")

    def test_all_owners_have_a_total(self):
        self.take("key-1", "key-2", "user-1")
        with self.assertRaisesRegex(Overloaded, "3 exports .* this server"):
            self.take("user-2")

    def test_what_ended_counts_no_more(self):
        self.take("key-1", "key-1")
        self.assertEqual(len(self.files()), 2)
        self.running.close()
        self.assertEqual(self.files(), [])
        self.take("key-1", "key-1")

    def test_bounds_can_be_switched_off(self):
        self.set_bounds(share=0, total=1)
        self.take("key-1")
        self.assertRaises(Overloaded, self.take, "key-1")
        self.set_bounds(share=1, total=0)
        self.assertRaises(Overloaded, self.take, "key-1")
        self.set_bounds(share=0, total=0)
        self.take("key-1", "key-1", "key-1", "key-1")
        self.assertEqual(len(self.files()), 1)

    def test_lower_bound_counts_what_runs(self):
        self.take("key-1", "key-2", "key-3")
        self.set_bounds(share=0, total=1)
        self.assertRaises(Overloaded, self.take, "key-4")

    def hold(self, owner):
        """Return another process that holds a slot."""
        path = os.path.join(self.folder, f"{owner}.{len(self.files())}")
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.addCleanup(process.communicate)
        process.stdout.readline()
        return process

    def test_slots_of_other_processes_count_until_they_are_killed(self):
        self.take("key-1")
        killed, _other = self.hold("key-2"), self.hold("key-3")
        self.assertRaises(Overloaded, self.take, "key-4")
        killed.kill()
        killed.wait()
        self.assertEqual(len(self.files()), 3)
        self.take("key-4")
        self.assertEqual(len(self.files()), 3)
        self.assertRaises(Overloaded, self.take, "key-4")

    def test_never_more_than_the_total_at_once(self):
        self.set_bounds(share=0, total=3)
        barrier, outcomes = threading.Barrier(12), []

        def take():
            barrier.wait()
            try:
                outcomes.append(export_slots._take(self.folder, "key-1", 0, 3))
            except Overloaded:
                outcomes.append(None)

        threads = [threading.Thread(target=take) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = [slot for slot in outcomes if slot]
        self.assertEqual((len(outcomes), len(taken)), (12, 3))
        for slot in taken:
            slot.close()

    def test_file_system_without_locks_refuses_nothing(self):
        error = OSError(37, "No locks available")
        with (
            patch.object(export_slots.fcntl, "flock", side_effect=error),
            self.assertLogs("odoo.addons.base_api.reading.export_slots", "WARNING"),
        ):
            self.take("key-1", "key-1", "key-1")

    def test_system_without_locks_refuses_nothing(self):
        with patch.object(export_slots, "fcntl", None):
            self.take("key-1", "key-1", "key-1")
