# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Estimated counts of a table with 300,000 rows."""

import backstage
import servers
from client import Client
from crowds import PARTNERS


def count(client, query):
    return client.get("/search/res.partner", **query)


def test_estimates_are_near(crowd):
    backstage.query("ANALYZE res_partner", database=crowd)
    with servers.serving(crowd) as url:
        client = Client(url).log_in("admin", "admin")
        for query in ({}, {"ref__lt": "R3"}, {"create_uid": "2"}):
            exact = count(client, query)
            assert exact["total_count"] > 100_000
            assert "total_count_exact" not in exact
            estimate = count(client, query | {"count": "estimated"})
            assert estimate["total_count_exact"] is False
            difference = abs(estimate["total_count"] - exact["total_count"])
            assert difference < 0.1 * exact["total_count"]
        few = count(client, {"ref": "R7", "count": "estimated"})
        assert (few["total_count"], few["total_count_exact"]) == (
            PARTNERS // 5000,
            True,
        )
