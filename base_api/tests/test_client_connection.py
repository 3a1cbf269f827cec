# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import socket
import time
from unittest.mock import Mock, patch

from odoo.tests import BaseCase

from odoo.addons.base_api.protocol import client_connection
from odoo.addons.base_api.protocol.client_connection import (
    PIECE,
    ClientConnection,
    SlowClient,
)

LOOKS = 500


class Selector:
    """A client that is never ready, but takes some bytes at each look."""

    def __init__(self, taken):
        self.taken = taken
        self.looks = 0

    def select(self, timeout):
        self.looks += 1
        return [] if self.looks < LOOKS else ["ready"]

    def unsent(self):
        return -sum(self.taken(look) for look in range(self.looks))


class TestFloorOfSpeed(BaseCase):
    def looks(self, taken, min_rate=1024):
        """Return after how many looks a client is too slow, a second each.

        :param taken: function from the number of a look to bytes
        """
        connection, selector = ClientConnection(min_rate), Selector(taken)
        connection._socket, connection._selector = Mock(), selector
        connection._socket.gettimeout.return_value = None
        with patch.object(connection, "_unsent", selector.unsent):
            try:
                connection.wait()
            except SlowClient:
                return selector.looks
        return None

    def test_rate_is_measured_over_the_window(self):
        self.assertEqual(client_connection.WINDOW, 120)
        for case, taken, expected in (
            ("as fast as the floor", lambda look: 1024, None),
            ("faster", lambda look: 3000, None),
            ("in steps of 64 KiB", lambda look: 65536 * (look % 64 == 63), None),
            ("nothing", lambda look: 0, 122),
            ("nothing after a lot", lambda look: 10**9 * (look < 50), 171),
            ("half", lambda look: 512, 242),
        ):
            with self.subTest(case):
                self.assertEqual(self.looks(taken), expected)

    def test_floor_can_be_switched_off(self):
        self.assertIsNone(self.looks(lambda look: 0, min_rate=0))


class TestClientConnection(BaseCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(client_connection, "TICK", 0.05))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.client = socket.socket()
            # The system must not take all there is for a client that does not read.
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            self.client.connect(listener.getsockname())
            self.server, _address = listener.accept()
        self.addCleanup(self.client.close)
        self.addCleanup(self.server.close)

    def connect(self, min_rate=0):
        connection = ClientConnection(min_rate)
        connection.attach(self.server)
        self.addCleanup(connection.close)
        return connection

    def fill(self, connection):
        """Send until the connection takes no more, at once or a moment later."""
        self.server.settimeout(0)  # sending more than there is room for would raise
        while connection.is_ready():
            self.server.sendall(b"x" * connection.room())
            if not connection.is_ready():
                time.sleep(0.1)
        self.server.settimeout(None)

    def test_ready_connection_takes_what_has_room_without_waiting(self):
        for size in (0, 20_000, 200_000):
            if size:
                self.server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)
            connection = self.connect()
            self.assertLessEqual(connection.room(), PIECE)
            self.fill(connection)
            self.assertFalse(connection.is_ready())
            while not connection.is_ready():
                self.client.recv(1000)

    def test_without_a_socket_nothing_is_ready_and_nothing_slow(self):
        connection = ClientConnection(1024)
        connection.attach(None)
        self.assertFalse(connection.is_ready())
        connection.wait()
        self.assertEqual(connection.room(), PIECE)
        connection.close()

    def test_client_that_takes_nothing_is_too_slow_after_the_window(self):
        connection = self.connect(min_rate=1024)
        self.fill(connection)
        with (
            patch.object(connection, "_allowance", 512),
            self.assertRaisesRegex(SlowClient, "less than 1024 bytes a second"),
        ):
            start = time.monotonic()
            connection.wait()
        self.assertGreater(time.monotonic() - start, 0.5)

    def test_without_a_floor_the_timeout_of_the_server_counts(self):
        connection = self.connect()
        self.fill(connection)
        self.server.settimeout(0.3)
        with self.assertRaisesRegex(SlowClient, "not ready for 0.3 s"):
            connection.wait()

    def test_client_that_went_away_is_ready(self):
        connection = self.connect(min_rate=1024)
        self.fill(connection)
        self.client.close()
        connection.wait()
        with self.assertRaises(ConnectionError):
            self.server.sendall(b"x" * connection.room())

    def test_system_that_cannot_measure_has_no_floor(self):
        connection = self.connect(min_rate=10**9)
        self.fill(connection)
        self.server.settimeout(0.3)
        with (
            patch.object(client_connection, "fcntl", None),
            self.assertRaisesRegex(SlowClient, "not ready"),
        ):
            connection.wait()
