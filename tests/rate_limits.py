# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Processes that send as many requests as they can, and what was let through."""

import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

PATH = "/api/v2/auth/me"
ALLOWED, REFUSED = 200, 429
UNLIMITED = "unlimited"  # answered without an answer of the counters
TURNS = 5
PAUSE = 0.001  # seconds, so that clients do not starve the servers


def hammer(ports, key, seconds, clients):
    """Send requests for a while, from several clients to several servers.

    :return: how often each status was answered, and the seconds that it took
    """
    started = time.monotonic()
    turns = [ports[number % len(ports)] for number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        run = pool.map(lambda port: _send(port, key, started + seconds), turns)
        counts = sum(run, Counter())
    return counts, time.monotonic() - started


def _send(port, key, end):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    counts = Counter()
    while time.monotonic() < end:
        connection.request("GET", PATH, headers={"api-key": key})
        answer = connection.getresponse()
        answer.read()
        is_known = answer.headers.get("RateLimit")
        counts[answer.status if is_known else UNLIMITED] += 1
        time.sleep(PAUSE)
    connection.close()
    return counts


def new_key(client, **limits):
    """Return a new API key of the administrator with rate limits."""
    return client.post("/users/2/api-key", {"limits": limits})["api_key"]


def check_bound(counts, seconds, burst, rate):
    """Check that no more was let through than allowed.

    :param rate: requests in a second
    """
    assert counts[ALLOWED] <= burst + rate * seconds, counts
    assert set(counts) <= {ALLOWED, REFUSED, UNLIMITED}, counts


def check_used(counts, seconds, burst, rate):
    """Check that nearly all that is allowed was let through."""
    # Of the last request, the fraction that was not restored yet.
    assert counts[ALLOWED] >= 0.99 * (burst + rate * seconds - 1), counts
    assert counts[REFUSED] > 0, counts


def find_exact(ports, client, seconds, clients, burst):
    """Send requests until the counters answered all of them, and check their number.

    On a busy machine PostgreSQL may not answer in time, and requests pass. What the
    counters let through is checked in any case.
    """
    for _turn in range(TURNS):
        key = new_key(client, burst=burst)
        counts, took = hammer(ports, key, seconds, clients)
        check_bound(counts, took, burst, burst)
        if not counts[UNLIMITED]:
            # For so long, somebody was always asking.
            return check_used(counts, seconds, burst, burst)
        # Fewer clients, which still ask for much more than is allowed.
        clients = max(len(ports), clients // 2)
    raise AssertionError(f"The counters do not answer in time: {counts}")


def warm_up(ports, client, clients):
    """Send requests until every process has a connection to the counters."""
    key = new_key(client, per_day=1_000_000)
    for _turn in range(TURNS):
        counts, _took = hammer(ports, key, 5, clients)
        if not counts[UNLIMITED]:
            return
