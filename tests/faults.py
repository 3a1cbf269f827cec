# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults of which there is a short form in `make test`, and a long one.

Each function returns the `Comparison` of a ledger that wrote meanwhile, and the seconds
from the end of the fault to the first acknowledged write, if the fault had an end.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from counters import Counters, call
from ledger import CUT, Entry
from raw_client import RawClient

END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = %s"


def stop_postgres(installation, stop, seconds):
    """PostgreSQL is stopped in this way, and started again."""
    ledger, postgres = installation.ledger(), installation.postgres
    with ledger.writing():
        ledger.wait_for(20)
        stop(postgres)
        time.sleep(seconds)
        postgres.start()
        back = time.monotonic()
        ledger.wait_for(20)
    comparison = finish(installation, ledger)
    assert comparison.statuses[503]
    return comparison, ledger.recovery(back)


def kill_connections(installation, seconds):
    """All connections to the database are ended again and again."""
    ledger = installation.ledger()
    with ledger.writing():
        ledger.wait_for(20)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            installation.postgres.query_all(END, installation.database)
            time.sleep(0.05)
        ended = time.monotonic()
        ledger.wait_for(20)
    comparison = finish(installation, ledger)
    assert comparison.statuses[503]
    return comparison, ledger.recovery(ended)


def kill_workers(installation, times):
    """All workers are killed in the middle of writes, half of them of batches."""
    ledger = installation.ledger()
    with ledger.writing():
        for _ in range(times):
            ledger.wait_for(20)
            with installation.writes_held_up():
                for worker in installation.workers():
                    worker.kill()
            killed = time.monotonic()
    comparison = finish(installation, ledger)
    assert comparison.statuses[CUT] >= times
    return comparison, ledger.recovery(killed)


def leave_early(installation, count):
    """Clients send a write, some of them not all of it, and do not wait."""
    ledger = installation.ledger()
    client = ledger.new_client()
    for number in range(count):
        entry = Entry.creating(ledger.ref, 3 if number % 2 else 1)
        raw = RawClient(client, entry.request, entry.idempotency_key)
        raw.send(raw.request if number % 4 else raw.request[:-1])
        raw.close()
        ledger.statuses[CUT] += 1
        entry.tries += 1
        ledger.send(client, entry)
    return finish(installation, ledger), None


def deadlock(installation, clients, calls):
    """Half of the writes lock two records in the opposite order."""
    counters, ledger = Counters(installation.client(), 2), installation.ledger()
    actions = [counters.action([0, 1], 0.2), counters.action([1, 0], 0.2)]
    before = deadlocks(installation)
    send_all(ledger, [call(actions[n % 2]) for n in range(calls)], clients)
    first, second = counters.values()
    assert first == second
    assert deadlocks(installation) > before
    return ledger.compare_count(first), None


def deadlocks(installation):
    """How often PostgreSQL ended a transaction because of one."""
    deadline = time.monotonic() + 2  # a connection reports once a second
    while time.monotonic() < deadline:
        installation.client().get("/search/res.partner", limit=1)
    return installation.query(DEADLOCKS, installation.database)[0][0]


def send_all(ledger, entries, clients):
    """Send these writes, each client its part of them."""

    def send(part):
        client = ledger.new_client()
        for entry in part:
            ledger.send(client, entry)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(send, [entries[n::clients] for n in range(clients)]))


def finish(installation, ledger):
    """Compare, where Odoo works as if nothing had happened, without a restart."""
    ledger.write_calmly()
    assert installation.is_running()
    return ledger.compare(installation.query)
