# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A cluster of the tests' own, as `make cluster` makes it."""

import sys
import time
from collections import Counter
from pathlib import Path

import backstage
import cluster_faults
import fault_report
import pytest
from backstage import variable
from client import Client
from paced_load import Account, Door, Load

sys.path.append(str(Path(__file__).resolve().parent.parent / "scripts"))

import server  # noqa: E402
import testbed  # noqa: E402
from ha.site import TESTS, Site  # noqa: E402


@pytest.fixture(scope="session")
def site():
    """Two nodes, a primary, a synchronous standby and HAProxy."""
    site = TestedSite()
    try:
        site.begin()
        yield site
        site.report()
    finally:
        site.remove()


class TestedSite(Site):
    """A site whose nodes end with the tests, and a key for its API."""

    __test__ = False

    def __init__(self):
        super().__init__(TESTS)
        self.rows = []

    def begin(self):
        options = backstage.configuration()
        options = {name: options[name] for name in options if name.startswith("db_")}
        database = variable("BASE_API_MINIMAL_DATABASE")
        port = testbed.first_port()
        self.make(options, database, synchronous=True, port=port)
        self.start(server.die_with_parent)
        self.key = self.session().post("/users/2/api-key")["api_key"]
        self.warm_up()

    def ready(self, name, prepare=server.die_with_parent):
        super().ready(name, prepare)

    @property
    def api(self):
        return f"{self.url}/api/v2"

    def session(self):
        return Client(self.api).log_in("admin", "admin")

    def second_key(self):
        return self.session().post("/users/2/api-key")["api_key"]

    def door(self, key, url=None):
        """A client that is fast.

        :param url: of a node; that of the proxy by default
        """
        return Door(f"{url or self.url}/api/v2", key, Counter())

    def urls(self):
        """The addresses of the proxy and of the nodes."""
        return [self.url, *(node.url for node in self.nodes.values())]

    def query_data(self, statement, *values):
        """Run a statement in the database, on the primary."""
        return self.primary.query(statement, *values, database=self.layout.database)

    def warm_up(self):
        with self.load(40):
            time.sleep(cluster_faults.CALM)

    def load(self, rate, age=0):
        return Load(self.api, self.key, rate, age)

    def endure(self, fault, rate, synchronous=True, age=0):
        """Let clients go on through a fault; return the `Account`."""
        self.set_synchronous(synchronous)
        with self.load(rate, age) as load:
            time.sleep(cluster_faults.CALM)
            fault(self)
            time.sleep(cluster_faults.CALM)
        account = load.account(self.query_data)
        self.rows.append(account.row(fault.__name__.replace("_", " ")))
        print(fault_report.line(self.rows[-1]))
        return account

    def report(self):
        if self.rows:
            fault_report.add_table([Account.HEAD, *self.rows])
