# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rate limits over several processes on two servers, and what ends with a process."""

import contextlib
import os
import signal
import threading
import time

import backstage
import psycopg2
import pytest
import rate_limits
import requests
import servers
from client import Client

SECONDS = 10
BURST = 5  # few, so that there is more than enough to refuse on a busy machine, too
CLIENTS = 8
CATEGORIES = "res_partner_category"


@pytest.fixture(scope="module")
def database():
    name = "t_rate_limits"
    with contextlib.suppress(psycopg2.Error):
        backstage.drop_database(name)
    backstage.copy_database(backstage.variable("BASE_API_MINIMAL_DATABASE"), name)
    yield name
    backstage.drop_database(name)


@pytest.fixture(scope="module")
def nodes(database, tmp_path_factory):
    """Two servers of two workers each, as on two machines; their ports and logs."""
    folder = tmp_path_factory.mktemp("nodes")
    ports = [backstage.free_port() for _node in range(2)]
    logs = [folder / f"{port}.log" for port in ports]
    with contextlib.ExitStack() as running:
        for port, log in zip(ports, logs, strict=True):
            more = {"--logfile": str(log)}
            server = servers.start(database, port, workers=2, more=more)
            running.callback(servers.end, server)
            servers.wait_for(server, servers.address(port))
        yield ports, logs


@pytest.fixture(scope="module")
def boss(nodes):
    [port, _other], _logs = nodes
    return Client(servers.address(port)).log_in("admin", "admin")


def test_exact_over_four_processes(nodes, boss):
    ports, logs = nodes
    rate_limits.warm_up(ports, boss, CLIENTS)
    rate_limits.find_exact(ports, boss, SECONDS, CLIENTS, BURST)
    for log in logs:
        conflicts = [
            line
            for line in log.read_text().splitlines()
            # Two processes may note the use of a key at the same moment: one does.
            if "could not serialize" in line and "A note was not written" not in line
        ]
        assert not conflicts


def test_process_that_dies_frees_its_slots(nodes, boss, database):
    """A worker holds a slot while it waits for a lock, and is killed."""
    ports, _logs = nodes
    key = rate_limits.new_key(boss, concurrent=1)
    url, headers = servers.address(ports[0]), {"api-key": key}
    with contextlib.closing(backstage.connect(database, autocommit=False)) as holder:
        lock = f"LOCK TABLE {CATEGORIES} IN ACCESS EXCLUSIVE MODE"
        holder.cursor().execute(lock)
        waiting = threading.Thread(target=send_and_lose, args=(url, headers))
        waiting.start()
        wait_until(lambda: waits(database))
        other = f"{servers.address(ports[1])}/auth/me"
        answer = requests.get(other, headers=headers, timeout=60)
        assert answer.status_code == 429, answer.text
        assert answer.json()["error"]["violated-policies"] == ["key-concurrent"]
        os.kill(worker_of(database), signal.SIGKILL)
        wait_until(lambda: requests.get(other, headers=headers, timeout=60).ok)
    waiting.join(60)


def send_and_lose(url, headers):
    with contextlib.suppress(requests.RequestException):
        requests.get(f"{url}/search/res.partner.category", headers=headers, timeout=60)


def waits(database):
    """Tell whether somebody waits for the table."""
    statement = """SELECT 1 FROM pg_locks
                    WHERE relation = %s::regclass AND NOT granted"""
    return bool(backstage.query(statement, CATEGORIES, database=database))


def worker_of(database):
    """Return the process that waits for the table: Odoo names its connections so."""
    statement = """SELECT application_name FROM pg_stat_activity
                    WHERE datname = %s AND wait_event_type = 'Lock'"""
    [(name,)] = backstage.query(statement, database)
    return int(name.removeprefix("odoo-"))


def wait_until(is_done, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_done():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen")
