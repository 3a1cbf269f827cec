# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes at one node that are read at the other one at once."""

import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import cluster_faults as faults
import fault_report
from paced_load import PAUSES

PAIRS = int(os.environ.get("BASE_API_CLUSTER_PAIRS") or 500)
MODEL = "res.partner.category"
CLIENTS = 4  # at the same time


def test_reads_after_writes(site):
    """With `Read-After`, what was written is read at every node."""
    site.set_synchronous(False)
    began = time.monotonic()
    without = pairs(site, site.second_key(), PAIRS // 10, sends_header=False)
    with_header = pairs(site, site.second_key(), PAIRS, sends_header=True)
    same_key = pairs(site, site.key, PAIRS // 10, sends_header=False)
    seconds = time.monotonic() - began
    fault_report.add_table(
        [
            ["Pairs", "Other key, no header", "Read-After", "Same key, no header"],
            ["number", PAIRS // 10, PAIRS, PAIRS // 10],
            ["not found", without, with_header, same_key],
            ["seconds in all", f"{seconds:.0f}", "", ""],
        ]
    )
    # Without it, only the process that served a write remembers it.
    assert with_header == 0


def test_reads_after_writes_while_replay_is_paused(site):
    """The standby lags for longer than a read waits: the primary is asked."""
    site.set_synchronous(False)
    site.standby.query(faults.PAUSE)
    try:
        assert not pairs(site, site.second_key(), 20, sends_header=True)
    finally:
        site.standby.query(faults.RESUME)
        site.proxy.wait_for("fresh_standby", site.standby.short, up=True)


def pairs(site, reading_key, count, sends_header):
    """Write through the door and read at both nodes in turn; count what is not found.

    :param reading_key: the key that reads
    """
    shares = [
        count // CLIENTS + (number < count % CLIENTS) for number in range(CLIENTS)
    ]
    with ThreadPoolExecutor(CLIENTS) as pool:
        words = (site, reading_key, sends_header)
        return sum(pool.map(lambda share: some_pairs(*words, share), shares))


def some_pairs(site, reading_key, sends_header, count):
    """The pairs of one client, see `pairs`."""
    writer = site.door(site.key)
    readers = [site.door(reading_key, node.url) for node in site.nodes.values()]
    missing = 0
    for number in range(count):
        body, key = {"name": f"Pair {number}"}, {"Idempotency-Key": str(uuid.uuid4())}
        answer = repeat(writer, 201, "POST", f"/create/{MODEL}", body, key)
        headers = {}
        if sends_header:
            headers["Read-After"] = answer.headers["Read-After"]
        path = f"/search/{MODEL}/{answer.json()['data']['id']}?fields=name"
        found = repeat(readers[number % 2], 200, "GET", path, None, headers)
        missing += found.status_code == 404
    return missing


def repeat(door, expected, *request):
    """Send a request until it is answered; return what is expected, or a 404."""
    for pause in (*PAUSES, 0):
        answer = door.send(*request)
        if answer.status_code != 503:
            break
        time.sleep(pause)
    assert answer.status_code in (expected, 404), answer.content
    return answer
