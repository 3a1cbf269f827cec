# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Half an hour of everything: no error, and nothing that grows without an end."""

import os
import re
import time

import fault_report
from gauges import QUARTERS, Gauges
from mixed_load import MixedLoad
from usage_counts import wait_until

SECONDS = float(os.environ.get("BASE_API_TORTURE_SECONDS") or 1800)
LONG = 600  # seconds; before, caches still fill
HEAD = ["Measured", *(f"Quarter {number + 1}" for number in range(QUARTERS))]
COUNT = "SELECT count(*) FROM {}"
# Of their rows there is one for each Idempotency-Key of the last 24 hours, and none of
# those who signed out. The audit trail has one for each write.
COUNTED = ("api_idempotency", "api_session", "api_throttle", "res_partner")
COUNTED += ("api_audit_entry", "api_usage", "api_rate_limit", "api_throttle_credential")
COUNTED_AFTER = 12  # seconds; usage is stored every 10 seconds
KINDS_OF_REQUESTS = 100  # more than there are, for the rows of one day
CALLS = "SELECT COALESCE(SUM(calls), 0) FROM api_usage"
NOT_WRITTEN = re.compile(r"(\d+) audit rows were not written")
# Also of the partitions of a table.
SIZE = """
    SELECT pg_total_relation_size(%s) + COALESCE(SUM(pg_total_relation_size(relid)), 0)
      FROM pg_partition_tree(%s)
"""


def test_mixed_load(installation, state):
    """All answers are the right ones; what the server uses does not grow."""
    time.sleep(COUNTED_AFTER)
    ledger, load = installation.ledger(), MixedLoad(installation)
    before, calls = count_rows(installation), installation.query(CALLS)[0][0]
    with ledger.writing(writers=1), Gauges(installation, load) as gauges:
        load.run(SECONDS)
    requests = load.requests + sum(ledger.statuses.values())
    wait_until(lambda: installation.query(CALLS)[0][0] - calls >= requests)
    assert installation.query(CALLS)[0][0] - calls == requests
    sizes(installation, before)
    fault_report.add_table([HEAD, *gauges.rows()])
    assert not load.wrong, load.wrong[:20]
    ledger.statuses.update(load.statuses)
    comparison = ledger.compare(installation.query)
    assert not comparison.repeated
    state(f"mixed load, {SECONDS:.0f} s", comparison)
    after = count_rows(installation)
    check_rows(before, after, ledger, load)
    lost = sum(map(int, NOT_WRITTEN.findall(installation.log.read_text())))
    noted = after["api_audit_entry"] - before["api_audit_entry"]
    check_audit_trail(noted + lost, load, ledger)
    if SECONDS >= LONG:
        gauges.check()


def count_rows(installation):
    queries = {table: COUNT.format(table) for table in COUNTED}
    return {table: installation.query(queries[table])[0][0] for table in COUNTED}


def sizes(installation, before):
    """Add the sizes of the tables to the report."""
    rows = [["Table", "Rows before", "Rows after", "kB after"]]
    after = count_rows(installation)
    for table in COUNTED:
        [[size]] = installation.query(SIZE, table, table)
        rows.append([table, before[table], after[table], int(size) // 1024])
    fault_report.add_table(rows)


def check_rows(before, after, ledger, load):
    grown = {table: after[table] - before[table] for table in COUNTED}
    kept = sum(len(entry.names) for entry in ledger.entries)
    assert grown["res_partner"] == kept
    assert grown["api_session"] == 0
    assert grown["api_throttle"] == 0
    assert grown["api_idempotency"] == len(ledger.entries) + load.created
    # One for each key, user, route, method and model.
    assert grown["api_usage"] < KINDS_OF_REQUESTS
    # None without a limit, and one for the address of the signed-out client.
    assert grown["api_rate_limit"] == 0
    assert after["api_throttle_credential"] <= 1


def check_audit_trail(rows, load, ledger):
    """One row for each write, and for each step of a batch."""
    assert rows == load.written + sum(len(entry.names) for entry in ledger.entries)
