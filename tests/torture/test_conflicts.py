# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients that get in each other's way: no count is lost, and none counts twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from counters import Counters, call

CLIENTS = 8
CALLS = 6  # of each client


@pytest.fixture(scope="module")
def threads(installation):
    """The server with threads, which let more requests meet than two workers do."""
    installation.end()
    installation.start(**{"--workers": 0})
    return installation


def send_all(ledger, entries):
    """Send these writes, each client its part of them."""

    def send(part):
        client = ledger.new_client()
        for entry in part:
            ledger.send(client, entry)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(send, [entries[n::CLIENTS] for n in range(CLIENTS)]))


@pytest.mark.parametrize("atomic", [True, False])
def test_serialization_storm(threads, state, atomic):
    """All count the same record up; who comes too late is repeated by Odoo, or a 409.

    With `atomic=false`, two items of each request do.
    """
    counters = Counters(threads.client())
    ledger = threads.ledger()
    actions = [counters.action([0]) for _ in range(1 if atomic else 2)]
    send_all(ledger, [call(*actions, atomic=atomic) for _ in range(CLIENTS * CALLS)])
    [value] = counters.values()
    assert value % len(actions) == 0
    title = f"serialization storm, {CLIENTS} clients, {'' if atomic else 'not '}atomic"
    state(title, ledger.compare_count(value // len(actions)))


def test_deadlocks(threads, state):
    """Half of them lock two records in the opposite order; PostgreSQL ends one of two.

    Odoo repeats it.
    """
    counters = Counters(threads.client(), 2)
    ledger = threads.ledger()
    actions = [counters.action([0, 1], 0.2), counters.action([1, 0], 0.2)]
    before = deadlocks(threads)
    send_all(ledger, [call(actions[n % 2]) for n in range(CLIENTS * CALLS // 2)])
    first, second = counters.values()
    assert first == second
    # PostgreSQL reports what a connection counted when it is idle, or ends.
    threads.end()
    assert deadlocks(threads) > before
    state("deadlocks", ledger.compare_count(first))
    threads.start()


def deadlocks(installation):
    count = "SELECT deadlocks FROM pg_stat_database WHERE datname = %s"
    return installation.query(count, installation.database)[0][0]
