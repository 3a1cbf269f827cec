# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server with two workers on a PostgreSQL of its own, for faults of both."""

import contextlib
import socket
import time
import uuid
from pathlib import Path

import backstage
import psutil
import pytest
import servers
from backstage import variable
from client import Client
from ledger import Ledger
from own_postgres import TEMPLATE, OwnPostgres

WORKERS = 2
WAITING = """
    SELECT count(*) FROM pg_stat_activity
     WHERE wait_event_type = 'Lock' AND datname = %s
"""


@pytest.fixture(scope="session")
def own_postgres():
    """A PostgreSQL that has been made for these tests, and is removed with them."""
    postgres = OwnPostgres()
    postgres.make()
    yield postgres
    postgres.remove()


@pytest.fixture(scope="module")
def installation(own_postgres):
    """A running server with two workers, on a fresh database."""
    name = f"faults_{uuid.uuid4().hex[:8]}"
    own_postgres.copy(TEMPLATE, name)
    installation = Installation(own_postgres, name)
    try:
        installation.start()
        yield installation
    finally:
        installation.end()
    own_postgres.start()
    own_postgres.drop(name)


class Installation:
    """One database, and the server that is started on it."""

    def __init__(self, postgres, database, environment=None):
        self.postgres = postgres
        self.database = database
        # Kept for those who look into a failure.
        self.log = Path(variable("BASE_API_CONF")).parent / f"{database}.log"
        self.environment = environment
        self.port = backstage.free_port()
        self.evented_port = backstage.free_port()
        self.url = servers.address(self.port)
        self.key = None

    def start(self, **more):
        """:param more: options of Odoo, `{name: value}`"""
        options = self.postgres.odoo_options() | {"--logfile": self.log}
        options |= {"--gevent-port": self.evented_port} | more
        words = (self.database, self.port, WORKERS, options)
        self.process = servers.start(*words, environment=self.environment)
        servers.wait_for(self.process, self.url)
        if more.get("--workers", WORKERS):
            wait_for_port(self.evented_port)
        if not self.key:
            self.session = Client(self.url).log_in("admin", "admin")
            self.key = self.session.post("/users/2/api-key")["api_key"]
        self.client().get("/auth/test")

    def end(self):
        servers.end(self.process)

    def client(self):
        return Client(self.url, api_key=self.key)

    def ledger(self):
        return Ledger(self.client, uuid.uuid4().hex)

    def query(self, statement, *values):
        return self.postgres.query(statement, *values, database=self.database)

    @contextlib.contextmanager
    def writes_held_up(self):
        """Let each worker come to the middle of a write, and no further."""
        connection = self.postgres.connect(self.database, autocommit=False)
        with contextlib.closing(connection) as holder:
            holder.cursor().execute("LOCK TABLE res_partner IN EXCLUSIVE MODE")
            self.wait_for_writes(WORKERS)
            yield
            holder.rollback()

    def wait_for_writes(self, count):
        deadline = time.monotonic() + 60
        while self.query(WAITING, self.database)[0][0] < count:
            assert time.monotonic() < deadline, "No write is held up"
            time.sleep(0.02)

    def is_running(self):
        """Whether the process that was started has not been replaced."""
        return self.process.poll() is None

    def workers(self):
        """The processes that answer requests, the oldest first."""
        children = psutil.Process(self.process.pid).children()
        found = [child for child in children if "gevent" not in child.cmdline()]
        return sorted(found, key=lambda child: child.create_time())


def wait_for_port(port, seconds=120):
    """Wait for Odoo's process for websockets, the last one to be ready.

    If it ends while the database is away, Odoo's main process ends, too.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError("Odoo's process for websockets does not listen")
