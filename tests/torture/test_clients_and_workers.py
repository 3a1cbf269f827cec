# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Workers that are killed, and clients that are too many, too slow, or gone."""

import time
from concurrent.futures import ThreadPoolExecutor

import faults
from ledger import Entry
from raw_client import RawClient

KILLS = 4
CLIENTS = 200
GONE = 40
SLOW = 15  # seconds


def test_workers_killed_in_the_middle_of_writes(installation, state):
    """What the workers were doing has no answer and is not stored; repeated, it is."""
    result = faults.kill_workers(installation, KILLS)
    state(f"all workers killed in writes, {KILLS} times", *result)


def test_clients_that_disconnect(installation, state):
    """Whoever does not wait for the answer finds the write carried out once."""
    result = faults.leave_early(installation, GONE)
    state(f"{GONE} clients that disconnect", *result)


def test_client_that_sends_a_byte_a_second(installation, state):
    """It holds one worker; everybody else is answered by the other one."""
    ledger = installation.ledger()
    client = ledger.new_client()
    entry = Entry.creating(ledger.ref, 1)
    raw = RawClient(client, entry.request, entry.idempotency_key)
    with ledger.writing():
        raw.send(raw.request[:-SLOW])
        for byte in raw.request[-SLOW:]:
            time.sleep(1)
            raw.send(bytes([byte]))
        assert raw.read_status() == 201
        raw.close()
    ledger.send(client, entry)
    comparison = ledger.compare(installation.query)
    assert not comparison.repeated
    state(f"a client that sends a byte a second for {SLOW} s", comparison)


def test_many_clients(installation, state):
    """Two workers answer all of them, one after the other.

    Odoo lets 16 wait for a connection; the others have it later, or not in time.
    """
    ledger = installation.ledger()
    clients = [ledger.new_client() for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(ledger.write, clients))
    assert installation.is_running()
    state(f"{CLIENTS} clients, 2 workers", ledger.compare(installation.query))
