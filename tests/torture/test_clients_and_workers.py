# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Workers that are killed, and clients that are too many, too slow, or gone."""

import time
from concurrent.futures import ThreadPoolExecutor

from ledger import Entry
from raw_client import RawClient

KILLS = 4
CLIENTS = 200
GONE = 40
SLOW = 15  # seconds


def test_workers_killed_in_the_middle_of_writes(installation, state):
    """What the workers were doing has no answer and is not stored; repeated, it is."""
    ledger = installation.ledger()
    with ledger.writing():
        for _ in range(KILLS):
            ledger.wait_for(20)
            with installation.writes_held_up():
                for worker in installation.workers():
                    worker.kill()
            killed = time.monotonic()
    ledger.write_calmly()
    assert installation.is_running()
    comparison = ledger.compare(installation.query)
    assert comparison.statuses["cut"] >= KILLS
    title = f"{KILLS * 2} workers killed in writes"
    state(title, comparison, ledger.recovery(killed))


def test_clients_that_disconnect(installation, state):
    """Whoever does not wait for the answer finds the write carried out once."""
    ledger = installation.ledger()
    client = ledger.new_client()
    for number in range(GONE):
        entry = Entry.creating(ledger.ref, 3 if number % 2 else 1)
        raw = RawClient(client, entry.request, entry.idempotency_key)
        raw.send(raw.request if number % 4 else raw.request[:-1])
        raw.close()
        ledger.statuses["cut"] += 1
        entry.tries += 1
        ledger.send(client, entry)
    ledger.write_calmly()
    assert installation.is_running()
    state(f"{GONE} clients that disconnect", ledger.compare(installation.query))


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
    """Two workers answer all of them, one after the other."""
    ledger = installation.ledger()

    def write(_number):
        client = ledger.new_client()
        for _ in range(3):
            ledger.write(client)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(write, range(CLIENTS)))
    assert installation.is_running()
    state(f"{CLIENTS} clients, 2 workers", ledger.compare(installation.query))
