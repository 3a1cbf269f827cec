# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A copy of the demo database with a server of its own, for tests that leave traces."""

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

import backstage
import servers
from backstage import variable
from client import Client

# Our errors also where Odoo finds no database.
OPTIONS = {"--load": "base,web,base_api"}
# Errors of clients that others log: of requests that are not HTTP, and of values that
# a constraint of the database refuses.
LOGGED_AS_ERRORS = (" werkzeug: ", " odoo.sql_db: bad query: ")


@dataclass
class Copy:
    """A running server with two workers.

    :param url: of its API
    :param log_file: what the server writes
    """

    url: str
    database: str
    log_file: Path

    def log(self):
        return self.log_file.read_text(errors="replace")

    def failures(self):
        """The lines of the log that tell of a failure of the server."""
        words = (" ERROR ", " CRITICAL ", "Traceback")
        return [
            line
            for line in self.log().splitlines()
            if any(word in line for word in words)
            and not any(word in line for word in LOGGED_AS_ERRORS)
        ]

    def administrator(self):
        """The administrator, with an API key."""
        session = Client(self.url).log_in("admin", "admin")
        return Client(self.url, api_key=session.post("/users/2/api-key")["api_key"])


@contextlib.contextmanager
def copied(name):
    """Serve a new copy of the database, which is dropped afterwards."""
    backstage.copy_database(variable("BASE_API_DATABASE"), name)
    port = backstage.free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "odoo.log"
        server = servers.start(name, port, 2, OPTIONS | {"--logfile": str(log)})
        try:
            servers.wait_for(server, servers.address(port))
            yield Copy(servers.address(port), name, log)
        finally:
            servers.end(server)
            backstage.drop_database(name)
