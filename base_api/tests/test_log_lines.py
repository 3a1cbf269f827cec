# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging
import sys
import threading
from unittest.mock import patch

from odoo.netsvc import LogRecord
from odoo.tests import BaseCase, tagged

from odoo.addons.base_api.observing import log_lines
from odoo.addons.base_api.observing.exchange import Exchange
from odoo.addons.base_api.observing.log_lines import (
    JsonFormatter,
    add_identifiers,
    log_format,
    note_exchange,
)
from odoo.addons.base_api.protocol.trace import Trace

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE_ID}-00f067aa0ba902b7-01"
FORMAT = "%(levelname)s %(dbname)s %(name)s: %(message)s %(perf_info)s"


def record(message="It is %s", *args, exc_info=None):
    args = args or ("done",)
    return LogRecord("odoo.x", logging.INFO, "x.py", 1, message, args, exc_info)


@tagged("post_install", "-at_install")
class TestLogLines(BaseCase):
    def setUp(self):
        super().setUp()
        self.thread = threading.current_thread()
        for name, value in {"perf_t0": 1.0, log_lines._ATTRIBUTE: (None, None)}.items():
            self.startPatcher(patch.object(self.thread, name, value, create=True))

    def start(self, traceparent=""):
        trace = Trace("order-17", traceparent)
        exchange = Exchange(trace, "GET", "/x", "::1", "curl", "db", 0.0)
        note_exchange(exchange)
        return exchange

    def line(self, line=None):
        line = line or record()
        add_identifiers(line)
        return logging.Formatter(FORMAT).format(line)

    def test_lines_without_a_request_are_unchanged(self):
        self.assertTrue(self.line().endswith("odoo.x: It is done "))

    def test_lines_end_with_the_identifiers(self):
        self.start()
        self.assertTrue(self.line().endswith("It is done request_id=order-17"))
        self.start(TRACEPARENT)
        end = f"It is done request_id=order-17 trace_id={TRACE_ID}"
        self.assertTrue(self.line().endswith(end))

    def test_the_times_of_the_request_come_first(self):
        self.start()
        line = record()
        line.perf_info = "7 0.003 0.010"
        self.assertTrue(self.line(line).endswith(" 7 0.003 0.010 request_id=order-17"))

    def test_two_handlers_name_it_once(self):
        self.start()
        line = record()
        add_identifiers(line)
        self.assertEqual(self.line(line).count("request_id"), 1)

    def test_the_next_request_of_the_thread_is_another_one(self):
        self.start()
        self.thread.perf_t0 = 2.0
        self.assertNotIn("request_id", self.line())

    def test_json(self):
        exchange = self.start(TRACEPARENT)
        exchange.status = 200
        exchange.routing = {"catch_all": False, "routes": ["/api/v2/search/<name>"]}
        text = JsonFormatter().format(record('A "quote"\nand %s', "ä"))
        self.assertNotIn("\n", text)
        line = json.loads(text)
        self.assertEqual(line["message"], 'A "quote"\nand ä')
        self.assertEqual((line["level"], line["logger"]), ("INFO", "odoo.x"))
        self.assertEqual(line["request_id"], "order-17")
        self.assertEqual(line["trace_id"], TRACE_ID)
        self.assertEqual((line["route"], line["status"]), ("/search/{name}", 200))
        self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*\+00:00$")
        self.assertLess({"database", "pid", "user_id", "duration"}, set(line))

    def test_json_of_exceptions(self):
        try:
            raise ValueError("wrong")
        except ValueError:
            line = json.loads(JsonFormatter().format(record(exc_info=sys.exc_info())))
        self.assertIn("ValueError: wrong", line["exception"])
        self.assertNotIn("request_id", line)

    def test_the_format_is_in_the_configuration_file(self):
        for content, expected in (
            ("[options]\nlog_level = info\n", ""),
            ("[options]\n[base_api]\nlog_format = JSON\n", "json"),
            ("nonsense", ""),
        ):
            path = f"{self.id()}.conf"
            with self.subTest(content=content), patch("builtins.open") as opened:
                opened.return_value.__enter__.return_value = content.splitlines(True)
                with patch.object(log_lines, "config", {"config": path}):
                    self.assertEqual(log_format(), expected)
