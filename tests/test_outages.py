# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database that cannot be reached, or has no connection free."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import backstage
import pytest
import servers
from backstage import variable
from client import Client
from relay import Relay

LOGIN = {"username": "admin", "password": "admin"}
REQUESTS = (
    ("GET", "/test", None),
    ("GET", "/auth/me", None),
    ("GET", "/search/res.partner?limit=1", None),
    ("GET", "/export/res.partner", None),
    ("POST", "/auth/login", LOGIN),
    ("POST", "/create/res.partner", {"name": "x"}),
    ("GET", "/nope", None),
    ("DELETE", "/test", None),
)
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = %s
"""
ALLOW = 'ALTER DATABASE "{}" ALLOW_CONNECTIONS {}'
END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = %s AND usename = current_user"
)


@pytest.fixture(scope="module")
def database():
    name = f"{variable('BASE_API_MINIMAL_DATABASE')}_outages"
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), name)
    yield name
    backstage.drop_database(name)


@contextlib.contextmanager
def partners_locked(database):
    """Hold up everything that reads a partner."""
    with contextlib.closing(backstage.connect(database, autocommit=False)) as holder:
        holder.cursor().execute("LOCK TABLE res_partner")
        yield
        holder.rollback()


def wait_for_requests(database, count):
    """Wait until so many requests are held up."""
    deadline = time.monotonic() + 30
    while backstage.query(WAITING, database, database=database)[0][0] < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def refuse_all(client):
    for method, path, body in REQUESTS:
        error = client.refuse(503, "DATABASE_UNAVAILABLE", method, path, body)
        assert list(error) == ["message", "code"]
        answer = client.send(method, path, body)
        assert answer.headers["Retry-After"] == "5"


def test_database_that_is_cut_off_and_comes_back(database):
    relay = Relay()
    more = relay.options() | {"--load": "base,web,base_api", "--db-filter": ".*"}
    with servers.serving(database, more, {"X-Odoo-Database": database}) as url:
        chosen = Client(url, X_Odoo_Database=database)
        admin = Client(url, X_Odoo_Database=database)
        admin.headers |= chosen.log_in("admin", "admin").headers
        assert admin.get("/search/res.partner", limit=1)["count"] == 1
        relay.cut()
        refuse_all(admin)
        relay.open()
        assert admin.get("/search/res.partner", limit=1)["count"] == 1
        unknown = {"X-Odoo-Database": "nope"}
        Client(url).refuse(404, "NOT_FOUND", "GET", "/auth/me", headers=unknown)
        with partners_locked(database), ThreadPoolExecutor(1) as pool:
            lost = pool.submit(admin.send, "GET", "/search/res.partner?limit=1")
            wait_for_requests(database, 1)
            relay.cut()
            relay.open()
            assert lost.result().status_code == 503
        assert admin.get("/search/res.partner", limit=1)["count"] == 1


def test_pool_without_a_free_connection(database):
    with servers.serving(database, {"--db_maxconn": 3}) as url:
        admin = Client(url).log_in("admin", "admin")
        with ThreadPoolExecutor(3) as pool, partners_locked(database):
            path = "/search/res.partner?limit=1"
            waiting = [pool.submit(admin.send, "GET", path) for _ in range(3)]
            wait_for_requests(database, 3)
            refuse_all(admin)
        assert {answer.result().status_code for answer in waiting} == {200}
        assert admin.get("/search/res.partner", limit=1)["count"] == 1


def test_database_that_refuses_connections(database):
    """Known to Odoo, and without base_api among its server-wide modules."""
    with servers.serving(database) as url:
        admin = Client(url).log_in("admin", "admin")
        backstage.query(ALLOW.format(database, "false"))
        backstage.query(END, database)
        try:
            refuse_all(admin)
        finally:
            backstage.query(ALLOW.format(database, "true"))
        assert admin.get("/search/res.partner", limit=1)["count"] == 1
