# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make test`: all tests, the addon's own and those of a live server, in one pytest.

The addon's tests run in a database with nothing but the addon. The others talk HTTP to
a server with demo data and two workers; BASE_API_* variables tell them where it is.

A run of selected tests (`-k`, or files) works on the databases of the run before, as
long as the data and the models of the addon are the same (`paths.schema_digest`). A run
of all tests makes both anew; it leaves out the long ones of `make torture`.
"""

import subprocess
import sys

import console
import paths
import process
import testbed

FOLDERS = ("base_api/tests", "tests")
LONG = ("tests/torture", "tests/cluster")  # `make torture`


def main():
    with testbed.serving(testbed.PURPOSES, reuse=selects_tests()) as odoo:
        return run_pytest(testbed.environment(odoo))


def selects_tests():
    return "-k" in sys.argv or names_files()


def names_files():
    words = sys.argv[1:]
    return any((paths.ROOT / word.partition("::")[0]).exists() for word in words)


def run_pytest(variables):
    arguments = sys.argv[1:]
    folders = [folder for folder in FOLDERS if (paths.ROOT / folder).is_dir()]
    command = [paths.VENV / "bin" / "pytest"]
    if not names_files():
        command += [*folders, *(f"--ignore={folder}" for folder in LONG)]
    command += [f"--odoo-database={testbed.name('minimal')}"]
    command += [f"--odoo-config={testbed.MINIMAL_CONF}", "--odoo-http", *arguments]
    options = {"cwd": paths.ROOT, "env": variables}
    child = subprocess.Popen(command, preexec_fn=process.die_with_parent, **options)
    try:
        return child.wait()
    except KeyboardInterrupt:  # pytest got it too, and has its summary to print
        return child.wait()


if __name__ == "__main__":
    console.main(main)
