# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Callers of nine kinds and all models, see `tests/test_access.py`; and times."""

import random
import statistics
import time

import access
import access_rights
import access_secrets
import pytest
from copies import copied

TRIES = 600  # of each kind of request
# The probability that a hidden record takes longer than a missing one is 1/2 where they
# cannot be told apart; the standard error for so many tries is 0.017.
TOLERANCE = 0.1
TIMED = (
    ("GET", "/search/res.partner/{}", None),
    ("PATCH", "/update/res.partner/{}", {"name": "x"}),
    ("DELETE", "/delete/res.partner/{}", None),
    ("GET", "/count/res.partner?id={}", None),
)


@pytest.fixture(scope="module")
def copy():
    with copied("base_api_access_full") as copy:
        yield copy


@pytest.fixture(scope="module")
def callers(copy):
    return access.make_callers(copy)


@pytest.fixture(scope="module")
def models(copy, callers):
    names = access.concrete_models(copy.administrator())
    access.add_facts(callers, copy.database, names, few=3)
    return names


def test_rights_are_those_of_the_orm(callers, models):
    assert len(models) > 300
    assert not access.differences(access_rights.differences, callers, models)


def test_hidden_and_missing_records_cannot_be_told_apart(callers, models):
    assert not access.differences(access_secrets.differences, callers, models)


@pytest.mark.parametrize(("method", "path", "body"), TIMED)
def test_hidden_and_missing_records_take_as_long(callers, models, method, path, body):
    [portal] = [caller for caller in callers if caller.name == "portal"]
    hidden = portal.facts["res.partner"]["hidden"][0]
    times = {hidden: [], access_secrets.MISSING: []}
    for _try in range(TRIES):
        # In turns, and in a random order: a machine gets slower and faster.
        for record_id in random.sample(list(times), 2):
            began = time.perf_counter()
            portal.client.call(method, path.format(record_id), body)
            times[record_id].append(time.perf_counter() - began)
    first, second = times.values()
    share = statistics.fmean(one > other for one in first for other in second)
    print(method, path, f"{share:.3f}", *map(statistics.median, times.values()))
    assert abs(share - 0.5) < TOLERANCE
