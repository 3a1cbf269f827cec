# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A way to PostgreSQL that can be cut while the server of all tests goes on."""

import contextlib
import socket
import threading

import backstage


class Relay:
    """Listens on a port and passes on what comes to the real database server."""

    def __init__(self):
        self.port = backstage.free_port()
        self.ends = []
        self.open()

    def open(self):
        """Accept connections, on the same port as before."""
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, args=[self.listener], daemon=True).start()

    def cut(self):
        """Refuse new connections, and break those that there are."""
        close(self.listener)
        while self.ends:
            close(self.ends.pop())

    def options(self):
        """Options of Odoo that lead here."""
        return {"--db_host": "127.0.0.1", "--db_port": self.port}

    def accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                client, _address = listener.accept()
                server = connect()
                self.ends += [client, server]
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=copy, args=pair, daemon=True).start()


def connect():
    options = backstage.configuration()
    host, port = options["db_host"], options.get("db_port", "5432")
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def copy(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(2**16):
            target.sendall(data)
    for end in (source, target):
        close(end)


def close(end):
    """Close a socket, also where another thread waits for it."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
