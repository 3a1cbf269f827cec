# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Timing contenders against each other, in turns: A B C A B C ...

Whatever else the machine does then hits all of them alike, so their ratios hold where
the figures do not.
"""

import itertools
import os
import re
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import http_client

TICKS = os.sysconf("SC_CLK_TCK")  # per second, of /proc/<pid>/stat
PAGE = os.sysconf("SC_PAGE_SIZE")
WARM_UP = 10
# Odoo's access log: status, size, statements, seconds in them, other seconds.
STATEMENTS = re.compile(r'HTTP/1\.[01]" \d+ \S+ (?:\x1b\[[\d;]*m)*(\d+)')


@dataclass
class Figures:
    """What was seen of one contender at one workload and number of clients.

    :param seconds: of each request
    :param blocks: requests per second, one for each turn
    :param cpu: seconds of the server's processes, in all
    """

    seconds: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    cpu: float = 0.0

    def summary(self):
        ordered = sorted(self.seconds)
        return {
            "requests": len(ordered),
            "median_ms": round(statistics.median(ordered) * 1000, 3),
            "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 3),
            "per_second": round(statistics.median(self.blocks), 4),
            "cpu_ms": round(self.cpu / len(ordered) * 1000, 3),
        }


def compare(server, requests, clients, turns, per_turn):
    """Return `{name: summary}` of contenders that repeat the same requests.

    :param requests: `{name of the contender: [Request]}`
    :param clients: how many of them at the same time
    :param turns: how often each contender has its turn
    :param per_turn: requests of one turn, of all clients together
    """
    figures = {name: Figures() for name in requests}
    for own in requests.values():
        _send_some(server.port, own, min(WARM_UP, per_turn), [])
    for _ in range(turns):
        for name, own in requests.items():
            take_turn(server, own, clients, per_turn, figures[name])
    return {name: figure.summary() for name, figure in figures.items()}


def take_turn(server, requests, clients, count, figures):
    """Send some `count` requests with some clients; add what was seen to figures."""
    share = max(1, count // clients)
    cpu = cpu_seconds(server.processes())
    with ThreadPoolExecutor(clients) as pool:
        start = time.perf_counter()
        work = (_send_some, server.port, requests, share, figures.seconds)
        for client in [pool.submit(*work) for _ in range(clients)]:
            client.result()
    figures.blocks.append(share * clients / (time.perf_counter() - start))
    figures.cpu += cpu_seconds(server.processes()) - cpu


def _send_some(port, requests, count, seconds):
    for request in itertools.islice(itertools.cycle(requests), count):
        start = time.perf_counter()
        http_client.send(port, request)
        seconds.append(time.perf_counter() - start)


def cpu_seconds(pids):
    """Return the CPU time that processes have taken so far."""
    total = 0
    for pid in pids:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(words[11]) + int(words[12])
    return total / TICKS


def resident_bytes(pids):
    """Return the memory that processes hold now, the largest of them."""
    statm = [Path(f"/proc/{pid}/statm").read_text().split() for pid in pids]
    return max(int(words[1]) * PAGE for words in statm)


def count_statements(server, request):
    """Return how many SQL statements a request takes, by Odoo's access log."""
    http_client.send(server.port, request)
    position = server.log.stat().st_size
    http_client.send(server.port, request)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with open(server.log) as log:
            log.seek(position)
            if found := STATEMENTS.findall(log.read()):
                return int(found[-1])
        time.sleep(0.05)
    raise RuntimeError("the access log does not tell how many statements it were")


def growth_of_memory(server, request):
    """Return seconds, bytes read and the growth of the server's memory at its peak."""
    before = resident_bytes(server.processes())
    peak = before
    done = threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, resident_bytes(server.processes()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    size = http_client.stream(server.port, request)
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    return seconds, size, peak - before
