# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients that do what clients do; each of their answers has to be the right one."""

import collections
import itertools
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

PAUSE = 0.05  # seconds between the requests of one client
MODEL = "res.partner"
REPLAYED = "Idempotency-Replayed"


class MixedLoad:
    """Several clients at the same time, each of another kind.

    :param installation: the server that they call
    """

    def __init__(self, installation):
        self.installation = installation
        self.statuses = collections.Counter()
        self.latencies = []  # (moment, seconds)
        self.wrong = []
        self.created = 0
        self.requests = 0
        self.written = 0  # that have a row in the audit trail
        self.counting = threading.Lock()
        self.stopped = threading.Event()

    def run(self, seconds):
        """Call for so long; `wrong` has what was not answered as it has to be."""
        kinds = (self.read, self.search, self.change, self.sign_in, self.err)
        with ThreadPoolExecutor(len(kinds)) as pool:
            done = [pool.submit(self.go_on, kind) for kind in kinds]
            self.stopped.wait(seconds)
            self.stopped.set()
        for client in done:
            client.result()

    def go_on(self, kind):
        client = self.installation.client()
        for number in itertools.count():
            if self.stopped.is_set():
                return
            kind(client, number)

    def call(self, client, expected, verb, path, body=None, headers=None):
        """Send a request; return the data of its answer, if it has any."""
        began = time.monotonic()
        answer = client.send(verb, path, body, headers)
        self.latencies.append((began, time.monotonic() - began))
        self.statuses[answer.status_code] += 1
        self.count(is_write(verb, path) and REPLAYED not in answer.headers)
        if answer.status_code != expected:
            self.wrong.append((verb, path, answer.status_code, answer.text[:500]))
        time.sleep(PAUSE)
        return answer

    def count(self, is_written=False):
        with self.counting:
            self.requests += 1
            self.written += is_written

    def read(self, client, number):
        path = f"/search/{MODEL}/2"
        answer = self.call(client, 200, "GET", f"{path}?fields=name,email,company_id")
        headers = {"If-None-Match": answer.headers["ETag"]}
        path += "?fields=name,email,company_id"
        self.call(client, 304, "GET", path, headers=headers)
        self.call(client, 200, "GET", f"/fields/{MODEL}")
        self.call(client, 200, "GET", "/auth/me")
        # Of a fixed size: there are more records all the time.
        assert client.export(f"/export/{MODEL}", id__lte=100, fields="name").ok
        self.count()
        self.call(client, 200, "GET", "/models")

    def search(self, client, number):
        path = f"/search/{MODEL}"
        self.call(client, 200, "GET", f"{path}?limit=20&offset={number % 50}")
        self.call(client, 200, "GET", f"{path}?name__ilike=a&order=name&limit=20")
        body = {"domain": [["active", "in", [True, False]]], "limit": 10}
        self.call(client, 200, "POST", path, body)
        self.call(client, 200, "GET", f"/aggregate/{MODEL}?groupby=is_company")

    def change(self, client, number):
        """Create a record, change it in several ways, and delete it."""
        name = f"Mixed {uuid.uuid4().hex}"
        headers = {"Idempotency-Key": name.replace(" ", "-")}
        body = {"name": name}
        words = (client, 201, "POST", f"/create/{MODEL}", body, headers)
        record = self.call(*words).json()["data"]["id"]
        self.created += 1
        assert self.call(*words).json()["data"]["id"] == record
        path = f"/update/{MODEL}/{record}"
        answer = self.call(client, 200, "PUT", path, {"city": f"City {number}"})
        headers = {"If-Match": answer.headers["ETag"]}
        self.call(client, 200, "PUT", path, {"city": "Paris"}, headers)
        self.call(client, 412, "PUT", path, {"city": "Rome"}, headers)
        steps = [{"method": "PUT", "path": path, "body": {"zip": str(number)}}]
        steps += [{"method": "GET", "path": f"/search/{MODEL}/{record}?fields=zip"}]
        self.call(client, 200, "POST", "/batch", {"steps": steps})
        headers = {"Prefer": "dry-run"}
        self.call(client, 200, "PUT", path, {"city": "Oslo"}, headers)
        self.call(client, 200, "DELETE", f"/delete/{MODEL}/{record}")

    def sign_in(self, client, number):
        body = {"username": "admin", "password": "admin"}
        anyone = type(client)(client.url)
        token = self.call(anyone, 200, "POST", "/auth/login", body)
        anyone.headers["session_token"] = token.json()["data"]["session_token"]
        self.call(anyone, 200, "GET", "/auth/me")
        token = self.call(anyone, 200, "POST", "/auth/refresh")
        anyone.headers["session_token"] = token.json()["data"]["session_token"]
        self.call(anyone, 200, "GET", f"/search/{MODEL}?limit=1")
        self.call(anyone, 200, "POST", "/auth/logout")
        self.call(anyone, 401, "GET", "/auth/me")

    def err(self, client, number):
        """Make mistakes, which cost the server's log and no more."""
        self.call(client, 404, "GET", f"/search/{MODEL}/99999999")
        self.call(client, 400, "GET", f"/search/{MODEL}?nope=1")
        self.call(client, 422, "POST", f"/create/{MODEL}", {"color": "red"})
        self.call(client, 404, "GET", "/nope")


def is_write(verb, path):
    """Tell whether a request is noted in the audit trail, also if it is refused."""
    return verb != "GET" and not path.startswith("/search")
