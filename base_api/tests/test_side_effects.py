# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from multiprocessing import Process
from types import SimpleNamespace
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.netsvc import PostgreSQLHandler
from odoo.sql_db import ConnectionPool, db_connect
from odoo.tests import TransactionCase, mute_logger, tagged

from odoo.addons.base_api.errors.write import DryRunImpossible
from odoo.addons.base_api.orm.side_effects import confined, is_confined, open_cursor


@tagged("post_install", "-at_install")
class TestSideEffects(TransactionCase):
    def setUp(self):
        super().setUp()
        self.database = self.env.cr.dbname
        # Odoo's tests pretend that there is a replica.
        self.patch(self.registry, "_db_readonly", None)
        self.writers = [
            # The tests of Odoo replace the method of the registry.
            lambda: Registry.cursor(self.registry),
            lambda: Registry.cursor(self.registry, readonly=False),
            lambda: db_connect(self.database).cursor(),
            lambda: db_connect("postgres").cursor(),
        ]

    def confined(self):
        return confined(DryRunImpossible.of)

    def test_cursors_are_refused(self):
        with patch("psycopg2.connect") as connect:
            for open_writer in self.writers:
                with self.assertRaisesRegex(DryRunImpossible, "database cursor"):
                    with self.confined():
                        open_writer()
            connect.assert_not_called()
        self.assertFalse(is_confined())
        for open_writer in self.writers:
            open_writer().close()

    def test_a_refusal_that_is_swallowed_is_raised_at_the_end(self):
        with self.assertRaises(DryRunImpossible), self.confined():
            with suppress(DryRunImpossible):
                self.writers[0]()

    def test_read_only_cursors_can_be_opened_and_cannot_write(self):
        def open_reader():
            return closing(Registry.cursor(self.registry, readonly=True))

        with self.confined(), open_reader() as cr:
            self.assertTrue(cr.readonly)
            cr.execute("SELECT 1")
        query = "UPDATE res_partner SET ref = 'x' WHERE false"
        with self.assertRaises(DryRunImpossible), mute_logger("odoo.sql_db"):
            with self.confined(), open_reader() as cr:
                cr.execute(query)
        # The connection goes back into the pool as it was.
        with closing(self.writers[0]()) as cr:
            cr.execute(query)

    def test_connections_to_a_replica_can_be_opened(self):
        with patch("psycopg2.connect") as connect, self.confined():
            connect.return_value.server_version = 200000
            ConnectionPool(1, readonly=True).borrow({"database": self.database})
            connect.assert_called_once()

    def test_this_addon_opens_cursors(self):
        cursor = partial(Registry.cursor, self.registry)
        with patch.object(self.registry, "cursor", cursor), self.confined():
            with closing(open_cursor(self.env)) as cr:
                self.assertFalse(cr.readonly)
            self.assertTrue(is_confined())

    def test_threads_and_processes_are_refused(self):
        done = []
        with ThreadPoolExecutor(1) as pool:
            pool.submit(done.append, "before").result()
            for start in (
                threading.Thread(target=done.append, args=["thread"]).start,
                threading.Timer(0, done.append, ["timer"]).start,
                lambda: pool.submit(done.append, "running pool"),
                lambda: ThreadPoolExecutor(1).submit(done.append, "new pool"),
                Process(target=done.append, args=["process"]).start,
            ):
                with self.assertRaisesRegex(DryRunImpossible, "starts a thread"):
                    with self.confined():
                        start()
        self.assertEqual(done, ["before"])

    def test_other_threads_go_on(self):
        inside, outside = threading.Event(), threading.Event()

        def work():
            inside.wait(10)
            thread = threading.Thread(target=outside.set)
            thread.start()
            thread.join()

        worker = threading.Thread(target=work)
        worker.start()
        with self.confined():
            inside.set()
            self.assertTrue(outside.wait(10))
        worker.join()

    def test_blocks_nest(self):
        with self.confined():
            with self.assertRaises(DryRunImpossible), self.confined():
                self.writers[0]()
            self.assertTrue(is_confined())

    def test_lines_of_the_log_are_written_to_the_database(self):
        confined_states = []
        record = logging.LogRecord("x", logging.INFO, "x", 1, "x", (), None)
        thread = threading.current_thread()
        with (
            patch.object(thread, "dbname", self.database, create=True),
            patch("odoo.sql_db.db_connect") as connect,
            self.confined(),
        ):
            connect.side_effect = lambda *_args, **_options: confined_states.append(
                is_confined()
            )
            PostgreSQLHandler.emit(SimpleNamespace(_support_metadata=False), record)
        self.assertEqual(confined_states, [False])
