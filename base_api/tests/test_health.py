# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import socket
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo.tests import TransactionCase, tagged

from odoo.addons.base_api import unrouted
from odoo.addons.base_api.errors import DatabaseUnavailable, Draining
from odoo.addons.base_api.observing import draining, health
from odoo.addons.base_api.orm import probes

from .common import ApiCase


class TestHealth(ApiCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(health, "_kept", {}))

    def test_nobody_signs_in(self):
        data = self.assertSuccess(self.get("/health/live"))
        self.assertEqual(data, {"status": "ok"})
        answer = self.get("/health/ready")
        expected = {"status": "ok", "writable": True, "readable": True}
        self.assertEqual(self.assertSuccess(answer), expected | {"lag_seconds": None})
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_bad_credentials_do_not_matter(self):
        for path in ("/health/live", "/health/ready"):
            self.assertSuccess(self.get(path, headers={"api-key": "nonsense"}))

    def test_draining(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.startPatcher(patch.object(draining, "config", {"data_dir": str(folder)}))
        for file in (folder / "draining", folder / "base_api" / "n" / "draining"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
            with patch("platform.node", return_value="n"):
                self.assertApiError(self.get("/health/ready"), 503, "DRAINING")
                self.assertSuccess(self.get("/health/live"))
            file.unlink()
        self.assertSuccess(self.get("/health/ready"))

    def test_unknown_parameters_are_refused(self):
        answer = self.get("/health/live?x=1")
        self.assertApiError(answer, 400, "INVALID_PARAMETER")


@tagged("post_install", "-at_install")
class TestReadiness(TransactionCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(health, "_kept", {}))

    def check(self, primary, replica=None, has_replica=False):
        def answer(_database, _query, readonly, _seconds):
            state = replica if readonly else primary
            if state is None:
                raise psycopg2.OperationalError("no answer")
            return state

        options = {"db_replica_host": "replica" if has_replica else None}
        health._kept.clear()
        with (
            patch.object(health, "probe", side_effect=answer),
            patch.object(health, "config", options),
        ):
            return health.check_ready("db")

    def test_states(self):
        ok, reading = (True, None, True), (False, None, True)
        self.assertEqual(self.check(ok)["status"], "ok")
        state = self.check(reading)
        self.assertEqual((state["status"], state["writable"]), ("degraded", False))
        with self.assertRaises(DatabaseUnavailable):
            self.check(None)
        state = self.check(ok, (False, 2.5, True), has_replica=True)
        self.assertEqual((state["status"], state["lag_seconds"]), ("ok", 2.5))
        state = self.check(ok, (False, 2.5, False), has_replica=True)
        self.assertEqual(state["status"], "degraded")
        state = self.check(None, (False, 9.0, True), has_replica=True)
        self.assertEqual(list(state.values()), ["degraded", False, True, 9.0])
        state = self.check(ok, None, has_replica=True)
        self.assertEqual(list(state.values()), ["degraded", True, True, None])

    def test_a_database_that_never_answers_is_given_up(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            options = {"host": "127.0.0.1", "port": silent.getsockname()[1]}
            info = ("db", {"database": "db", **options})
            with patch.object(probes, "connection_info_for", return_value=info):
                started = time.monotonic()
                with self.assertRaises(psycopg2.OperationalError):
                    probes.probe("db", "SELECT 1", False, 0.2)
        self.assertGreaterEqual(time.monotonic() - started, 0.2)

    def test_many_who_ask_cost_one_query(self):
        with patch.object(health, "probe", return_value=(True, None, True)) as probe:
            for _time in range(5):
                health.check_ready("db")
        self.assertEqual(probe.call_count, 1)

    def test_other_databases_cost_a_query_each(self):
        with patch.object(health, "probe", return_value=(True, None, True)) as probe:
            for _time in range(5):
                health.check_ready("a")
                health.check_ready("b")
        self.assertEqual(probe.call_count, 2)

    def test_databases_of_other_hosts_are_not_told(self):
        name = self.env.cr.dbname
        headers = {"X-Odoo-Database": name}
        options = {"db_name": [], "dbfilter": "^%d$"}
        with (
            patch.object(unrouted, "config", options),
            patch.dict("odoo.http.config.options", options),
        ):
            self.assertIsNone(unrouted._loaded_database(headers, "other.example.com"))
            self.assertEqual(unrouted._loaded_database(headers, name), name)

    def test_a_server_that_was_told_to_stop_is_draining(self):
        server = type("Server", (), {"quit_signals_received": 1})
        with patch.object(draining.server, "server", server):
            with self.assertRaises(Draining):
                health.check_ready("db")
