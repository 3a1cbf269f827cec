# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""More clients than two workers can serve: what can wait makes way for the rest."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import requests

PATH = "/search/res.partner?limit=50&fields=name,email,country_id"
CLIENTS = 14  # two workers have room for 16 connections that wait
LOW = {"Priority": "u=7"}
TRIES = 20


def read(client, headers=None, path=PATH):
    """Send a read on a connection of its own; return its status."""
    sent = client.headers | (headers or {})
    sent = {name.replace("_", "-"): value for name, value in sent.items()}
    answer = requests.get(client.url + path, headers=sent, timeout=60)
    if answer.status_code == 503:
        assert answer.json()["error"]["code"] == "OVERLOADED"
        assert int(answer.headers["Retry-After"]) > 0
    return answer.status_code


def test_low_priority_makes_way(admin):
    ended = threading.Event()

    def work(_client):
        found = Counter()
        while not ended.is_set():
            found[read(admin)] += 1
        return found

    with ThreadPoolExecutor(CLIENTS) as pool:
        busy = [pool.submit(work, number) for number in range(CLIENTS)]
        low = Counter(read(admin, LOW) for _try in range(TRIES))
        exports = Counter(
            read(admin, path="/export/res.partner?limit=1") for _try in range(20)
        )
        ended.set()
        normal = sum((job.result() for job in busy), Counter())
    assert set(normal) == {200}
    assert set(low) <= {200, 503}
    assert low[503] > TRIES / 2, (low, normal)
    assert exports[503], exports


def test_idle_server_refuses_nothing(admin):
    low = Counter(read(admin, LOW) for _try in range(20))
    assert low == {200: 20}
    assert read(admin, path="/export/res.partner?limit=1") == 200
