# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exports for clients that read slowly or not at all, with workers and with threads."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path

import backstage
import pytest
import servers
from backstage import variable
from client import Client
from slow_client import SlowClient

PARTNERS = 60_000
EXPORT = "/export/res.partner?fields=name,complete_name,ref,write_date,create_date"
MAKE_PARTNERS = """
    INSERT INTO res_partner (name, complete_name, type, active, ref, create_uid,
                             create_date, write_uid, write_date)
    SELECT 'Partner ' || md5(n::text), 'Partner ' || md5(n::text), 'contact', TRUE,
           'R' || md5(n::text), 2, now(), 2, now()
    FROM generate_series(1, %s) AS n
"""
OPEN = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = %s AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
"""
SET = "INSERT INTO ir_config_parameter (key, value) VALUES ('base_api.' || %s, %s)"


@pytest.fixture(scope="module")
def crowd():
    """A database with more partners than a network takes without a reader."""
    name = f"{variable('BASE_API_MINIMAL_DATABASE')}_crowd"
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), name)
    backstage.query(MAKE_PARTNERS, PARTNERS, database=name)
    for bound in ("exports_per_key", "exports_total"):
        backstage.query(SET, bound, "100", database=name)
    yield name
    backstage.drop_database(name)


class Server:
    """A server of these tests, and what its processes hold."""

    def __init__(self, database, workers, more=None):
        self.database, self.workers = database, workers
        port = backstage.free_port()
        self.url = servers.address(port)
        # What an export has waited for is not to be hidden by Odoo's own time limit.
        os.environ["ODOO_HTTP_SOCKET_TIMEOUT"] = "60"
        try:
            self.process = servers.start(database, port, workers, more)
        finally:
            del os.environ["ODOO_HTTP_SOCKET_TIMEOUT"]
        servers.wait_for(self.process, self.url)
        self.admin = self.log_in()

    def log_in(self):
        return Client(self.url).log_in("admin", "admin")

    def end(self):
        servers.end(self.process)

    def pids(self):
        """The processes of the server: its own, and those of its workers."""
        group = self.process.pid
        pids = [
            int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()
        ]
        return [pid for pid in pids if is_in_group(pid, group)]

    def spools(self):
        """Sizes of the nameless files that these processes hold open."""
        links = [link for pid in self.pids() for link in open_files(pid)]
        return [size for name, size in links if name.endswith(" (deleted)") and size]

    def holders(self):
        """The process of each export that counts as running."""
        return {
            pid
            for pid in self.pids()
            if any(is_slot(name) for name, _size in open_files(pid))
        }

    def transactions(self):
        return {pid for (pid,) in backstage.query(OPEN, self.database)}

    def set(self, **bounds):
        """Change bounds for a while."""
        return changed(
            self.admin, {f"base_api.{name}": n for name, n in bounds.items()}
        )


def is_in_group(pid, group):
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(pid) == group
    return False


def open_files(pid):
    """Names and sizes of the files that a process holds open."""
    found = []
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found.append((os.readlink(link), link.stat().st_size))
    return found


def is_slot(name):
    return name.endswith(".exports")


@contextlib.contextmanager
def changed(admin, parameters):
    path = "/search/ir.config_parameter"
    found = {
        key: admin.get(path, key=key, fields="value")["records"][0]
        for key in parameters
    }
    for key, value in parameters.items():
        path = f"/update/ir.config_parameter/{found[key]['id']}"
        admin.put(path, {"value": str(value)})
    yield
    for record in found.values():
        path = f"/update/ir.config_parameter/{record['id']}"
        admin.put(path, {"value": record["value"]})


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module", params=[2, 0], ids=["workers", "threads"])
def server(request, crowd):
    server = Server(crowd, workers=request.param)
    yield server
    server.end()


def test_slow_reader_holds_no_connection(server):
    with SlowClient(server.admin, EXPORT) as client:
        total = int(client.read_head().headers["Total-Count"])
        assert total > PARTNERS
        content = client.read(1024)
        wait_until(lambda: not server.transactions())
        for _ in range(3):
            time.sleep(1)
            content += client.read(1024)
        # The rest waits in a file, and the network takes some.
        [spool] = server.spools()
        assert spool > 1024 * 1024
        assert len(server.holders()) == 1
        assert not server.transactions()
        content += client.read_all()
    lines = client.decode(content).splitlines()
    assert len(lines) == len({json.loads(line)["id"] for line in lines}) == total
    wait_until(lambda: not server.holders() and not server.spools())


def test_first_records_come_before_the_last_are_read(server):
    with SlowClient(server.admin, EXPORT) as client:
        client.read_head()
        client.read(1024)
        assert server.transactions()


@pytest.mark.parametrize("all_read", [True, False])
def test_client_that_goes_away_leaves_nothing_behind(server, all_read):
    with SlowClient(server.admin, EXPORT) as client:
        client.read_head()
        assert server.transactions()
        assert server.holders()
        if all_read:
            wait_until(server.spools)
            wait_until(lambda: not server.transactions())
    wait_until(lambda: not server.transactions())
    wait_until(lambda: not server.holders() and not server.spools())


def test_too_many_exports_are_told_to_wait(server):
    with server.set(exports_per_key=1), SlowClient(server.admin, EXPORT) as client:
        assert client.read_head().status == 200
        answer = server.admin.send("GET", EXPORT)
        assert answer.status_code == 503, answer.text
        assert answer.json()["error"]["code"] == "OVERLOADED"
        assert answer.headers["Retry-After"] == "30"
        key = server.admin.post("/users/2/api-key")["api_key"]
        other = Client(server.url, api_key=key)
        assert SlowClient(other, EXPORT).read_head().status == 200
        client.close()
        wait_until(lambda: len(server.holders()) == 0)
        with SlowClient(server.admin, EXPORT) as client:
            assert client.read_head().status == 200


def test_total_of_all_callers(server):
    with server.set(exports_total=1), SlowClient(server.admin, EXPORT) as client:
        assert client.read_head().status == 200
        answer = server.log_in().send("HEAD", EXPORT)
        assert answer.status_code == 503


def test_killed_worker_holds_nothing(server):
    if not server.workers:
        pytest.skip("One process")
    with server.set(exports_total=1), SlowClient(server.admin, EXPORT) as client:
        assert client.read_head().status == 200
        [worker] = server.holders()
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: worker not in server.pids())
        with SlowClient(server.admin, EXPORT) as client:
            assert client.read_head().status == 200
    wait_until(lambda: not server.spools() and not server.transactions())


def test_lost_connection_ends_the_file_early(server):
    with SlowClient(server.admin, EXPORT) as client:
        total = int(client.read_head().headers["Total-Count"])
        [backend] = server.transactions()
        backstage.query("SELECT pg_terminate_backend(%s)", backend)
        content = client.decode(client.read_all())
    assert content.endswith(b"}\n")
    assert content.count(b"\n") < total
    wait_until(lambda: not server.holders() and not server.spools())
    assert server.admin.get("/count/res.partner")["count"] == total


@pytest.fixture
def poor(crowd):
    """A server with few database connections."""
    server = Server(crowd, workers=0, more={"--db_maxconn": 3})
    yield server
    server.end()


def test_slow_readers_leave_connections_to_others(poor):
    with contextlib.ExitStack() as stack:
        for _ in range(4):
            client = stack.enter_context(SlowClient(poor.admin, EXPORT))
            assert client.read_head().status == 200
            wait_until(lambda: not poor.transactions())
        assert len(poor.holders()) == 1
        assert len(poor.spools()) == 4
        assert poor.admin.get("/count/res.partner")["count"] > PARTNERS
