# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import os
import shutil
import signal
import tempfile
import threading
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.base_api.observing import metric_folder
from odoo.addons.base_api.observing.metric_file import NAME_BYTES, RESERVED, SLOTS
from odoo.addons.base_api.observing.metric_folder import MetricFolder
from odoo.addons.base_api.observing.metrics import close_removed, count

COUNTER = "base_api_idempotent_replays_total"


class FolderCase(BaseCase):
    """Counters in a folder of one test's own."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        config = {"data_dir": folder}
        self.startPatcher(patch.object(metric_folder, "config", config))
        self.folder = MetricFolder("db")

    def files(self):
        return sorted(Path(self.folder.path).glob("*.process"))

    def total(self, name="a"):
        return self.folder.sum_up().series.get(name, [0])[0]

    def in_child(self, function):
        """Run a function in a forked process, which then kills itself."""
        pid = os.fork()
        if not pid:
            try:
                function()
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)


@tagged("post_install", "-at_install")
class TestMetricFiles(FolderCase):
    def test_values_of_living_processes_are_added(self):
        files = [self.folder.open_own(), self.folder.open_own()]
        for file in files:
            self.addCleanup(file.close)
            file.add("a", {0: 2, 3: 0.25})
            file.add("b", {0: 1})
        sums = self.folder.sum_up()
        self.assertEqual(sums.series["a"][:4], [4, 0, 0, 0.5])
        self.assertEqual(sums.series["b"][0], 2)
        self.assertEqual((sums.processes, sums.started), (2, 2))
        self.assertEqual(len(self.files()), 2)

    def test_a_folder_that_does_not_exist_is_empty(self):
        self.assertEqual(self.folder.sum_up().series, {})
        self.assertFalse(os.path.exists(self.folder.path))

    def test_killed_processes_are_added_once_and_their_files_removed(self):
        for _time in range(20):
            self.in_child(lambda: self.folder.open_own().add("a", {0: 1}))
        for _time in range(2):
            sums = self.folder.sum_up()
            self.assertEqual(sums.series["a"][0], 20)
            self.assertEqual((sums.processes, sums.started), (0, 20))
        self.assertEqual(self.files(), [])

    def test_files_do_not_accumulate_while_nobody_reads(self):
        for _time in range(20):
            self.in_child(lambda: self.folder.open_own().add("a", {0: 1}))
            self.assertLessEqual(len(self.files()), 1)
        self.assertEqual(self.total(), 20)

    def test_a_process_killed_before_it_removes_files_adds_nothing_twice(self):
        for _time in range(3):
            self.in_child(lambda: self.folder.open_own().add("a", {0: 1}))

        def die(_path):
            os.kill(os.getpid(), signal.SIGKILL)

        def read():
            with patch("os.unlink", die):
                self.folder.sum_up()

        self.in_child(read)
        self.assertEqual(len(self.files()), 1)
        self.assertEqual(self.total(), 3)
        self.assertEqual(self.files(), [])
        self.assertEqual(self.total(), 3)

    def test_a_process_killed_before_it_replaces_the_totals_loses_nothing(self):
        for _time in range(2):
            self.in_child(lambda: self.folder.open_own().add("a", {0: 1}))

        def die(_old, _new):
            os.kill(os.getpid(), signal.SIGKILL)

        def read():
            with patch("os.replace", die):
                self.folder.sum_up()

        self.in_child(read)
        self.assertEqual(self.total(), 2)

    def test_a_process_killed_while_it_makes_its_file_is_harmless(self):
        def die(*_args):
            os.kill(os.getpid(), signal.SIGKILL)

        def start():
            with patch("os.posix_fallocate", die):
                self.folder.open_own()

        self.in_child(start)
        self.assertEqual(len(self.files()), 1)
        sums = self.folder.sum_up()
        self.assertEqual((sums.series, sums.processes, sums.started), ({}, 0, 1))
        self.assertEqual(self.files(), [])

    def test_threads_share_a_file(self):
        file = self.folder.open_own()
        self.addCleanup(file.close)

        def add():
            for _time in range(2000):
                file.add("a", {0: 1})

        threads = [threading.Thread(target=add) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.total(), 16_000)

    def test_the_number_of_series_is_bounded(self):
        file = self.folder.open_own()
        self.addCleanup(file.close)
        for number in range(SLOTS + 10):
            file.add(f"series {number}", {0: 1})
        file.add("x" * NAME_BYTES, {0: 1})
        file.add("series 0", {0: 1})
        sums = self.folder.sum_up()
        self.assertEqual(len(sums.series), SLOTS)
        self.assertEqual(sums.series["series 0"][0], 2)

    def test_what_does_not_fit_is_counted_as_other(self):
        file = self.folder.open_own()
        self.addCleanup(file.close)
        for number in range(SLOTS + 10):
            file.add(f"series {number}", {0: 1}, "other")
        file.add("series 0", {0: 1}, "other")
        series = self.folder.sum_up().series
        self.assertEqual(sum(values[0] for values in series.values()), SLOTS + 11)
        self.assertEqual(series["other"][0], RESERVED + 10)
        self.assertEqual(series["series 0"][0], 2)

    def test_damaged_totals_start_again(self):
        self.in_child(lambda: self.folder.open_own().add("a", {0: 1}))
        self.folder.sum_up()
        Path(self.folder.path, "totals.json").write_text("{")
        self.assertEqual(self.total(), 0)

    def test_names_of_databases_stay_in_their_folder(self):
        path = MetricFolder("../../x").path
        self.assertEqual(os.path.dirname(path), os.path.dirname(self.folder.path))

    def test_the_totals_are_valid_json_with_whole_numbers(self):
        self.in_child(lambda: self.folder.open_own().add("a", {0: 3}))
        self.folder.sum_up()
        totals = json.loads(Path(self.folder.path, "totals.json").read_text())
        self.assertEqual(totals["series"]["a"][0], 3)


@tagged("post_install", "-at_install")
class TestCounting(FolderCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch("odoo.addons.base_api.observing.metrics._files", {}))
        thread = threading.current_thread()
        self.startPatcher(patch.object(thread, "dbname", "db", create=True))

    def test_counting(self):
        count(COUNTER)
        count(COUNTER, 2)
        self.assertEqual(self.total(COUNTER), 3)

    def test_forked_processes_have_files_of_their_own(self):
        count(COUNTER)
        for _time in range(3):
            self.in_child(lambda: count(COUNTER))
        count(COUNTER)
        sums = self.folder.sum_up()
        self.assertEqual(sums.series[COUNTER][0], 5)
        self.assertEqual((sums.processes, sums.started), (1, 4))

    def test_counting_goes_on_where_the_files_were_removed(self):
        """As the addon was uninstalled, and is installed again."""
        count(COUNTER)
        close_removed("db")
        count(COUNTER)
        self.assertEqual(self.total(COUNTER), 2)
        shutil.rmtree(self.folder.path)
        count(COUNTER)
        self.assertEqual(self.folder.sum_up().series, {})
        close_removed("db")
        count(COUNTER)
        self.assertEqual(self.total(COUNTER), 1)

    def test_undeclared_counters_and_labels_are_refused(self):
        with self.assertRaises(KeyError):
            count("base_api_nothing_total")
        with self.assertRaises(KeyError):
            count("base_api_rate_limited_total", model="x")

    def test_a_full_disk_stops_no_request(self):
        logger = "odoo.addons.base_api.observing.metrics"
        with (
            patch("os.posix_fallocate", side_effect=OSError(28, "No space left")),
            patch(f"{logger}._paused_until", {}),
            self.assertLogs(logger, "WARNING") as logged,
        ):
            count(COUNTER)
            count(COUNTER)
        self.assertEqual(len(logged.output), 1)
