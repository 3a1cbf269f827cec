# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server that is killed in the middle of writes: nothing lost, nothing doubled."""

import contextlib
import random
import signal
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import backstage
import pytest
import requests
import servers
from backstage import variable
from client import Client
from server_actions import RUN, creating, new_action

WRITERS = 4
WRITES = 150
KILLS = 4
PATIENCE = 120  # seconds until a write has to have its answer
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
WAITING += " AND datname = %s"


class Crashing:
    """A prefork server that is killed and started again at the same address."""

    def __init__(self, database):
        self.database = database
        self.port = backstage.free_port()
        self.url = servers.address(self.port)
        self.start()

    def start(self):
        self.process = servers.start(self.database, self.port, workers=2)
        servers.wait_for(self.process, self.url)

    def kill(self):
        servers.end(self.process, signal.SIGKILL)


@pytest.fixture
def server(unique):
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), unique)
    server = Crashing(unique)
    yield server
    server.kill()
    backstage.drop_database(unique)


class Writer:
    """Creates partners, each until the answer to it arrives."""

    def __init__(self, url, key):
        self.url = url
        self.key = key
        self.answers = {}
        self.repeats = 0
        self.arrived = threading.Condition()

    def write(self, name):
        client = Client(self.url, api_key=self.key)
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        options = {"headers": headers, "timeout": 10}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(requests.RequestException):
                path = "/create/res.partner"
                answer = client.send("POST", path, {"name": name}, **options)
                # Those that meet the write of a dead server are told to try again.
                if answer.status_code != 409:
                    return self.note(name, answer)
            self.repeats += 1
            time.sleep(0.05)  # nobody tells when the server is back
        raise AssertionError(f"{name} was never answered")

    def note(self, name, answer):
        with self.arrived:
            self.answers[name] = answer
            self.arrived.notify_all()

    def wait_for(self, count):
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.answers) >= count, PATIENCE)


@contextlib.contextmanager
def partners_locked(database):
    """Hold up every write of a partner, after its key was taken."""
    with contextlib.closing(backstage.connect(database, autocommit=False)) as holder:
        holder.cursor().execute("LOCK TABLE res_partner IN EXCLUSIVE MODE")
        yield
        holder.rollback()


def wait_for_writes(database):
    """Wait until each worker of the server is in the middle of a write."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if backstage.query(WAITING, database, database=database)[0][0] >= 2:
            return
        time.sleep(0.02)
    raise AssertionError("No write is held up")


def test_killing_the_server_loses_and_doubles_nothing(server, unique):
    session = Client(server.url).log_in("admin", "admin")
    key = session.post("/users/2/api-key")["api_key"]
    writer = Writer(server.url, key)
    names = [f"{unique} {number}" for number in range(WRITES)]
    with ThreadPoolExecutor(WRITERS) as pool:
        done = [pool.submit(writer.write, name) for name in names]
        for kill in range(KILLS):
            part = WRITES // KILLS * kill
            writer.wait_for(part + random.randint(5, WRITES // KILLS - 5))
            if kill % 2:
                with partners_locked(unique):
                    wait_for_writes(unique)
                    server.kill()
            else:
                server.kill()
            server.start()
    for future in done:
        future.result()
    assert writer.repeats
    check(writer.answers, names, unique)


def test_a_call_that_died_after_a_commit_is_not_made_again(server, unique):
    admin = Client(server.url).log_in("admin", "admin")
    code = creating(unique, "env.cr.commit()", "time.sleep(60)", "env.cr.commit()")
    body = new_action(admin, code)
    headers = {"Idempotency-Key": unique}

    def call():
        client = Client(server.url, **admin.headers)
        return client.send("POST", RUN, body, headers=headers)

    rows = "SELECT count(*) FROM res_partner WHERE name = %s"
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(call)
        deadline = time.monotonic() + 30
        while backstage.query(rows, unique, database=unique) != [(1,)]:
            assert time.monotonic() < deadline, "Nothing was committed"
            time.sleep(0.02)
        server.kill()
        assert isinstance(first.exception(), requests.RequestException)
    server.start()
    again = call()
    assert again.status_code == 409
    assert again.json()["error"]["code"] == "ANSWER_NOT_KEPT"
    assert "committed part of its work" in again.json()["error"]["message"]
    assert backstage.query(rows, unique, database=unique) == [(1,)]


def check(answers, names, database):
    assert {answer.status_code for answer in answers.values()} == {201}
    rows = "SELECT id, name FROM res_partner WHERE name LIKE %s ORDER BY id"
    rows = backstage.query(rows, f"{database} %", database=database)
    assert sorted(name for _id, name in rows) == sorted(names)
    created = {name: answers[name].json()["data"]["id"] for name in names}
    assert {name: row_id for row_id, name in rows} == created
    kept = "SELECT count(*), count(body) FROM api_idempotency"
    assert backstage.query(kept, database=database) == [(len(names), len(names))]
