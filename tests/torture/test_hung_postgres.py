# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PostgreSQL that hangs for a while: it neither answers nor ends.

Nothing but a time limit tells that from a slow statement.
"""

import collections
import time
from concurrent.futures import ThreadPoolExecutor

import fault_report
import faults
import pytest
from installation import Installation
from own_postgres import TEMPLATE

PATIENCE = {"PGCONNECT_TIMEOUT": "2"}  # seconds
HANGING = 8  # seconds
CLIENTS = 4
ENOUGH = 120  # seconds, for a machine that is busy
REQUESTS = (
    ("GET", "/search/res.partner?limit=1", None),
    ("GET", "/auth/me", None),
    ("POST", "/create/res.partner", {"name": "Hung"}),
    ("GET", "/health/ready", None),
)


@pytest.fixture(params=[0, 2], ids=["threads", "workers"])
def hanging(own_postgres, request):
    """An installation of its own, which gives up a new connection soon."""
    name = f"faults_hung_{request.param}"
    own_postgres.copy(TEMPLATE, name)
    installation = Installation(own_postgres, name, environment=PATIENCE)
    try:
        installation.start(**{"--workers": request.param})
        yield installation, request.param
    finally:
        installation.end()
        own_postgres.drop(name)


def test_database_that_hangs(hanging, own_postgres, state):
    """Who needs a new connection gets a 503, others wait until the database goes on."""
    installation, workers = hanging
    ledger = installation.ledger()
    with ledger.writing(), ThreadPoolExecutor(CLIENTS * len(REQUESTS)) as pool:
        ledger.wait_for(20)
        with own_postgres.hung():
            waiting = [
                pool.submit(send, installation.client(), *request)
                for _client in range(CLIENTS)
                for request in REQUESTS
            ]
            time.sleep(HANGING)
        back = time.monotonic()
        answers = [answer.result() for answer in waiting]
        ledger.wait_for(20)
    comparison = faults.finish(installation, ledger)
    title = f"{workers} workers" if workers else "threads"
    state(
        f"PostgreSQL hangs for {HANGING} s, {title}",
        comparison,
        ledger.recovery(back),
    )
    seen = collections.Counter(status for status, _seconds in answers)
    slowest = f"{max(seconds for _status, seconds in answers):.1f} s"
    head = ("While PostgreSQL hangs", "Statuses", "Slowest answer")
    fault_report.add_table([head, (title, dict(seen), slowest)])
    assert set(seen) <= {200, 201, 503}
    assert workers or seen[503]


def send(client, verb, path, body):
    """Send a request; return its status, and how long it took."""
    began = time.monotonic()
    answer = client.send(verb, path, body, timeout=ENOUGH)
    if answer.status_code == 503:
        assert answer.json()["error"]["code"] == "DATABASE_UNAVAILABLE"
        assert answer.headers["Retry-After"]
    return answer.status_code, time.monotonic() - began
