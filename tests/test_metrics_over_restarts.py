# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Workers that are killed again and again: what was answered is counted, once."""

import backstage
import pytest
from restarts import KilledServer

KILLS = 20


@pytest.fixture
def server(unique):
    backstage.copy_database(backstage.variable("BASE_API_MINIMAL_DATABASE"), unique)
    server = KilledServer(unique)
    try:
        yield server
    finally:
        server.end()
        backstage.drop_database(unique)


def test_sums_over_killed_workers(server):
    server.check_sums(KILLS)


def test_sums_over_workers_killed_between_requests(server):
    server.check_exact_sums(rounds=5)
