# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from psycopg2.errors import AdminShutdown, QueryCanceled
from psycopg2.pool import PoolError

from odoo import fields
from odoo.exceptions import AccessDenied
from odoo.tests import BaseCase, mute_logger

from odoo.addons.base_api.auth import key_table
from odoo.addons.base_api.errors import outages
from odoo.addons.base_api.errors.outages import has_lost_database, is_outage

from .common import ApiCase


# Functions, as Odoo keeps the answer to an exception with it.
def full():
    return PoolError("The Connection Pool Is Full")


def refused():
    return psycopg2.OperationalError("connection to server failed: refused")


def lost():
    return psycopg2.OperationalError("server closed the connection unexpectedly")


def closed():
    return raised(psycopg2.InterfaceError("connection already closed"), lost())


def shut_down():
    return coded(AdminShutdown, "57P01")


def raised(exc, during):
    """Return an exception as it is when it is raised while another is handled."""
    exc.__context__ = during
    return exc


def coded(exception_class, code):
    """Return an error as PostgreSQL sends it, with a code."""
    return type(exception_class.__name__, (exception_class,), {"pgcode": code})()


class TestOutages(BaseCase):
    def test_which_errors_are_outages(self):
        for exc, expected in (
            (full(), True),
            (refused(), True),
            (shut_down(), True),
            (coded(psycopg2.OperationalError, "08006"), True),
            (coded(psycopg2.OperationalError, "53300"), True),
            (coded(QueryCanceled, "57014"), False),
            (QueryCanceled(), False),
            (coded(psycopg2.OperationalError, "53100"), True),
            (coded(psycopg2.InternalError, "25006"), True),
            # A connection of the pool, which Odoo resets before it uses it again.
            (psycopg2.DatabaseError("server closed the connection"), True),
            (psycopg2.ProgrammingError("no results to fetch"), False),
            (coded(psycopg2.NotSupportedError, "0A000"), False),
            (psycopg2.InterfaceError("cursor already closed"), False),
            (closed(), True),
            (AccessDenied(), False),
            (raised(AccessDenied(), lost()), True),
            (raised(AccessDenied(), ValueError()), False),
            # An addon that lost a database of its own.
            (raised(ValueError("Not reachable"), lost()), False),
        ):
            with self.subTest(exc=repr(exc), context=repr(exc.__context__)):
                self.assertIs(is_outage(exc), expected)

    def test_name_of_a_database_is_looked_up(self):
        exc = raised(KeyError(), raised(RuntimeError(), refused()))
        for name, known, expected in (
            ("", ["a"], True),
            ("a", ["a", "b"], True),
            ("c", ["a", "b"], False),
            ("c", [], True),
            ("c", full(), True),
        ):
            found = {"side_effect": [known]}
            with (
                self.subTest(name=name, known=known),
                patch.object(outages, "db_list", **found),
            ):
                headers = {"X-Odoo-Database": name}
                self.assertIs(has_lost_database(exc, headers), expected)
        self.assertFalse(has_lost_database(KeyError(), {}))
        self.assertFalse(has_lost_database(None, {}))


class TestAnswersInAnOutage(ApiCase):
    def setUp(self):
        super().setUp()
        self.key = self.new_key(self.employee)
        self.assertSuccess(self.send("GET", "/test"))

    def send(self, method, path, **options):
        return self.call(method, path, headers={"api-key": self.key}, **options)

    def cursors(self, *outcomes):
        """Have the next cursors of the registry fail like this, or not (None)."""
        open_cursor, rest = self.registry.cursor, iter(outcomes)

        def cursor(*args, **kwargs):
            if error := next(rest, None):
                raise error
            return open_cursor(*args, **kwargs)

        return patch.object(self.registry, "cursor", cursor)

    def assertUnavailable(self, response):
        error = self.assertApiError(response, 503, "DATABASE_UNAVAILABLE")
        self.assertEqual(list(error), ["message", "code"])
        self.assertEqual(response.headers["Retry-After"], "5")
        for word in ("pool", "server", "psycopg2", "refused", "closed"):
            self.assertNotIn(word, response.text.lower())

    def test_request_without_a_connection(self):
        for method, path in (
            ("GET", "/test"),
            ("GET", "/search/res.partner"),
            ("POST", "/create/res.partner"),
            ("GET", "/no/such/path"),
            ("GET", ""),
        ):
            for error in (full, refused):
                with (
                    self.subTest(path=path, error=error.__name__),
                    self.cursors(error()),
                    mute_logger("odoo.http"),
                ):
                    self.assertUnavailable(self.send(method, path))

    def test_problem_document_without_a_connection(self):
        headers = {"Accept": "application/problem+json"}
        with self.cursors(full()), mute_logger("odoo.http"):
            response = self.call("GET", "/test", headers=headers)
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response.json()["code"], "DATABASE_UNAVAILABLE")

    def test_other_paths_are_odoos(self):
        with self.cursors(full()), mute_logger("odoo.http"):
            response = self.url_open("/api/v20")
        self.assertEqual(response.status_code, 500)
        self.assertIn("text/html", response.headers["Content-Type"])

    def test_signing_in_without_a_connection(self):
        for exc in (full(), lost()):
            failing = patch.object(key_table, "read_own_key", side_effect=exc)
            with failing, mute_logger("odoo.http"):
                self.assertUnavailable(self.send("GET", "/search/res.partner"))

    def test_noting_a_use_needs_no_other_connection(self):
        with self.cursors(None, full()):
            self.assertSuccess(self.send("GET", "/auth/test"))
        session, token = self.env["api.session"]._start(self.employee)
        session.last_activity = fields.Datetime.now() - timedelta(minutes=5)
        with self.cursors(None, full()):
            response = self.get("/auth/me", headers={"session-token": token})
        self.assertSuccess(response)

    def test_export_without_a_connection(self):
        self.assertSuccess(self.send("GET", "/auth/test"))
        for exc in (full(), refused()):
            with self.cursors(None, exc), mute_logger("odoo.http"):
                self.assertUnavailable(self.send("GET", "/export/res.partner"))

    def test_connection_that_is_lost_while_the_endpoint_runs(self):
        partners = type(self.env["res.partner"])
        for error in (lost, closed, shut_down):
            for method, path, name, body in (
                ("GET", "/count/res.partner", "search_count", None),
                ("POST", "/create/res.partner", "create", {"name": "A"}),
            ):
                with (
                    self.subTest(error=error.__name__, path=path),
                    patch.object(partners, name, side_effect=error()),
                    self.assertLogs("odoo.http", "WARNING") as log,
                ):
                    self.assertUnavailable(self.send(method, path, json=body))
                self.assertEqual(len(log.records), 1)
                self.assertFalse(log.records[0].exc_info)
