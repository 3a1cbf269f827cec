# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One of the Odoo servers of a site."""

import os

import cluster
import database
import paths
import server

from .layout import NODES, WORKERS

SHARED = ("filestore", "sessions")  # folders of all nodes


class Node(server.Server):
    """An Odoo with workers, behind the proxy.

    :param name: `a` or `b`
    """

    def __init__(self, layout, name):
        super().__init__(layout.folder / name)
        self.layout = layout
        self.name = name
        self.folder = layout.folder / name
        self.data = self.folder / "data"
        self.draining = self.data / "draining"

    def start_serving(self, prepare=os.setsid):
        self._make_folders()
        # For connections to a PostgreSQL that hangs: Odoo itself waits without an end.
        os.environ["PGCONNECT_TIMEOUT"] = "3"
        self.start(self.options(), prepare)

    def _make_folders(self):
        self.data.mkdir(parents=True, exist_ok=True)
        for name in SHARED:
            (self.layout.folder / name).mkdir(exist_ok=True)
            link = self.data / name
            if not link.is_symlink():
                link.symlink_to(self.layout.folder / name)

    def options(self):
        """Odoo's: without a dbfilter, so that reads go on without the primary."""
        layout = self.layout
        return database.common(layout.database, layout.addons) | {
            "db_host": "127.0.0.1",
            "db_port": layout.port("pg_rw"),
            "db_user": cluster.ROLE,
            "db_replica_host": "127.0.0.1",
            "db_replica_port": layout.port("pg_ro"),
            "data_dir": self.data,
            "http_port": layout.port(self.name),
            "gevent_port": layout.port(f"{self.name}_evented"),
            "workers": WORKERS,
            "max_cron_threads": 1,
            "proxy_mode": True,
            "server_wide_modules": "base,rpc,web,base_api",
        }


def nodes(layout):
    return {name: Node(layout, name) for name in NODES}


def link_files(layout):
    """Give a site the files of its database; they are never changed, so linked."""
    target = layout.folder / "filestore" / layout.database
    target.parent.mkdir(parents=True, exist_ok=True)
    paths.remove(target)
    database.link_files(database.filestore(layout.database), target)
