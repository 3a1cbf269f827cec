# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import socket
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from odoo.addons.base_api.doctoring import (
    clock,
    connections,
    diagnosis,
    modules,
    patience,
    printing,
)
from odoo.addons.base_api.doctoring.finding import LEVELS, Finding
from odoo.addons.base_api.doctoring.situation import (
    SeenRequest,
    Situation,
    Unanswered,
)
from odoo.addons.base_api.orm import probes

from .common import ApiCase

FORWARDED = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Host": "odoo.example.com",
    "X-Forwarded-Proto": "https",
}
SECRETS = ("db_password", "admin_passwd")


@tagged("post_install", "-at_install")
class TestDoctorEndpoint(ApiCase):
    def test_every_check_is_there(self):
        data = self.assertSuccess(self.get("/doctor", self.admin))
        names = [finding["check"] for finding in data["findings"]]
        self.assertEqual(names, list(diagnosis.CHECKS))
        levels = {finding["level"] for finding in data["findings"]}
        self.assertEqual(data["level"], max(levels, key=LEVELS.index))
        for finding in data["findings"]:
            self.assertEqual(bool(finding["remedy"]), finding["level"] != "ok")
            self.assertEqual(
                finding["documentation"], f"/api/v2/docs/doctor.md#{finding['check']}"
            )

    def test_it_is_for_administrators_and_keys_that_name_it(self):
        self.assertApiError(self.get("/doctor"), 401, "MISSING_API_KEY")
        manager = self.new_user("manager", "base.group_erp_manager")
        for user in (self.employee, manager):
            self.assertApiError(self.get("/doctor", user), 403, "ACCESS_DENIED")
        for models, status in (
            ({"*": ["read"]}, 403),
            ({"api.doctor": ["read"]}, 200),
        ):
            headers = {"api-key": self.new_key(self.admin, models=models)}
            self.assertEqual(self.get("/doctor", headers=headers).status_code, status)

    def test_the_headers_of_a_proxy_are_seen(self):
        answer = self.get("/doctor", self.admin, headers=FORWARDED)
        findings = self.assertSuccess(answer)["findings"]
        self.assertEqual(findings[0]["check"], "proxy_mode")
        self.assertEqual(findings[0]["level"], "error")
        self.assertIn("X-Forwarded-Host", findings[0]["message"])

    def test_no_secret_is_told(self):
        values = {name: f"secret-{name}" for name in SECRETS}
        with patch.dict(config.options, {"list_db": True, **values}):
            # Not over HTTP: nothing connects with this password.
            findings = diagnosis.diagnose(Situation(self.env))
        for value in (*values.values(), self.env.cr.dbname):
            self.assertNotIn(value, str(findings))

    def test_nothing_is_written(self):
        self.env.flush_all()
        self.env.cr.execute("SET TRANSACTION READ ONLY")
        findings = diagnosis.diagnose(Situation(self.env))
        self.assertEqual(len(findings), len(diagnosis.CHECKS))


@tagged("post_install", "-at_install")
class TestDoctor(TransactionCase):
    def find(self, name, request=None, **options):
        """Return what a check finds with other options of Odoo."""
        with patch.dict(config.options, options):
            situation = Situation(self.env, request)
            return diagnosis.CHECKS[name](situation)

    def level(self, name, request=None, **options):
        return self.find(name, request, **options).level

    def set_param(self, name, value):
        self.env["ir.config_parameter"].set_param(name, value)

    def test_proxy_mode(self):
        direct = SeenRequest({}, "192.0.2.7", "http")
        proxied = SeenRequest(FORWARDED, "192.0.2.7", "https")
        for is_on, request, level in (
            (False, None, "ok"),
            (False, direct, "ok"),
            (False, proxied, "error"),
            (True, None, "ok"),
            (True, direct, "warning"),
            (True, proxied, "ok"),
        ):
            with self.subTest(is_on=is_on, request=request):
                found = self.level("proxy_mode", request, proxy_mode=is_on)
                self.assertEqual(found, level)

    def test_direct_access(self):
        for interface, level in (("0.0.0.0", "warning"), ("127.0.0.1", "ok")):
            options = {"http_interface": interface}
            found = self.level("direct_access", proxy_mode=True, **options)
            self.assertEqual(found, level)
            found = self.level("direct_access", proxy_mode=False, **options)
            self.assertEqual(found, "ok")
        options = {"proxy_mode": True, "http_interface": "0.0.0.0"}
        for text, level in (
            ("10.0.0.0/24", "ok"),
            ("proxy", "error"),
            ("10.0.0.0/24 0.0.0.0/0", "warning"),
        ):
            self.set_param("base_api.proxy_networks", text)
            self.assertEqual(self.level("direct_access", **options), level)

    def test_tls(self):
        self.set_param("web.base.url", "https://odoo.example.com")
        for address, scheme, level in (
            ("192.0.2.7", "http", "error"),
            ("127.0.0.1", "http", "ok"),
            ("192.0.2.7", "https", "ok"),
        ):
            request = SeenRequest({}, address, scheme)
            self.assertEqual(self.level("tls", request), level)
        self.set_param("web.base.url", "http://odoo.example.com")
        self.assertEqual(self.level("tls"), "warning")
        self.set_param("web.base.url", "http://localhost:8069")
        self.assertEqual(self.level("tls"), "ok")

    def test_database_filter(self):
        one = {"db_name": ["db"], "dbfilter": "", "db_replica_host": None}
        self.assertEqual(self.level("database_filter", **one), "ok")
        filtered = one | {"dbfilter": "^db$"}
        self.assertEqual(self.level("database_filter", **filtered), "ok")
        options = filtered | {"db_replica_host": "standby"}
        self.assertEqual(self.level("database_filter", **options), "warning")
        self.assertEqual(
            self.level("database_filter", **one | {"db_name": []}), "warning"
        )

    def test_database_manager(self):
        for listed, password, level in (
            (False, "admin", "ok"),
            (True, "x", "warning"),
            (True, "admin", "error"),
        ):
            options = {"list_db": listed, "admin_passwd": password}
            self.assertEqual(self.level("database_manager", **options), level)

    def test_server_wide_modules(self):
        for names, level in ((["base", "web"], "warning"), (["base_api"], "ok")):
            found = self.level("server_wide_modules", server_wide_modules=names)
            self.assertEqual(found, level)

    def test_version(self):
        self.assertEqual(self.level("version"), "ok")
        with patch.object(modules, "get_manifest", return_value={"version": "99.0"}):
            finding = self.find("version")
        self.assertEqual(finding.level, "error")
        self.assertIn("-u base_api", finding.remedy)

    def test_workers(self):
        self.assertEqual(self.level("workers", workers=0), "warning")
        self.assertEqual(self.level("workers", workers=4), "ok")

    def test_time_limits(self):
        for seconds, level in ((0, "warning"), (30, "warning"), (120, "ok")):
            found = self.level("time_limits", limit_time_real=seconds)
            self.assertEqual(found, level)

    def test_connections(self):
        options = {"max_cron_threads": 1, "db_maxconn_gevent": None}
        for workers, pool, level in (
            (0, 4, "ok"),
            (2, 4, "ok"),
            (2, 2, "error"),
            (2, 1000, "warning"),
            (1000, 4, "error"),
        ):
            with self.subTest(workers=workers, pool=pool):
                options |= {"workers": workers, "db_maxconn": pool}
                self.assertEqual(self.level("connections", **options), level)

    def test_the_arithmetic_of_connections(self):
        options = {"workers": 4, "max_cron_threads": 1, "db_maxconn": 8}
        with patch.dict(config.options, options | {"db_maxconn_gevent": 4}):
            node = connections.demand()
        self.assertEqual((node.most, node.usual), (5 * 10 + 4 + 2, 6 * 4))

    def test_clock(self):
        self.assertEqual(self.level("clock"), "ok")
        for seconds, level in ((10, "warning"), (-10, "warning"), (-90, "error")):
            now = time.time
            with patch.object(clock.time, "time", lambda: now() + seconds):  # noqa: B023
                self.assertEqual(self.level("clock"), level)

    def test_a_missing_file(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        files = Path(folder, "filestore", self.env.cr.dbname)
        options = {"data_dir": folder}
        self.assertIn("missing", self.find("filestore", **options).message)
        files.mkdir(parents=True)
        attachments = self.env["ir.attachment"]
        # All others are missing in this folder.
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = NULL")
        with patch.dict(config.options, options):
            attachment = attachments.create({"name": "a", "raw": b"a"})
            self.env.flush_all()
            finding = self.find("filestore", **options)
            self.assertEqual((finding.level, finding.remedy), ("ok", ""))
            (files / attachment.store_fname).unlink()
        finding = self.find("filestore", **options)
        self.assertEqual(finding.level, "error")
        self.assertIn("1 of the 1", finding.message)

    def test_files_in_the_database(self):
        self.set_param("ir_attachment.location", "db")
        self.assertEqual(self.level("filestore", data_dir="/nowhere"), "ok")

    def test_printing(self):
        for state, level in (
            (("ok", True), "ok"),
            (("ok", False), "warning"),
            (("install", False), "warning"),
            (("workers", True), "error"),
        ):
            with patch.object(printing, "wkhtmltopdf_state", return_value=state):
                self.assertEqual(self.level("printing"), level)

    def test_replica(self):
        self.assertEqual(self.level("replica", db_replica_host=None), "ok")
        here = {"db_replica_host": config["db_host"] or socket.gethostname()}
        for state, level in (
            ((False, 0.1, True), "ok"),
            ((False, 60.0, True), "warning"),
            ((False, None, True), "warning"),
            ((False, 0.1, False), "warning"),
            ((True, None, True), "warning"),
        ):
            with patch.object(Situation, "query", return_value=state):
                self.assertEqual(self.level("replica", **here), level)
        self.set_param("base_api.max_replica_lag", "90")
        with patch.object(Situation, "query", return_value=(False, 60.0, True)):
            self.assertEqual(self.level("replica", **here), "ok")
            self.set_param("base_api.max_replica_lag", "0")  # switched off
            self.assertEqual(self.level("replica", **here), "ok")

    def test_a_replica_that_does_not_answer(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            options = {"db_replica_host": "127.0.0.1", "db_replica_port": port}
            started = time.monotonic()
            finding = self.find("replica", **options)
        self.assertEqual(finding.level, "error")
        self.assertIn("does not answer", finding.message)
        self.assertGreaterEqual(time.monotonic() - started, 1)

    def test_connect_timeout(self):
        environment = {k: v for k, v in os.environ.items() if k != "PGCONNECT_TIMEOUT"}
        local = {"db_host": "localhost", "db_replica_host": None}
        remote = local | {"db_replica_host": "db2.example.com"}
        with patch.dict(os.environ, environment, clear=True):
            self.assertEqual(self.level("connect_timeout", **local), "ok")
            self.assertEqual(self.level("connect_timeout", **remote), "warning")
            os.environ["PGCONNECT_TIMEOUT"] = "3"
            self.assertEqual(self.level("connect_timeout", **remote), "ok")

    def test_scheduled_actions(self):
        sql = "UPDATE ir_cron SET write_date = NULL, nextcall = {}"
        now = "now() AT TIME ZONE 'utc'"
        for moment, level in (
            (now, "ok"),
            (f"{now} - interval '1 hour'", "warning"),
            (f"{now} - interval '2 days'", "error"),
        ):
            self.env.cr.execute(sql.format(moment))
            self.assertEqual(self.level("scheduled_actions"), level)

    def test_a_scheduled_action_that_is_off(self):
        action = self.env.ref("base_api.ir_cron_seal_audit")
        now = "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'utc'"
        self.env.cr.execute(now)
        self.assertEqual(self.level("scheduled_actions"), "ok")
        action.active = False
        self.env.flush_all()
        finding = self.find("scheduled_actions")
        self.assertEqual(finding.level, "warning")
        self.assertIn(action.cron_name, finding.message)

    def test_a_database_that_does_not_answer_is_a_finding(self):
        silent = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        options = {"host": "127.0.0.1", "port": silent.getsockname()[1]}
        info = ("db", {"database": "db", **options})
        with patch.object(probes, "connection_info_for", return_value=info):
            with patch.object(type(self.env["api.doctor"]), "_get_checks") as checks:
                checks.return_value = {"clock": clock.check_clock}
                [finding] = diagnosis.diagnose(Situation(self.env))
        self.assertEqual((finding.check, finding.level), ("clock", "error"))
        self.assertIn("does not answer", finding.message)

    def test_work_that_hangs_is_left(self):
        with self.assertRaises(Unanswered):
            patience.within_a_second(time.sleep, 30)
        with self.assertRaises(FileNotFoundError):
            patience.within_a_second(os.stat, "/no/such/file")

    def test_other_addons_add_checks(self):
        def check_coffee(_situation):
            return Finding("coffee", "warning", "There is none.", "Make some")

        doctor = type(self.env["api.doctor"])
        checks = {**doctor._get_checks(self.env["api.doctor"]), "coffee": check_coffee}
        with patch.object(doctor, "_get_checks", return_value=checks):
            findings = diagnosis.diagnose(Situation(self.env))
        self.assertEqual(findings[-1].check, "coffee")
        self.assertIsNone(findings[-1].documentation)
