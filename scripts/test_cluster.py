# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make test-cluster`: faults of a cluster; with `--suite`, the tests through its door.

Other arguments are pytest's.
"""

import subprocess
import sys

import console
import paths
import process
import server
import testbed
from ha.site import TESTS, Site

FAULTS = "tests/cluster"
OWN_SERVER = "starts servers of its own"
LOG = "reads the log of the one server"
FILES = "checks the files of deploy/"
PAGE = "a browser on the page, which has a test of its own server"
NOT_THROUGH_THE_DOOR = {
    "test_audit.py": LOG,
    "test_bad_json.py": "HAProxy itself refuses a Content-Length that is no number",
    "test_browser.py": PAGE,
    "test_cluster.py": OWN_SERVER,
    "test_command_line.py": "runs odoo-bin on the database without demo data",
    "test_concurrency.py": "counts the connections of the one server",
    "test_contract_failures.py": LOG,
    "test_counts.py": OWN_SERVER,
    "test_crashes.py": OWN_SERVER,
    "test_databases.py": "needs several databases",
    "test_docs_page.py": PAGE,
    "test_docs_page_looks.py": PAGE,
    "test_docs_page_programs.py": PAGE,
    "test_export.py": OWN_SERVER,
    "test_faults.py": OWN_SERVER,
    "test_health.py": OWN_SERVER,
    "test_lifecycle.py": "installs and removes the addon",
    "test_log_secrets.py": OWN_SERVER,
    "test_metrics_over_restarts.py": OWN_SERVER,
    "test_monitoring.py": "metrics are those of one node",
    "test_outages.py": OWN_SERVER,
    "test_deploy.py": FILES,
    "test_deploy_retries.py": FILES,
    "test_rate_limits.py": OWN_SERVER,
    "test_replica.py": OWN_SERVER,
    "test_security_credentials.py": LOG,
    "test_slow_exports.py": OWN_SERVER,
    "test_upgrades.py": "upgrades the addon",
    "test_urls_and_bodies.py": LOG,
    "test_usage.py": OWN_SERVER,
}


def main():
    words = sys.argv[1:]
    if "--suite" not in words:
        program = paths.ROOT / "scripts" / "test.py"
        return run([paths.PYTHON, program, FAULTS, *words])
    words.remove("--suite")
    with paths.lock("test.lock", wait=False):
        return run_suite(words)


def run_suite(words):
    """Run the tests that go through the front door."""
    paths.TEST.mkdir(exist_ok=True)
    options = testbed.prepare(testbed.PURPOSES, reuse=True)
    site = Site(TESTS)
    copied = (options, testbed.name("test"), testbed.DEMO_ADDONS)
    try:
        site.make(*copied, port=testbed.first_port())
        site.start(server.die_with_parent)
        command = [paths.VENV / "bin" / "pytest", *files(words)]
        command += [f"--odoo-database={testbed.name('minimal')}"]
        command += [f"--odoo-config={testbed.MINIMAL_CONF}", "--odoo-http", *words]
        variables = testbed.environment(site.nodes["a"])
        variables |= {"BASE_API_URL": f"{site.url}/api/v2"}
        return run(command, cwd=paths.ROOT, env=variables)
    finally:
        site.remove()


def files(words):
    """The files to run, unless some are named."""
    if any(word.endswith(".py") for word in words):
        return []
    for name, reason in NOT_THROUGH_THE_DOOR.items():
        console.say(f"Not run: {name} ({reason})")
    found = sorted((paths.ROOT / "tests").glob("test_*.py"))
    return [file for file in found if file.name not in NOT_THROUGH_THE_DOOR]


def run(command, **options):
    child = subprocess.Popen(command, preexec_fn=process.die_with_parent, **options)
    try:
        return child.wait()
    except KeyboardInterrupt:
        return child.wait()


if __name__ == "__main__":
    console.main(main)
