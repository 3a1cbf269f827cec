# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many requests two nodes serve, and one, for the time of a core."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import cluster_faults as faults
import fault_report
from paced_load import LIST

CLIENTS = 8
TURNS = 5
SECONDS = float(os.environ.get("BASE_API_CLUSTER_SECONDS") or 3)  # of each turn
HEAD = (
    "Nodes",
    "Requests",
    "Requests/s",
    "CPU of Odoo for each",
    "Requests/core-second",
)


def test_throughput_per_core(site):
    """Lists at two nodes and at one, in turns: no request fails, all nodes work."""
    site.set_synchronous(False)
    totals = {2: Total(), 1: Total()}
    for _turn in range(TURNS):
        totals[2].add(site)
        site.drain("b")
        totals[1].add(site)
        site.ready("b")
    fault_report.add_table([HEAD, *(total.row(n) for n, total in totals.items())])
    assert min(totals[2].cpu_of_nodes) > max(totals[2].cpu_of_nodes) / 10
    assert totals[1].cpu_of_nodes[1] < totals[1].cpu_of_nodes[0] / 10


class Total:
    """What was served in all turns with a number of nodes."""

    def __init__(self):
        self.requests = 0
        self.seconds = 0.0
        self.cpu_of_nodes = [0.0, 0.0]

    def add(self, site):
        doors = [site.door(site.key) for _ in range(CLIENTS)]
        nodes = site.nodes.values()
        before, start = [cpu(node) for node in nodes], time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            self.requests += sum(pool.map(lambda door: ask(door, start), doors))
        self.seconds += time.monotonic() - start
        for number, node in enumerate(nodes):
            self.cpu_of_nodes[number] += cpu(node) - before[number]

    def row(self, nodes):
        cpu_seconds = sum(self.cpu_of_nodes)
        return (
            str(nodes),
            str(self.requests),
            f"{self.requests / self.seconds:.0f}",
            f"{cpu_seconds / self.requests * 1000:.2f} ms",
            f"{self.requests / cpu_seconds:.0f}",
        )


def ask(door, start):
    """Read lists until the turn is over; return how many."""
    count = 0
    while time.monotonic() < start + SECONDS:
        answer = door.send("GET", LIST)
        assert answer.status_code == 200, answer.content
        count += 1
    return count


def cpu(node):
    """The seconds of a core that the workers of a node have used."""
    times = [worker.cpu_times() for worker in faults.workers(node)]
    return sum(each.user + each.system for each in times)
