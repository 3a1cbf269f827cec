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

import faketime  # after own_postgres, which finds it

HOUR = 3600
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
    installation.start()
    yield installation
    installation.end()
    own_postgres.drop(name)


def hours_off(client):
    """How far the clock of the server is off, as the answers tell."""
    answer = client.call("GET", "/auth/test")
    date = email.utils.parsedate_to_datetime(answer.headers["Date"])
    return round((date.timestamp() - time.time()) / HOUR)


def test_clock_moved_by_an_hour(shifted, clock, state):
    """Keys, sessions and Idempotency-Keys work on; a throttle ends when it has to."""
    ledger, client = shifted.ledger(), shifted.client()
    session = shifted.session
    with ledger.writing():
        for offset in (0, HOUR, 0, -HOUR, 0):
            clock.set(offset)
            ledger.wait_for(20)
            assert hours_off(client) == offset // HOUR
            session.get("/auth/me")
            again = Client(shifted.url).log_in("admin", "admin")
            again.get("/auth/me")
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
