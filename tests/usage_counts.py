# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The counts of usage in the database, which processes store every 10 seconds."""

import time

import backstage

PATIENCE = 40  # seconds
REQUESTS = "SELECT COALESCE(SUM(calls), 0) FROM api_usage WHERE user_id = %s"


def requests_of(user, database=None):
    [[count]] = backstage.query(REQUESTS, user.id, database=database)
    return count


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "It was not stored"
        time.sleep(0.2)
