# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The clock of Odoo is set an hour on, and back again; that of PostgreSQL is right."""

import email.utils
import time
import uuid

import own_postgres as own
import pytest
from client import Client
from installation import Installation
from ledger import CUT, NO_ANSWER, attempt, insist

import faketime  # after own_postgres, which finds it

HOUR = 3600
RIGHT = {"username": "admin", "password": "admin"}
WRONG = {"username": "admin", "password": "wrong"}


class Clock:
    """The clock of the processes of Odoo."""

    def __init__(self, file):
        self.file = file
        self.set(0)

    def set(self, offset):
        part = self.file.with_suffix(".part")
        part.write_text(f"{offset:+d}")
        part.rename(self.file)
        time.sleep(2)  # it is read once a second


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    return Clock(tmp_path_factory.mktemp("clock") / "offset")


@pytest.fixture(scope="module")
def shifted(own_postgres, clock):
    """A server whose clock can be set."""
    name = f"clock_{uuid.uuid4().hex[:8]}"
    own_postgres.copy(own.TEMPLATE, name)
    environment = faketime.environment(clock.file)
    installation = Installation(own_postgres, name, environment)
    try:
        installation.start()
        yield installation
    finally:
        installation.end()
    own_postgres.drop(name)


def check_credentials(key, session, offset):
    """Call with a key, with an old session and with a new one."""
    anyone = Client(key.url)

    def log_in():
        status, body = attempt(anyone, "POST", "/auth/login", RIGHT)
        if status == 200:
            anyone.headers["session_token"] = body["data"]["session_token"]
        return status

    assert insist(log_in) == 200
    for client in (key, session, anyone):
        assert (
            insist(lambda client=client: attempt(client, "GET", "/auth/me")[0]) == 200
        )
    assert round(seconds_off(key) / HOUR) == offset // HOUR


def seconds_off(client):
    """How far the clock of the server is off, as its answers tell."""
    found = []

    def ask():
        try:
            answer = client.send("GET", "/auth/test")
        except NO_ANSWER:
            return CUT
        found.append(email.utils.parsedate_to_datetime(answer.headers["Date"]))
        return answer.status_code

    assert insist(ask) == 200
    return found[0].timestamp() - time.time()


def test_clock_moved_by_an_hour(shifted, clock, state):
    """Keys, sessions and Idempotency-Keys work on.

    Odoo's main process takes a worker whose clock jumped for one that hangs, and
    replaces it: what it was doing has no answer, and is repeated.
    """
    ledger, client = shifted.ledger(), shifted.client()
    with ledger.writing():
        for offset in (0, HOUR, 0, -HOUR, 0):
            clock.set(offset)
            ledger.wait_for(20)
            check_credentials(client, shifted.session, offset)
    clock.set(HOUR)
    ledger.repeat_all()
    clock.set(0)
    ledger.repeat_all()
    ledger.write_calmly()
    assert shifted.is_running()
    state("clock moved by an hour, and back", ledger.compare(shifted.query))


def test_throttle_of_failed_logins(shifted, clock):
    """It is the clock of PostgreSQL that counts: setting Odoo's does not end it."""
    client = Client(shifted.url, source="127.9.9.9")
    clock.set(0)
    wait = throttled(client)
    for offset in (HOUR, -HOUR):
        clock.set(offset)
        assert throttled(client) <= wait
    clock.set(0)


def throttled(client):
    """Fail until it is a 429; return for how long."""
    for _ in range(20):
        answer = client.send("POST", "/auth/login", WRONG)
        assert answer.status_code in (401, 429)
        if answer.status_code == 429:
            return int(answer.headers["Retry-After"])
    raise AssertionError("Failed logins are not throttled")
