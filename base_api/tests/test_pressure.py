# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import contextlib
import socket
from types import SimpleNamespace
from unittest.mock import patch

from odoo.service import server as service
from odoo.tests import BaseCase

from odoo.addons.base_api.orm.server_queue import waiting_per_worker
from odoo.addons.base_api.protocol.priority import is_low_priority

from .bounds_case import BoundsCase

LOW = {"Priority": "u=7"}


@contextlib.contextmanager
def waiting_clients(count):
    """Have some clients wait for a server that accepts nobody."""
    with contextlib.ExitStack() as opened:
        listening = opened.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        for _client in range(count):
            client = socket.create_connection(listening.getsockname(), 10)
            opened.enter_context(client)
        yield listening


class TestServerQueue(BaseCase):
    def serve(self, **attributes):
        return patch.object(service, "server", SimpleNamespace(**attributes))

    def test_waiting_clients(self):
        for count in (0, 3, 9):
            with waiting_clients(count) as listening:
                for attributes in (
                    {"socket": listening},
                    {"socket": None, "httpd": SimpleNamespace(socket=listening)},
                ):
                    with self.serve(**attributes):
                        self.assertEqual(waiting_per_worker(), count)
                with (
                    self.serve(socket=listening),
                    patch.dict(service.config.options, workers=3),
                ):
                    self.assertEqual(waiting_per_worker(), count / 3)

    def test_unknown(self):
        with socket.socket(socket.AF_UNIX) as other:
            for attributes in ({}, {"socket": None}, {"socket": other}):
                with self.serve(**attributes):
                    self.assertEqual(waiting_per_worker(), 0)
        with patch.object(service, "server", None):
            self.assertEqual(waiting_per_worker(), 0)


class TestPriority(BaseCase):
    def test_urgency(self):
        for text in ("u=6", "u=7", "i, u=7", "u=7;x=1, i", "u=1,u=6", " u=6 "):
            self.assertTrue(is_low_priority({"Priority": text}), text)
        for text in ("", "u=5", "u=3, i", "i", "u=7, u=0", "u=77", "U=7", "xu=7"):
            self.assertFalse(is_low_priority({"Priority": text}), text)
        self.assertFalse(is_low_priority({}))


class TestPressure(BoundsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.new_user("clerk", "base.group_user,base.group_partner_manager")

    def under_pressure(self, count=5):
        opened = contextlib.ExitStack()
        self.addCleanup(opened.close)
        listening = opened.enter_context(waiting_clients(count))
        httpd = getattr(service.server, "httpd", None)
        server = SimpleNamespace(socket=listening, httpd=httpd)
        opened.enter_context(patch.object(service, "server", server))

    def assertOverloaded(self, response):
        self.assertTooMuch(response, 503, "OVERLOADED", "pressure_queue")
        self.assertGreater(int(response.headers["Retry-After"]), 0)

    def test_low_priority_is_refused_and_the_rest_is_not(self):
        self.under_pressure()
        path = "/search/res.partner?limit=1"
        self.assertOverloaded(self.get(path, self.employee, headers=LOW))
        self.assertOverloaded(
            self.post("/search/res.partner", self.employee, headers=LOW)
        )
        self.assertOverloaded(self.get("/export/res.partner", self.employee))
        self.assertOverloaded(self.get("/export/res.partner"))
        self.assertSuccess(self.get(path, self.employee))
        headers = {"Priority": "u=5"}
        self.assertSuccess(self.get(path, self.employee, headers=headers))
        body = {"name": "API Urgent"}
        response = self.post("/create/res.partner", self.clerk, json=body, headers=LOW)
        self.assertSuccess(response, 201)
        self.assertSuccess(self.get("/test", headers=LOW))
        response = self.call("OPTIONS", "/export/res.partner")
        self.assertEqual(response.status_code, 204)

    def test_no_pressure(self):
        self.under_pressure(3)
        for path in ("/search/res.partner?limit=1", "/export/res.partner?limit=1"):
            response = self.get(path, self.employee, headers=LOW)
            self.assertEqual(response.status_code, 200, response.text)
        self.limit(pressure_queue=3)
        self.assertOverloaded(self.get("/export/res.partner", self.employee))
        self.limit(pressure_queue=0)
        response = self.get("/export/res.partner?limit=1", self.employee)
        self.assertEqual(response.status_code, 200, response.text)

    def test_measuring_costs_no_statement(self):
        headers = {"api-key": self.new_key(self.employee)}
        path = "/search/res.partner?limit=1"

        def statements(more):
            before = self.cr.sql_log_count
            self.assertSuccess(self.get(path, headers=headers | more))
            return self.cr.sql_log_count - before

        statements(LOW)
        self.assertEqual(statements(LOW), statements({}))
