# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Does the time of a failed login tell whether its user exists?

Logins of four kinds take turns, in a new order in each round, so that what else the
machine does hits all of them alike. A difference from the logins of ordinary users
fails the test if it is both significant (Mann-Whitney, two-sided) and material (the
median of the ratios within a round). A login that is refused without hashing has to be
found by the same rule.
"""

import math
import random
import statistics
import time
import uuid

import backstage
import pytest
from client import Client

TRIES = 2000
EACH = 10  # logins of each kind
SIGNIFICANT = 0.001
MATERIAL = 0.01  # of the time of a login
CONTROLS = 40
TOO_LONG = "x" * 5000  # hashed for nobody
WRONG = "wrong password"
ORDINARY = "ordinary"
# How users are made that differ from them.
CHANGES = {"archived": "active = FALSE", "without password": "password = NULL"}


@pytest.fixture
def unthrottled(admin):
    made = [
        admin.create("ir.config_parameter", key=f"base_api.throttle_{name}", value="0")
        for name in ("pair", "address", "login")
    ]
    yield
    for parameter in made:
        admin.delete("ir.config_parameter", parameter)


@pytest.fixture
def logins(new_user):
    """Return logins of each kind: `{kind: [login]}`."""
    users = {
        kind: [new_user() for _user in range(EACH)] for kind in (ORDINARY, *CHANGES)
    }
    ids = {kind: [user.id for user in found] for kind, found in users.items()}
    for kind, assignment in CHANGES.items():
        statement = f"UPDATE res_users SET {assignment} WHERE id = ANY(%s)"
        backstage.query(statement, ids[kind])
    found = {kind: [user.login for user in some] for kind, some in users.items()}
    return found | {"unknown": [f"u{uuid.uuid4().hex[:12]}" for _ in range(EACH)]}


def seconds_of(client, login, password):
    body = {"username": login, "password": password}
    start = time.perf_counter()
    answer = client.http.post(f"{client.url}/auth/login", json=body, timeout=60)
    seconds = time.perf_counter() - start
    assert answer.status_code == 401, answer.text
    return seconds


def measure(client, logins, rounds):
    """Return `{kind: seconds of each round}`."""
    times = {kind: [] for kind in logins}
    for _round in range(rounds):
        for kind in random.sample(list(logins), len(logins)):
            login = random.choice(logins[kind])
            times[kind].append(seconds_of(client, login, WRONG))
    return times


def probability(first, second):
    """The two-sided p of the Mann-Whitney test, by its normal approximation."""
    ordered = sorted(first + second)
    rank = {}
    for position, value in enumerate(ordered, 1):
        rank.setdefault(value, position)
    ranks = sum(rank[value] for value in first)
    size, other = len(first), len(second)
    mean = size * (size + other + 1) / 2
    deviation = math.sqrt(size * other * (size + other + 1) / 12)
    return math.erfc(abs(ranks - mean) / deviation / math.sqrt(2))


def compare(ordinary, others):
    """Return p, and the median of the ratios within a round."""
    ratios = [other / one for one, other in zip(ordinary, others, strict=True)]
    return probability(ordinary, others), statistics.median(ratios)


def tells(p, ratio):
    return p < SIGNIFICANT and abs(ratio - 1) > MATERIAL


@pytest.mark.usefixtures("unthrottled")
def test_time_does_not_tell_whether_a_user_exists(url, new_address, logins, capsys):
    client = Client(url, source=new_address())
    measure(client, logins, 3)
    times = measure(client, logins, TRIES // len(logins))
    found = {kind: compare(times[ORDINARY], times[kind]) for kind in times}
    with capsys.disabled():
        print(f"\n{TRIES} wrong passwords, {len(times[ORDINARY])} of each kind:")
        for kind, (p, ratio) in found.items():
            median = statistics.median(times[kind]) * 1000
            print(f"  {kind:17} median {median:7.2f} ms  ratio {ratio:.4f}  p {p:.3f}")
    assert not [kind for kind, result in found.items() if tells(*result)]


@pytest.mark.usefixtures("unthrottled")
def test_a_login_that_is_not_hashed_is_found(url, new_address, logins):
    client = Client(url, source=new_address())
    ordinary, short = [], []
    for _try in range(CONTROLS):
        login = random.choice(logins[ORDINARY])
        ordinary.append(seconds_of(client, login, WRONG))
        short.append(seconds_of(client, login, TOO_LONG))
    assert tells(*compare(ordinary, short))
