# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A client that writes, keeps a journal of what was acknowledged, and compares.

It does what a careful client does: each write has a unique name and an Idempotency-Key,
and is sent again, with the same key, until it is acknowledged.
"""

import collections
import contextlib
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import requests

WRITERS = 4
PAUSE = 0.02  # seconds between the writes of one writer
PATIENCE = 120  # seconds until a write has to be acknowledged
TIMEOUT = 30  # seconds for one answer
CUT = "cut"  # instead of a status: there was no answer
REPEATED = (409, 429, 503, CUT)
ACKNOWLEDGED = (200, 201)
NO_ANSWER = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
)


class Entry:
    """One write: a request, and what became of it.

    :param request: `(method, path, body)`
    :param names: of the records that it creates
    """

    def __init__(self, request, names=()):
        self.request = request
        self.names = names
        self.idempotency_key = str(uuid.uuid4())
        self.tries = 0
        self.answer = None

    @classmethod
    def creating(cls, ref, count):
        """Create one partner, or several in one batch."""
        names = [f"{ref} {uuid.uuid4().hex}" for _ in range(count)]
        bodies = [{"name": name, "ref": ref} for name in names]
        path = "/create/res.partner"
        if count == 1:
            return cls(("POST", path, bodies[0]), names)
        steps = [{"method": "POST", "path": path, "body": body} for body in bodies]
        return cls(("POST", "/batch", {"steps": steps}), names)

    def ids(self):
        """The ids that were acknowledged, by name."""
        if self.answer is None or not self.names:
            return {}
        data = self.answer["data"]
        rows = [data]
        if len(self.names) > 1:
            rows = [step["data"] for step in data["results"]]
        return dict(zip(self.names, [row["id"] for row in rows], strict=True))


class Ledger:
    """What several writers wrote, in all threads together.

    :param new_client: makes a client for each writer
    :param ref: a text that all records of this ledger have
    """

    # What is stored of a ledger, by its text.
    STORED = "SELECT name, id FROM res_partner WHERE ref = %s"

    def __init__(self, new_client, ref):
        self.new_client = new_client
        self.ref = ref
        self.entries = []
        self.statuses = collections.Counter()
        self.acknowledged_at = []
        self.latencies = []
        self.stopped = threading.Event()
        self.began = time.monotonic()

    @contextlib.contextmanager
    def writing(self, writers=WRITERS):
        """Write all the time; in the end each writer finishes what it has begun."""
        self.stopped.clear()
        with ThreadPoolExecutor(writers) as pool:
            done = [pool.submit(self.write_on) for _ in range(writers)]
            try:
                yield self
            finally:
                self.stopped.set()
        for writer in done:
            writer.result()

    def write_on(self):
        client = self.new_client()
        for number in range(10**9):
            if self.stopped.wait(PAUSE):
                return
            self.write(client, steps=3 if number % 5 == 4 else 1)

    def write(self, client, steps=1):
        """Write one record, or several in one batch, until it is acknowledged."""
        return self.send(client, Entry.creating(self.ref, steps))

    def send(self, client, entry):
        """Send a write until it is acknowledged."""
        self.entries.append(entry)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status = self.try_once(client, entry)
            if status in ACKNOWLEDGED:
                self.acknowledged_at.append(time.monotonic())
                return entry
            assert status in REPEATED, f"{entry.request} was answered with {status}"
            time.sleep(0.1)  # nobody tells when the server is back
        raise AssertionError(f"{entry.request} was never acknowledged")

    def try_once(self, client, entry):
        entry.tries += 1
        headers = {"Idempotency-Key": entry.idempotency_key}
        began = time.monotonic()
        status, body = attempt(client, *entry.request, headers)
        self.latencies.append(time.monotonic() - began)
        self.statuses[status] += 1
        if status in ACKNOWLEDGED:
            entry.answer = body
        return status

    def write_calmly(self, count=20):
        """Write while nothing is wrong: each write succeeds at once."""
        client = self.new_client()
        for _ in range(count):
            assert self.write(client).tries == 1, self.statuses

    def repeat_all(self):
        """Send everything once more; each answer must be the one that was kept."""
        client = self.new_client()
        for entry in list(self.entries):
            first, ids = entry.answer, entry.ids()
            status = insist(lambda entry=entry: self.try_once(client, entry))
            assert status in ACKNOWLEDGED, self.statuses
            assert entry.answer == first
            assert entry.ids() == ids

    def wait_for(self, count):
        """Wait until so many more writes have been acknowledged."""
        wanted = len(self.acknowledged_at) + count
        deadline = time.monotonic() + PATIENCE
        while len(self.acknowledged_at) < wanted:
            assert time.monotonic() < deadline, self.statuses
            time.sleep(0.05)

    def wait_for_statuses(self, status, count):
        """Wait until so many more answers had this status."""
        wanted = self.statuses[status] + count
        deadline = time.monotonic() + PATIENCE
        while self.statuses[status] < wanted:
            assert time.monotonic() < deadline, self.statuses
            time.sleep(0.05)

    def recovery(self, moment):
        """Seconds from this moment on to the first write that was acknowledged."""
        return min(at for at in self.acknowledged_at if at >= moment) - moment

    def compare(self, query):
        """Compare with the database.

        :param query: runs a statement there
        :return: the `Comparison`
        """
        stored = collections.defaultdict(list)
        for name, record_id in query(self.STORED, self.ref):
            stored[name].append(record_id)
        written = {name for entry in self.entries for name in entry.names}
        ids = {name: n for entry in self.entries for name, n in entry.ids().items()}
        lost = [name for name in ids if ids[name] not in stored.get(name, ())]
        doubled = [name for name, rows in stored.items() if len(rows) > 1]
        strange = stored.keys() - written
        assert not strange, strange
        return Comparison(self, lost, doubled)

    def compare_count(self, count):
        """Compare with a number to which each write added one."""
        written = sum(entry.answer is not None for entry in self.entries)
        lost, doubled = max(written - count, 0), max(count - written, 0)
        return Comparison(self, ["one"] * lost, ["one"] * doubled)


class Comparison:
    """The ledger beside the database, in numbers."""

    def __init__(self, ledger, lost, doubled):
        self.seconds = time.monotonic() - ledger.began
        self.requests = sum(ledger.statuses.values())
        self.acknowledged = sum(entry.answer is not None for entry in ledger.entries)
        self.repeated = sum(entry.tries > 1 for entry in ledger.entries)
        self.missing = len(ledger.entries) - self.acknowledged
        self.statuses = dict(sorted(ledger.statuses.items(), key=str))
        self.lost = lost
        self.doubled = doubled

    def check(self):
        """Check what holds whatever the fault was."""
        assert not self.lost, self.lost
        assert not self.doubled, self.doubled
        assert not self.missing
        assert self.acknowledged


def insist(send, times=5):
    """Call this until there is an answer; return its status."""
    for _ in range(times):
        status = send()
        if status != CUT:
            return status
        time.sleep(1)
    raise AssertionError("There is no answer")


def attempt(client, verb, path, body=None, headers=None):
    """Send a request once; return the status and the answer, or `CUT` and None."""
    try:
        answer = client.send(verb, path, body, headers, timeout=TIMEOUT)
    except NO_ANSWER:
        client.http.close()  # the next one takes a connection of its own
        return CUT, None
    return answer.status_code, answer.json()
