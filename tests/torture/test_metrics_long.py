# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A thousand workers that are killed: what was answered is counted, once."""

import pytest
from restarts import killed_server

KILLS = 1000


@pytest.fixture
def server(unique):
    with killed_server(unique) as server:
        yield server


def test_sums_over_a_thousand_restarts(server):
    server.check_sums(KILLS)
    server.check_exact_sums(rounds=20)
