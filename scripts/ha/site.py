# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two Odoo nodes, two PostgreSQL servers and HAProxy, all on this machine."""

import os
import time

import console
import paths

from . import node, replicated
from .layout import SERVERS, Layout
from .proxy import Proxy

NAME = "cluster"  # that of `make cluster`
TESTS = "cluster-test"  # that of `make test-cluster`
FIRST_PORT = 18069


class Site:
    """All parts together.

    :param name: of its folder below `.odoo`
    """

    def __init__(self, name=NAME):
        self.layout = Layout(name)
        if self.layout.exists():
            self._find_parts()

    def _find_parts(self):
        self.servers = {n: replicated.Replicated(self.layout, n) for n in SERVERS}
        self.nodes = node.nodes(self.layout)
        self.proxy = Proxy(self.layout)

    def exists(self):
        return self.layout.exists()

    @property
    def url(self):
        return self.proxy.url

    @property
    def primary(self):
        return self.servers[self.layout.primary]

    @property
    def standby(self):
        return self.servers[self.layout.standby]

    def make(self, options, database, addons=(), synchronous=False, port=FIRST_PORT):
        """Copy a database into two new PostgreSQL servers.

        :param options: Odoo's, to reach the database
        :param port: the first one to try
        """
        self.remove()
        self.layout.make(database, addons, synchronous, port)
        self._find_parts()
        file = self.layout.folder / "dump"
        replicated.dump(options, database, file)
        self.primary.make_primary(file, database)
        file.unlink()
        self.standby.copy(self.primary)
        node.link_files(self.layout)

    def start(self, prepare=os.setsid):
        """Start what does not run."""
        for postgres in self.servers.values():
            postgres.start()
        self._wait_for_standby()
        self.proxy.start()
        for each in self.nodes.values():
            each.draining.unlink(missing_ok=True)
            each.start_serving(prepare)
        for name in self.nodes:
            self.proxy.wait_for("odoo", name, up=True)

    def _wait_for_standby(self):
        if self.standby.is_standby():
            self.primary.wait_for_standby(self.standby.short)
            if self.layout.synchronous:
                self.primary.wait_for_synchronous(self.standby.short)

    def set_synchronous(self, synchronous):
        """Choose whether a write is acknowledged before the standby has it."""
        self.layout.synchronous = synchronous
        if synchronous:
            self._wait_for_standby()
        else:
            self.primary.wait_for_nobody()

    def stop(self):
        if not self.exists():
            return
        for each in self.nodes.values():
            each.stop()
        self.proxy.stop()
        # The primary last: whoever waits for the standby would wait without an end.
        self.primary.stop()
        self.standby.stop()

    def remove(self):
        if self.exists():
            self.stop()
            for postgres in self.servers.values():
                postgres.remove()
        paths.remove(self.layout.folder)

    def failover(self, planned=False):
        """Promote the standby; return the seconds until writes are possible again.

        :param planned: the primary stops in order and the standby has all of its
            changes; otherwise it crashes
        """
        began = time.monotonic()
        if planned:
            self.primary.stop()
        else:
            self.primary.kill()
        self.promote()
        return time.monotonic() - began

    def promote(self):
        """Make the standby the primary. The former primary must be down."""
        self.standby.wait_for_nobody()
        self.standby.promote()
        self.layout.primary = self.standby.short
        self.proxy.wait_for("pg_rw", self.layout.primary, up=True)

    def rejoin(self):
        """Let the former primary follow the new one."""
        self.standby.rejoin(self.primary)
        self._wait_for_standby()
        self.proxy.wait_for("fresh_standby", self.standby.short, up=True)

    def drain(self, name):
        """Give a node no more requests, and wait until it has answered those it has."""
        self.nodes[name].draining.touch()
        self.proxy.wait_for("odoo", name, up=False)
        deadline = time.monotonic() + 120
        while self.proxy.sessions("odoo", name):
            if time.monotonic() > deadline:
                raise console.Problem(f"Node {name} still answers a request.")
            time.sleep(0.1)

    def ready(self, name, prepare=os.setsid):
        """Give a node requests again; it is started if it does not run."""
        self.nodes[name].draining.unlink(missing_ok=True)
        self.nodes[name].start_serving(prepare)
        self.proxy.wait_for("odoo", name, up=True)

    def restart(self, name, prepare=os.setsid):
        """Restart a node so that no client notices."""
        self.drain(name)
        self.nodes[name].stop()
        self.ready(name, prepare)

    def status(self):
        """Lines about each part."""
        layout = self.layout
        for name, postgres in self.servers.items():
            role = {True: "standby", False: "primary", None: "down"}
            yield name, f"127.0.0.1:{postgres.port}", role[postgres.is_standby()]
        if not self.proxy.is_running():
            yield "HAProxy", self.proxy.url, "down"
            return
        for name, each in self.nodes.items():
            state = self.proxy.state("odoo", name)
            if each.draining.exists():
                state += ", draining"
            yield name, each.url, state
        for name in ("pg_rw", "pg_ro"):
            yield name, f"127.0.0.1:{layout.port(name)}", "HAProxy"
        yield "api", self.url, "HAProxy"


def existing(name=NAME):
    """The site that was made; a Problem if there is none."""
    site = Site(name)
    if not site.exists():
        raise console.Problem("There is no cluster: make cluster")
    return site


def first_port():
    """Where to look for ports: far from those of another checkout."""
    return FIRST_PORT + int(paths.CHECKOUT, 16) % 20_000
