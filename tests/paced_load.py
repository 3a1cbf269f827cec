# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients that read and write at a given rate, and repeat what has to be repeated.

Half of the requests create a record with an Idempotency-Key, a quarter read a record
that was acknowledged, a quarter read a list.
"""

import collections
import http.client
import itertools
import json
import random
import statistics
import threading
import time
import urllib.parse
import uuid
from concurrent.futures import ThreadPoolExecutor

import requests
from ledger import ACKNOWLEDGED, CUT, TIMEOUT, Entry, Ledger, attempt

MODEL = "res.partner.category"
CLIENTS = 48
TOGETHER = 2  # seconds: 503s that are further apart have other causes
PATIENCE = 60  # seconds until a request has to be answered
PAUSES = (0.1, 0.2, 0.4, 0.8, 1)  # seconds before it is sent again
REPEATED = (409, 429, 502, 503, 504, CUT)
LIST = f"/search/{MODEL}?limit=10&fields=name&count=none"


class Door:
    """A client that checks nothing: at a high rate, that would be all it does.

    :param reasons: counts what was said where no answer was the one to a request
    """

    def __init__(self, url, api_key, reasons):
        self.reasons = reasons
        address = urllib.parse.urlsplit(url)
        self.path = address.path
        self.headers = {"api-key": api_key, "Content-Type": "application/json"}
        self.http = http.client.HTTPConnection(address.netloc)

    def send(self, verb, path, body=None, headers=None, timeout=TIMEOUT):
        self.http.timeout = timeout
        sent = None if body is None else json.dumps(body)
        words = (verb, self.path + path, sent, self.headers | (headers or {}))
        try:
            self.http.request(*words)
            answer = self.http.getresponse()
            answer = Answer(answer.status, answer.headers, answer.read())
            if answer.status_code >= 400:
                self.reasons[answer.reason()] += 1
            return answer
        except (OSError, http.client.HTTPException) as error:
            self.reasons[f"{CUT}: {type(error).__name__}"] += 1
            raise requests.ConnectionError(str(error)) from error


class Answer:
    def __init__(self, status, headers, content):
        self.status_code = status
        self.headers = headers
        self.content = content

    def json(self):
        try:
            return json.loads(self.content)
        except ValueError:
            return None  # an error of the proxy

    def reason(self):
        body = self.json()
        source = body["error"]["code"] if body else "of HAProxy"
        return f"{self.status_code} {source}"


class TagLedger(Ledger):
    """A ledger of tags, which take Odoo little work."""

    STORED = """
        SELECT name->>'en_US', id FROM res_partner_category
        WHERE starts_with(name->>'en_US', %s)
    """

    def entry(self):
        name = f"{self.ref} {uuid.uuid4().hex}"
        return Entry(("POST", f"/create/{MODEL}", {"name": name}), [name])


Operation = collections.namedtuple("Operation", "kind began ended statuses")


class Load:
    """The requests of some time.

    :param url: of the API
    :param rate: requests a second
    :param age: seconds after which a record that was acknowledged is read
    """

    def __init__(self, url, api_key, rate, age=0):
        self.reasons = collections.Counter()
        self.rate = rate
        self.age = age
        words = (url, api_key, self.reasons)
        self.ledger = TagLedger(lambda: Door(*words), uuid.uuid4().hex)
        self.operations = []
        self.times_of_503 = {"read": [], "write": []}
        self.readable = []  # (moment, id)
        self.wrong = []
        self.numbers = itertools.count()
        self.stopped = threading.Event()

    def __enter__(self):
        self.began = time.monotonic()
        self.pool = ThreadPoolExecutor(CLIENTS)
        self.clients = [self.pool.submit(self.go_on) for _ in range(CLIENTS)]
        return self

    def __exit__(self, *error):
        self.stopped.set()
        self.ended = time.monotonic()
        self.pool.shutdown()
        for client in self.clients:
            client.result()

    def go_on(self):
        client = self.ledger.new_client()
        for number in self.numbers:
            due = self.began + number / self.rate
            if self.stopped.wait(max(due - time.monotonic(), 0)):
                return
            if number % 2:
                self.write(client)
            else:
                self.read(client, number % 4)

    def write(self, client):
        entry = self.ledger.entry()
        self.ledger.entries.append(entry)
        self.repeat("write", lambda: self.ledger.try_once(client, entry))
        if entry.answer:
            [record_id] = entry.ids().values()
            self.readable.append((time.monotonic(), record_id))

    def read(self, client, is_record):
        record_id = self.choose() if is_record else None
        path = f"/search/{MODEL}/{record_id}" if record_id else LIST
        status = self.repeat("read", lambda: self.try_reading(client, path))
        if status not in (200, None):
            self.wrong.append((path, status, time.monotonic() - self.began))

    def choose(self):
        """A record that has been acknowledged for long enough, preferably of late."""
        latest = time.monotonic() - self.age
        recent = self.readable[-int(self.rate * (self.age + 2)) :]
        ids = [record_id for moment, record_id in recent if moment <= latest]
        return random.choice(ids) if ids else None

    def try_reading(self, client, path):
        status, _body = attempt(client, "GET", path)
        self.ledger.statuses[status] += 1
        return status

    def repeat(self, kind, send):
        """Send a request as often as a client would; return the status in the end."""
        began, statuses = time.monotonic(), []
        pauses = itertools.chain(PAUSES, itertools.repeat(PAUSES[-1]))
        while time.monotonic() < began + PATIENCE:
            statuses.append(send())
            if statuses[-1] not in REPEATED:
                break
            if statuses[-1] == 503:
                self.times_of_503[kind].append(time.monotonic())
            time.sleep(next(pauses))
        self.operations.append(Operation(kind, began, time.monotonic(), statuses))
        return statuses[-1] if statuses[-1] not in REPEATED else None

    def account(self, query):
        """Compare with the database; return the `Account`.

        :param query: runs a statement there
        """
        return Account(self, self.ledger.compare(query))


class Account:
    """What became of the requests of a load."""

    def __init__(self, load, comparison):
        self.rate = load.rate
        self.comparison = comparison
        self.lost, self.doubled = comparison.lost, comparison.doubled
        self.wrong = load.wrong
        self.statuses = comparison.statuses
        self.reasons = load.reasons
        self.requests = len(load.operations)
        self.reached = self.requests / (load.ended - load.began)
        self.unanswered = [o for o in load.operations if o.statuses[-1] in REPEATED]
        refused = load.times_of_503
        self.seconds_of_503 = longest_run(sorted(sum(refused.values(), [])))
        times = [operation.ended - operation.began for operation in load.operations]
        self.median, self.slowest = statistics.median(times), max(times)

    HEAD = ("Fault", "Requests/s", "Requests", "Refused", "503 for", "Lost")
    HEAD += ("Doubled", "Wrong", "Median", "Slowest")

    def row(self, fault):
        reasons = [f"{reason}: {n}" for reason, n in self.reasons.items()]
        return (
            fault,
            f"{self.reached:.0f} of {self.rate}",
            self.requests,
            ", ".join(sorted(reasons)),
            f"{self.seconds_of_503:.1f} s" if 503 in self.statuses else "",
            len(self.lost),
            len(self.doubled),
            len(self.wrong),
            f"{self.median * 1000:.0f} ms",
            f"{self.slowest:.1f} s",
        )

    def check(self, seconds_of_503=3):
        """Check what holds in every fault.

        :param seconds_of_503: 0 where no request may be refused
        """
        assert self.requests
        assert not self.lost, self.lost
        assert not self.doubled, self.doubled
        assert not self.wrong, self.wrong[:20]
        assert not self.unanswered, self.unanswered[:5]
        allowed = {*ACKNOWLEDGED, *([503, 409] if seconds_of_503 else [])}
        assert set(self.statuses) <= allowed, self.statuses
        assert self.seconds_of_503 <= seconds_of_503, self.seconds_of_503


def longest_run(moments):
    """The length of the longest part of these in which they follow one another."""
    longest, first = 0.0, moments[0] if moments else 0
    for last, moment in itertools.pairwise(moments):
        first = first if moment - last < TOGETHER else moment
        longest = max(longest, moment - first)
    return longest
