# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients that get in each other's way: no count is lost, and none counts twice."""

import faults
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


@pytest.mark.parametrize("atomic", [True, False])
def test_serialization_storm(threads, state, atomic):
    """All count the same record up; who comes too late is repeated by Odoo, or a 409.

    With `atomic=false`, two items of each request do.
    """
    counters = Counters(threads.client())
    ledger = threads.ledger()
    actions = [counters.action([0]) for _ in range(1 if atomic else 2)]
    entries = [call(*actions, atomic=atomic) for _ in range(CLIENTS * CALLS)]
    faults.send_all(ledger, entries, CLIENTS)
    [value] = counters.values()
    assert value % len(actions) == 0
    title = f"serialization storm, {CLIENTS} clients, {'' if atomic else 'not '}atomic"
    state(title, ledger.compare_count(value // len(actions)))


def test_deadlocks(threads, state):
    """PostgreSQL ends one of two writes that wait for each other; Odoo repeats it."""
    state("deadlocks", *faults.deadlock(threads, CLIENTS, CLIENTS * CALLS // 2))
