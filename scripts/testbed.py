# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The databases of the tests and the server on them, for every command that tests.

There are two databases: `test` has demo data, and `minimal` nothing but the addon.
"""

import contextlib
import os
import shlex

import clients
import database
import odoo_source
import paths
import postgres
import server
import settings

PURPOSES = ("test", "minimal")
DEMO_ADDONS = (paths.ROOT / "tests" / "addons",)  # with endpoints of their own
INSTALL_LOG = paths.TEST / "install.log"
MINIMAL_CONF = paths.TEST / "minimal.conf"


@contextlib.contextmanager
def serving(purposes, reuse):
    """Run a server on the first of the databases; yield it, and stop it afterwards.

    :param purposes: the databases to have, of `PURPOSES`
    :param reuse: whether those of an earlier run will do, if they are current
    """
    paths.TEST.mkdir(exist_ok=True)
    with paths.lock("test.lock", wait=False):
        odoo = server.Server(paths.TEST)
        odoo.stop()
        with paths.lock():
            options = prepare(purposes, reuse)
        try:
            start(odoo, options, purposes[0])
            yield odoo
        finally:
            odoo.stop_silently()


def prepare(purposes, reuse):
    """Make the databases where need be; return Odoo's options to reach them."""
    databases = database.Databases(postgres.ensure(), DEMO_ADDONS)
    key = paths.schema_digest()
    makers = {"test": make_test, "minimal": make_minimal}
    for purpose in purposes:
        if not (reuse and databases.key(name(purpose)) == key):
            makers[purpose](databases, key)
    if "minimal" in purposes:
        write_minimal_conf(databases.options)
    return databases.options


def make_test(databases, key):
    modules = (paths.ADDON.name, "base_api_demo")
    databases.make_from_template(name("test"), key, modules)


def make_minimal(databases, key):
    databases.make_minimal(name("minimal"), INSTALL_LOG, key)


def write_minimal_conf(options):
    """Write the configuration for Odoo within pytest, on the minimal database."""
    # Without a limit of memory: pytest would pass it on to the programs of the tests.
    more = database.common(name("minimal")) | {"limit_memory_hard": 0}
    settings.write(MINIMAL_CONF, options | more)


def name(purpose):
    return f"{settings.database()}_{purpose}"


def first_port():
    """Where to look for a port: far from those of the tests of another checkout.

    A port that is free now may be taken by them before Odoo listens.
    """
    return server.FIRST_PORT + 1000 + int(paths.CHECKOUT, 16) % 20_000


def start(odoo, options, purpose):
    port = server.free_port(first_port())
    ports = {"http_port": port, "gevent_port": server.free_port(port + 1)}
    addons = DEMO_ADDONS if purpose == "test" else ()
    options = options | database.common(name(purpose), addons) | ports | {"workers": 2}
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
        "BASE_API_PROMETHEUS": clients.prometheus() or "",
        "BASE_API_PRINTS": "yes" if settings.read(odoo.conf).get("bin_path") else "",
        "BASE_API_SCREENSHOTS": str(paths.TEST / "screenshots"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.TEST / "hypothesis"),
    }
