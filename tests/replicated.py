# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two servers on a PostgreSQL and a standby of it, which can be held back."""

import contextlib
import time
import uuid

import pytest
from client import Client
from installation import Installation
from own_postgres import OPTIONS, PORT, TEMPLATE, OwnPostgres

import cluster
import paths

STANDBY = "standby"
PAUSED = "SELECT pg_get_wal_replay_pause_state() = 'paused'"
POSITION = "SELECT pg_current_wal_insert_lsn()"
REPLAYED = "SELECT pg_last_wal_replay_lsn() >= %s"
# So that tests on a slow machine are served by a standby that is held back.
LONG_LAG = 3600  # seconds


@pytest.fixture(scope="module")
def replicated(own_postgres):
    """Two servers of one process each: what one caches, the other does not know."""
    name = f"replicated_{uuid.uuid4().hex[:8]}"
    own_postgres.copy(TEMPLATE, name)
    standby = Standby(own_postgres)
    standby.remove()
    replicated = Replicated(own_postgres, standby, name)
    try:
        standby.start()
        replicated.start()
        yield replicated
    finally:
        replicated.end()
        standby.remove()
    own_postgres.drop(name)


class Standby(OwnPostgres):
    """A streaming standby of another PostgreSQL."""

    def __init__(self, primary):
        cluster.Cluster.__init__(self, STANDBY, OPTIONS)
        self.primary = primary

    def _make(self):
        self._make_home()
        part = self.home / "data.part"
        paths.remove(part)
        source = ["-h", self.primary.socket_folder(), "-U", cluster.SUPERUSER]
        words = ["-R", "-N", "-X", "stream", "-c", "fast", *source, "-p", PORT]
        self._run("Making a standby", "pg_basebackup", *words, "-D", part)
        # The socket of the primary is in its data folder.
        (part / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        part.rename(self.data)

    def is_true(self, statement, *values):
        return bool(self.query_all(statement, *values)[0][0])


class Replicated:
    """The primary, the standby, and the servers `a` and `b` that use both."""

    def __init__(self, primary, standby, database):
        self.primary, self.standby, self.database = primary, standby, database
        self.a, self.b = (Installation(primary, database) for _ in range(2))

    def start(self, **more):
        for node in (self.a, self.b):
            node.log = node.log.with_name(f"{self.database}_{node.port}.log")
            node.start(**self.options() | more)
            node.key = self.a.key
        self.set("max_replica_lag", LONG_LAG)

    def options(self):
        folder = self.standby.socket_folder()
        options = {"--db_replica_host": folder, "--db_replica_port": PORT}
        return options | {"--workers": 0, "--load": "base,web,base_api"}

    def end(self):
        for node in (self.a, self.b):
            if hasattr(node, "process"):
                node.end()

    def set(self, name, value):
        """Change a setting of the addon, in all servers."""
        values = {"key": f"base_api.{name}", "value": str(value)}
        path = "/upsert/ir.config_parameter?key=key"
        assert self.a.client().call("PUT", path, values).ok
        self.catch_up()

    def catch_up(self):
        """Wait until the standby has all that the primary has now."""
        [[position]] = self.primary.query(POSITION)
        wait_until(lambda: self.standby.is_true(REPLAYED, position))

    @contextlib.contextmanager
    def lagging(self):
        """Hold the standby back, as it is now."""
        self.catch_up()
        self.standby.query_all("SELECT pg_wal_replay_pause()")
        try:
            wait_until(lambda: self.standby.is_true(PAUSED))
            yield
        finally:
            self.resume()

    def resume(self):
        self.standby.query_all("SELECT pg_wal_replay_resume()")


def other_key(node, **options):
    """A caller with another key of the administrator."""
    key = node.client().post("/users/2/api-key", options)["api_key"]
    return Client(node.url, api_key=key)


def is_on_standby(node, client, path, **options):
    """Send a read that must work; tell whether the standby served it."""
    answer = client.call("GET", path, **options)
    assert answer.ok, answer.text
    return cursor_mode(node, answer) == "ro"


def cursor_mode(node, answer):
    """What Odoo says of the cursor of a request, in its line of the log."""
    mark = f"request_id={answer.headers['X-Request-Id']}"
    lines = []

    def is_logged():
        lines[:] = [
            line for line in read(node.log) if "werkzeug" in line and mark in line
        ]
        return lines

    wait_until(is_logged)
    return lines[-1].partition(" request_id=")[0].split()[-1]


def read(file):
    return file.read_text(errors="replace").splitlines()


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It does not happen"
        time.sleep(0.05)
