# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which database, ports and roles a site has, kept in a file."""

import json

import paths
import server

NODES = ("a", "b")
SERVERS = ("s1", "s2")
WORKERS = 2  # of each node
PORTS = ("api", "pg_rw", "pg_ro", *SERVERS, *NODES, *(f"{n}_evented" for n in NODES))


class Layout:
    """The facts about a site that its parts share.

    :param name: of its folder below `.odoo`
    """

    def __init__(self, name):
        self.name = name
        self.folder = paths.STATE / name
        self.file = self.folder / "layout.json"
        self.facts = json.loads(self.file.read_text()) if self.exists() else {}

    def exists(self):
        return self.file.exists()

    def make(self, database, addons, synchronous, first_port):
        """:param addons: folders of addons beside Odoo's and the checkout"""
        self.facts = {
            "database": database,
            "addons": list(map(str, addons)),
            "synchronous": synchronous,
            "primary": SERVERS[0],
            "ports": _free_ports(first_port),
        }
        self.write()

    def write(self):
        self.folder.mkdir(exist_ok=True)
        paths.write(self.file, json.dumps(self.facts, indent=4))

    def port(self, name):
        return self.facts["ports"][name]

    @property
    def database(self):
        return self.facts["database"]

    @property
    def addons(self):
        return [paths.Path(folder) for folder in self.facts["addons"]]

    @property
    def synchronous(self):
        return self.facts["synchronous"]

    @synchronous.setter
    def synchronous(self, synchronous):
        self.facts["synchronous"] = synchronous
        self.write()

    @property
    def primary(self):
        return self.facts["primary"]

    @primary.setter
    def primary(self, name):
        self.facts["primary"] = name
        self.write()

    @property
    def standby(self):
        return next(name for name in SERVERS if name != self.primary)


def _free_ports(first):
    ports = {}
    for name in PORTS:
        first = server.free_port(first)
        ports[name] = first
        first += 1
    return ports
