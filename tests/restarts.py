# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server whose workers are killed, and clients that count what they are answered."""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import backstage
import prometheus
import requests
import servers
from client import Client

WORKERS = 4
CLIENTS = 4
ROUTE = "/auth/test"


@contextlib.contextmanager
def killed_server(database):
    """Yield a `KilledServer` on a copy of the database with nothing but the addon."""
    backstage.copy_database(backstage.variable("BASE_API_MINIMAL_DATABASE"), database)
    try:
        server = KilledServer(database)
        try:
            yield server
        finally:
            server.end()
    finally:
        backstage.drop_database(database)


class KilledServer:
    """A prefork server on a database, and a key that may read its metrics."""

    def __init__(self, database):
        self.port = backstage.free_port()
        self.url = servers.address(self.port)
        # Prepared for the database before it forks, so that workers begin quickly.
        more = {"--load": "base,web,base_api"}
        self.process = servers.start(database, self.port, WORKERS, more)
        servers.wait_for(self.process, self.url)
        session = Client(self.url).log_in("admin", "admin")
        body = {"metrics": True}
        self.key = session.post("/users/2/api-key", body)["api_key"]
        folder = Path(backstage.configuration()["data_dir"]) / "base_api"
        self.folder = folder / os.uname().nodename / f"{database}.metrics"

    def end(self):
        servers.end(self.process, signal.SIGKILL)

    def workers(self):
        pid = self.process.pid
        return [int(child) for child in children(pid).split()]

    def kill_one(self):
        kill(random.choice(self.workers()))

    def counted(self):
        """Return how many requests to the route were counted, and by status."""
        found = self.persevere(lambda: prometheus.scrape(self.url, self.key))
        name, labels = "base_api_requests_total", {"route": ROUTE}
        histogram = "base_api_request_duration_seconds_count"
        number = prometheus.total(found, name, **labels)
        assert prometheus.total(found, histogram, **labels) == number
        return number

    def persevere(self, function):
        """Call a function until the server answers."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return function()
            except requests.RequestException:
                assert time.monotonic() < deadline, "The server does not answer"
                time.sleep(0.05)

    def check_sums(self, kills):
        """Kill workers while clients ask.

        An answer that arrived was counted once. A request without an answer may have
        been counted: its worker was killed when it began to answer.
        """
        before, seen = self.counted(), Clients(self.url, self.key)
        with seen:
            for _time in range(kills):
                seen.wait_for_answers(random.randint(1, 5))
                self.kill_one()
        counted = self.counted() - before
        assert seen.numbers["answered"] >= kills
        assert seen.numbers["broken"] > 0
        assert seen.numbers["answered"] <= counted
        assert counted <= seen.numbers["answered"] + seen.numbers["broken"]
        # Files of the dead do not accumulate.
        assert len(list(self.folder.glob("*.process"))) <= 2 * WORKERS + 1

    def check_exact_sums(self, rounds):
        """Kill all workers while nobody asks: the sums are exact."""
        before, answered = self.counted(), 0
        for _round in range(rounds):
            for _time in range(20):
                self.persevere(self.ask)
                answered += 1
            for worker in self.workers():
                kill(worker)
            self.persevere(lambda: requests.get(f"{self.url}/test", timeout=10))
        assert self.counted() - before == answered

    def ask(self):
        url, headers = f"{self.url}{ROUTE}", {"api-key": self.key}
        return requests.get(url, headers=headers, timeout=30).raise_for_status()


class Clients:
    """Threads that ask until the block ends."""

    def __init__(self, url, key):
        self.url, self.headers = f"{url}{ROUTE}", {"api-key": key}
        self.numbers = Counter()
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.run) for _ in range(CLIENTS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def wait_for_answers(self, more):
        """Wait until the clients have some more answers."""
        wanted = self.numbers["answered"] + more
        deadline = time.monotonic() + 60
        while self.numbers["answered"] < wanted:
            assert time.monotonic() < deadline, "The server does not answer"
            time.sleep(0.002)

    def run(self):
        while not self.is_over.is_set():
            outcome = self.ask()
            with self.lock:
                self.numbers[outcome] += 1

    def ask(self):
        try:
            answer = requests.get(self.url, headers=self.headers, timeout=30)
        except requests.RequestException:
            return "broken"
        assert answer.status_code == 200
        return "answered"


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text()


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
