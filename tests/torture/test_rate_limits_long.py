# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rate limits for a minute, see `tests/test_rate_limits.py`."""

import rate_limits
from test_rate_limits import CLIENTS, boss, database, nodes  # noqa: F401 (fixtures)

SECONDS = 60


def test_exact_for_a_minute(nodes, boss):  # noqa: F811
    ports, _logs = nodes
    rate_limits.warm_up(ports, boss, CLIENTS)
    for burst in (5, 20):
        rate_limits.find_exact(ports, boss, SECONDS, CLIENTS, burst)
