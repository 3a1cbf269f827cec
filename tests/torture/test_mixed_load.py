# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Half an hour of everything: no error, and nothing that grows without an end."""

import os

import fault_report
from gauges import QUARTERS, Gauges
from mixed_load import MixedLoad

SECONDS = float(os.environ.get("BASE_API_TORTURE_SECONDS") or 1800)
LONG = 600  # seconds; before, caches still fill
HEAD = ["Measured", *(f"Quarter {number + 1}" for number in range(QUARTERS))]
COUNT = "SELECT count(*) FROM {}"
# Of their rows there is one for each Idempotency-Key of the last 24 hours, and none of
# those who signed out.
COUNTED = ("api_idempotency", "api_session", "api_throttle", "res_partner")
SIZE = "SELECT pg_total_relation_size('{}')"


def test_mixed_load(installation, state):
    """All answers are the right ones; what the server uses does not grow."""
    ledger, load = installation.ledger(), MixedLoad(installation)
    before = count_rows(installation)
    with ledger.writing(writers=1), Gauges(installation, load) as gauges:
        load.run(SECONDS)
    sizes(installation, before)
    fault_report.add_table([HEAD, *gauges.rows()])
    assert not load.wrong, load.wrong[:20]
    ledger.statuses.update(load.statuses)
    comparison = ledger.compare(installation.query)
    assert not comparison.repeated
    state(f"mixed load, {SECONDS:.0f} s", comparison)
    check_rows(before, count_rows(installation), ledger, load)
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
        [[size]] = installation.query(SIZE.format(table))
        rows.append([table, before[table], after[table], size // 1024])
    fault_report.add_table(rows)


def check_rows(before, after, ledger, load):
    grown = {table: after[table] - before[table] for table in COUNTED}
    kept = sum(len(entry.names) for entry in ledger.entries)
    assert grown["res_partner"] == kept
    assert grown["api_session"] == 0
    assert grown["api_throttle"] == 0
    assert grown["api_idempotency"] == len(ledger.entries) + load.created
