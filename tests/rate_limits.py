# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Processes that send as many requests as they can, and what was let through."""

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

PATH = "/api/v2/auth/me"
ALLOWED, REFUSED = 200, 429
UNLIMITED = "unlimited"  # answered without an answer of the counters
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


def check_exact(counts, seconds, burst, rate):
    """Check that no more was let through than allowed, and nearly all of that.

    :param rate: requests in a second
    """
    note = json.dumps({str(status): count for status, count in counts.items()})
    assert set(counts) <= {ALLOWED, REFUSED}, note
    most = burst + rate * seconds
    assert counts[ALLOWED] <= most, f"{note}, at most {most}"
    # Of the last request, the fraction that was not restored yet.
    assert counts[ALLOWED] >= 0.99 * (most - 1), f"{note}, at least 99% of {most}"
    assert counts[REFUSED] > 0, note
