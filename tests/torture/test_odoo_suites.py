# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's own tests of its HTTP layer and APIs have the same results with the addon."""

import contextlib
import re
import subprocess

import backstage
import pytest

SUITES = ("rpc", "test_rpc", "test_http", "api_doc", "auth_totp")
LINE = re.compile(
    r"odoo\.addons\.(?P<module>\w+)\.tests\.[\w.]+: "
    r"(?P<result>Starting|FAIL:|ERROR:|skipped) ?(?P<test>\w+\.\w+)"
)
PASSED = "passed"
SECONDS = 3000


@contextlib.contextmanager
def new_database(name):
    backstage.query(
        f"CREATE DATABASE \"{name}\" TEMPLATE template0 LC_COLLATE 'C'",
        database="postgres",
    )
    try:
        yield name
    finally:
        backstage.query(f'DROP DATABASE "{name}" WITH (FORCE)', database="postgres")


def run_suites(name, *addons):
    """Install the suites in a new database and run them.

    :param addons: that are installed beside them
    :return: `{module, class and method: result}`
    """
    with new_database(name):
        options = ["-d", name, "-i", ",".join([*SUITES, *addons]), "--stop-after-init"]
        tags = ",".join(f"/{suite}" for suite in SUITES)
        options += ["--test-tags", tags, "--http-port", str(backstage.free_port())]
        # Odoo serves the requests of its tests itself.
        options += ["--workers", "0", "--http-interface", "127.0.0.1"]
        # A thread that runs tests for longer would restart the server.
        options += ["--limit-time-real", "0"]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(backstage.odoo(*options), timeout=SECONDS, **streams)
    return results_of(done.stdout)


def results_of(log):
    results = {}
    for match in LINE.finditer(log):
        test = f"{match['module']}: {match['test']}"
        if match["result"] == "Starting":
            results.setdefault(test, PASSED)
        else:
            results[test] = match["result"].rstrip(":").lower()
    return results


@pytest.fixture(scope="module")
def without():
    return run_suites("base_api_suites_without")


def test_the_results_are_the_same(without):
    with_addon = run_suites("base_api_suites_with", "base_api")
    counts = {
        suite: [test.startswith(f"{suite}:") for test in without].count(True)
        for suite in SUITES
    }
    assert all(counts.values()), counts
    assert list(without.values()).count(PASSED) > 0.9 * len(without)
    assert with_addon == without
    others = sorted({result for result in without.values() if result != PASSED})
    print(f"\n{len(without)} tests of Odoo, the results are the same: {counts}")
    for result in others:
        print(f"  {result}: {[test for test in without if without[test] == result]}")
