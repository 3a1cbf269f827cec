# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make cluster` and its commands: two nodes, a standby and HAProxy on this machine.

make_cluster.py up [--sync]     make and start it
make_cluster.py failover [--planned]
make_cluster.py rejoin | status | stop | remove
make_cluster.py drain NODE | ready NODE | restart NODE
"""

import sys

import console
import database
import paths
import postgres
import settings
from ha.layout import NODES
from ha.site import NAME, TESTS, Site, existing, first_port

BANNER = """
A highly available Odoo 19 with base_api runs at {url}
    sign in as admin, password admin; database {database}
    {files}

{status}

What to try, with a client that goes on asking:

while sleep 0.2; do
    curl -s -o /dev/null -w '%{{http_code}} ' {url}/api/v2/health/ready
done

make cluster-failover           the primary crashes, the standby is promoted
make cluster-rejoin             the former primary becomes the standby
make cluster-drain NODE=a       node a gets no more requests
make cluster-ready NODE=a       and gets them again
make cluster-restart NODE=a     drain, restart, ready
make cluster-status             what runs where
make cluster-stop               stop all of it; make clean removes it
"""


def up(*words):
    """Make it, unless it is there, and start it."""
    synchronous = "--sync" in words
    site = Site()
    if site.exists() and site.layout.synchronous != synchronous:
        site.remove()
    if not site.exists():
        name = settings.database()
        databases = database.Databases(postgres.ensure())
        if databases.key(name) != paths.addon_digest():
            databases.ensure(name)
        site.make(databases.options, name, (), synchronous, first_port())
    site.start()
    facts = {"database": site.layout.database, "files": site.layout.folder}
    console.say(BANNER.format(url=site.url, status=table(site), **facts))


def failover(*words):
    site = existing()
    if site.standby.is_standby() is not True:
        raise console.Problem("There is no standby: make cluster-rejoin")
    seconds = site.failover(planned="--planned" in words)
    console.say(f"{site.layout.primary} is the primary, after {seconds:.1f} s.")


def rejoin():
    site = existing()
    site.rejoin()
    console.say(f"{site.layout.standby} follows {site.layout.primary}.")


def drain(name=""):
    node_of(name).drain(name)
    console.say(f"Node {name} gets no requests. Back: make cluster-ready NODE={name}")


def ready(name=""):
    node_of(name).ready(name)
    console.say(f"Node {name} gets requests.")


def restart(name=""):
    node_of(name).restart(name)
    console.say(f"Node {name} was restarted.")


def status():
    console.say(table(existing()))


def stop():
    """Stop this one, and that of the tests if a run was killed."""
    for name in (NAME, TESTS):
        Site(name).stop()


def remove():
    for name in (NAME, TESTS):
        Site(name).remove()


def node_of(name):
    """The site, if it has this node."""
    if name not in NODES:
        raise console.Problem(f"Name a node: NODE={' or NODE='.join(NODES)}")
    return existing()


def table(site):
    return "\n".join(f"    {a:<8} {b:<24} {c}" for a, b, c in site.status())


COMMANDS = (up, failover, rejoin, drain, ready, restart, status, stop, remove)


def main():
    commands = {command.__name__: command for command in COMMANDS}
    name, *words = sys.argv[1:] or ["up"]
    with paths.lock("cluster.lock"):
        commands[name](*words)


if __name__ == "__main__":
    console.main(main)
