# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make serve`: an Odoo with the addon and demo data, in the background."""

import os

import console
import database
import paths
import postgres
import server
import settings

BANNER = """
Odoo 19 with base_api runs at {url}
    sign in as admin, password admin; database {name}
    log: {log}

A first call, and a session token to go on with:

curl {url}/api/v2/test

curl -H 'Content-Type: application/json' \\
     -d '{{"username": "admin", "password": "admin"}}' \\
     {url}/api/v2/auth/login

Stop everything with: make stop
"""


def main():
    with paths.lock():
        odoo = server.Server(paths.STATE)
        name = settings.database()
        databases = database.Databases(postgres.ensure())
        if databases.key(name) != paths.addon_digest():
            odoo.stop()
            databases.ensure(name)
        odoo.start(options(odoo, databases.options | database.common(name)))
    console.say(BANNER.format(url=odoo.url, name=name, log=odoo.log))
    if not server.answers(f"{odoo.url}/api/v2/test"):
        raise console.Problem(f"{odoo.url}/api/v2/test does not answer; see {odoo.log}")


def options(odoo, options):
    port = choose_port(odoo)
    workers = os.environ.get("WORKERS", "0")
    ports = {"http_port": port, "gevent_port": choose_gevent_port(odoo, port)}
    return options | ports | {"workers": workers, "max_cron_threads": 1}


def choose_port(odoo):
    """The port asked for, the one in use already, or the next that is free."""
    wanted = int(os.environ.get("PORT", "0"))
    if odoo.is_running() and wanted in (0, odoo.port):
        return odoo.port
    first = wanted or server.FIRST_PORT
    port = server.free_port(first)
    if port != first:
        console.say(f"Port {first} is in use by something else; taking {port}.")
    return port


def choose_gevent_port(odoo, port):
    """The port that workers need for the longpolling process."""
    if odoo.is_running():
        return settings.read(odoo.conf)["gevent_port"]
    return server.free_port(port + 1)


if __name__ == "__main__":
    console.main(main)
