# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make test`: all tests, the addon's own and those of a live server, in one pytest.

The addon's tests run in a database with nothing but the addon. The others talk HTTP to
a server with demo data and two workers; BASE_API_* variables tell them where it is.

A run of selected tests (`-k`, or files) works on the databases of the run before, as
long as the data and the models of the addon are the same (`paths.schema_digest`). A run
of all tests makes both anew.
"""

import os
import shlex
import subprocess
import sys

import clients
import console
import database
import odoo_source
import paths
import postgres
import process
import server
import settings

FOLDERS = ("base_api/tests", "tests")
DEMO_ADDONS = (paths.ROOT / "tests" / "addons",)  # with endpoints of their own
INSTALL_LOG = paths.TEST / "install.log"
MINIMAL_CONF = paths.TEST / "minimal.conf"


def main():
    paths.TEST.mkdir(exist_ok=True)
    with paths.lock("test.lock", wait=False):
        odoo = server.Server(paths.TEST)
        odoo.stop()
        with paths.lock():
            options = prepare()
        try:
            start(odoo, options)
            return run_pytest(environment(odoo))
        finally:
            odoo.stop_silently()


def prepare():
    """Make both databases where need be; return Odoo's options to reach them."""
    databases = database.Databases(postgres.ensure(), DEMO_ADDONS)
    key = paths.schema_digest()
    if not can_reuse(databases, name("test"), key):
        modules = (paths.ADDON.name, "base_api_demo")
        databases.make_from_template(name("test"), key, modules)
    if not can_reuse(databases, name("minimal"), key):
        databases.make_minimal(name("minimal"), INSTALL_LOG, key)
    # Without a limit of memory: pytest would pass it on to the programs of the tests.
    options = database.common(name("minimal")) | {"limit_memory_hard": 0}
    settings.write(MINIMAL_CONF, databases.options | options)
    return databases.options


def can_reuse(databases, database_name, key):
    return selects_tests() and databases.key(database_name) == key


def selects_tests():
    return "-k" in sys.argv or names_files()


def names_files():
    words = sys.argv[1:]
    return any((paths.ROOT / word.partition("::")[0]).exists() for word in words)


def name(purpose):
    return f"{settings.database()}_{purpose}"


def first_port():
    """Where to look for a port: far from those of the tests of another checkout.

    A port that is free now may be taken by them before Odoo listens.
    """
    return server.FIRST_PORT + 1000 + int(paths.CHECKOUT, 16) % 20_000


def start(odoo, options):
    port = server.free_port(first_port())
    ports = {"http_port": port, "gevent_port": server.free_port(port + 1)}
    options = (
        options | database.common(name("test"), DEMO_ADDONS) | ports | {"workers": 2}
    )
    # Where Odoo looks for programs after the PATH.
    options["bin_path"] = clients.wkhtmltopdf()
    odoo.start(options, prepare=server.die_with_parent)


def environment(odoo):
    """What tests may know about where they run."""
    return os.environ | {
        "BASE_API_URL": f"{odoo.url}/api/v2",
        "BASE_API_DATABASE": name("test"),
        "BASE_API_LOG": str(odoo.log),
        "BASE_API_CONF": str(odoo.conf),
        "BASE_API_ODOO": shlex.join(odoo_source.command(odoo.conf)),
        "BASE_API_MINIMAL_DATABASE": name("minimal"),
        "BASE_API_INSTALL_LOG": str(INSTALL_LOG),
        "BASE_API_NODE": clients.node(),
        "BASE_API_PHP": clients.php(),
        "BASE_API_CHROMIUM": clients.chromium(),
        "BASE_API_PRINTS": "yes" if settings.read(odoo.conf).get("bin_path") else "",
        "BASE_API_SCREENSHOTS": str(paths.TEST / "screenshots"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.TEST / "hypothesis"),
    }


def run_pytest(variables):
    arguments = sys.argv[1:]
    folders = [folder for folder in FOLDERS if (paths.ROOT / folder).is_dir()]
    command = [paths.VENV / "bin" / "pytest", *([] if names_files() else folders)]
    command += [f"--odoo-database={name('minimal')}", f"--odoo-config={MINIMAL_CONF}"]
    command += ["--odoo-http", *arguments]
    options = {"cwd": paths.ROOT, "env": variables}
    child = subprocess.Popen(command, preexec_fn=process.die_with_parent, **options)
    try:
        return child.wait()
    except KeyboardInterrupt:  # pytest got it too, and has its summary to print
        return child.wait()


if __name__ == "__main__":
    console.main(main)
