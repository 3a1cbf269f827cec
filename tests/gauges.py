# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a server uses over time, and whether that stays the same.

The time of a run is cut into quarters. The first one warms up; the last one is compared
with the second one.
"""

import statistics
import threading
import time

import psutil

INTERVAL = 2  # seconds
QUARTERS = 4
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
# How much more the last quarter may use than the second: a factor, and a constant.
TOLERANCES = {
    "memory of the workers, MB": (1.05, 10),
    "open files of the workers": (1, 4),
    "connections to PostgreSQL": (1, 2),
    "CPU of the workers for one request, ms": (1.25, 1),
    "latency, median, ms": (2, 10),
    "latency, 95%, ms": (2, 50),
}
MEMORY, FILES, OPEN, CPU, MEDIAN, MOST = TOLERANCES


class Gauges:
    """Measures the workers of an installation every few seconds."""

    def __init__(self, installation, load):
        self.installation = installation
        self.load = load
        self.workers = installation.workers()
        self.samples = []  # (moment, {name: value})
        self.stopped = threading.Event()

    def __enter__(self):
        self.began = time.monotonic()
        self.thread = threading.Thread(target=self.measure_on, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *exc_info):
        self.ended = time.monotonic()
        self.stopped.set()
        self.thread.join()

    def measure_on(self):
        while not self.stopped.wait(INTERVAL):
            self.samples.append((time.monotonic(), self.measure()))

    def measure(self):
        database = self.installation.database
        [[connections]] = self.installation.query(CONNECTIONS, database)
        memory = [worker.memory_full_info().uss for worker in self.workers]
        times = [worker.cpu_times() for worker in self.workers]
        return {
            MEMORY: sum(memory) / 2**20,
            FILES: sum(worker.num_fds() for worker in self.workers),
            OPEN: connections,
            "cpu": sum(used.user + used.system for used in times),
        }

    def quarter(self, number):
        """The values of a quarter, by name."""
        length = (self.ended - self.began) / QUARTERS
        first = self.began + number * length
        last = first + length
        samples = [values for at, values in self.samples if first <= at < last]
        times = [time for at, time in self.load.latencies if first <= at < last]
        found = {
            name: statistics.median(values[name] for values in samples)
            for name in (MEMORY, FILES, OPEN)
        }
        cpu = samples[-1]["cpu"] - samples[0]["cpu"]
        share = (len(samples) - 1) / len(samples)
        found[CPU] = cpu * 1000 / (len(times) * share)
        found[MEDIAN] = statistics.median(times) * 1000
        found[MOST] = statistics.quantiles(times, n=20)[-1] * 1000
        return found

    def rows(self):
        """The rows of a table: the name, and its value in each quarter."""
        quarters = [self.quarter(number) for number in range(QUARTERS)]
        for name in TOLERANCES:
            yield [name, *(f"{quarter[name]:.1f}" for quarter in quarters)]

    def check(self):
        """Check that the last quarter uses no more than the second, but for noise."""
        assert all(map(psutil.Process.is_running, self.workers))
        second, last = self.quarter(1), self.quarter(QUARTERS - 1)
        for name, (factor, constant) in TOLERANCES.items():
            assert last[name] <= second[name] * factor + constant, name
