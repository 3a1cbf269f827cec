# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A thousand workers that are killed: what was answered is counted, once."""

import backstage
import pytest
from restarts import KilledServer

KILLS = 1000


@pytest.fixture
def server(unique):
    backstage.copy_database(backstage.variable("BASE_API_MINIMAL_DATABASE"), unique)
    server = KilledServer(unique)
    try:
        yield server
    finally:
        server.end()
        backstage.drop_database(unique)


def test_sums_over_a_thousand_restarts(server):
    server.check_sums(KILLS)
    server.check_exact_sums(rounds=20)
