# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A thousand workers that are killed: what was answered is counted, once."""

from test_metrics_over_restarts import server  # noqa: F401 (fixture)

KILLS = 1000


def test_sums_over_a_thousand_restarts(server):  # noqa: F811
    server.check_sums(KILLS)
    server.check_exact_sums(rounds=20)
