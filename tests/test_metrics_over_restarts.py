# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Workers that are killed again and again: what was answered is counted, once."""

import pytest
from restarts import killed_server

KILLS = 20


@pytest.fixture
def server(unique):
    with killed_server(unique) as server:
        yield server


def test_sums_over_killed_workers(server):
    server.check_sums(KILLS)


def test_sums_over_workers_killed_between_requests(server):
    server.check_exact_sums(rounds=5)
