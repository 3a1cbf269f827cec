# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import errno
import logging
from unittest.mock import Mock, patch

from odoo.tests import BaseCase

from odoo.addons.base_api.protocol.client_connection import SlowClient
from odoo.addons.base_api.reading import spool as spools
from odoo.addons.base_api.reading.spool import Spool
from odoo.addons.base_api.reading.spooled_response import send_ahead

SPOOLED_RESPONSE = "odoo.addons.base_api.reading.spooled_response"


class Client:
    """A client that is ready for so many pieces, then only after a wait."""

    def __init__(self, ready=0, room=3, patience=1000):
        self.ready, self.size, self.patience = ready, room, patience
        self.waits = 0

    def is_ready(self):
        self.ready -= 1
        return self.ready >= 0

    def room(self):
        return self.size

    def wait(self):
        self.waits += 1
        if self.waits > self.patience:
            raise SlowClient("Too slow")

    def close(self):
        self.closed = True


class TestSpool(BaseCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(spools, "MEMORY", 10))
        self.spool = Spool()
        self.addCleanup(self.spool.close)

    def take_all(self, size=3):
        taken = b""
        while self.spool:
            piece = self.spool.take(size)
            self.assertIn(len(piece), range(1, size + 1))
            taken += piece
        return taken

    def test_bytes_leave_in_the_order_in_which_they_came(self):
        chunks = [b"abcdefg", b"hijklmn", b"", b"opq", b"r" * 30, b"stu"]
        for chunk in chunks:
            self.assertEqual(self.spool.put(chunk), b"")
        self.assertEqual(self.take_all(), b"".join(chunks))
        self.assertFalse(self.spool)

    def test_file_is_used_beyond_the_memory_and_until_it_is_empty(self):
        self.spool.put(b"a" * 10)
        self.assertIsNone(self.spool._file)
        self.spool.put(b"b" * 5)
        self.assertEqual(self.spool._file.seek(0, 2), 5)
        self.spool.take(9)
        # Memory is free again, but what is there would leave before the file.
        self.spool.put(b"c" * 5)
        self.assertEqual(self.spool._file.seek(0, 2), 10)
        self.assertEqual(self.take_all(), b"a" + b"b" * 5 + b"c" * 5)
        self.assertEqual(self.spool._file.seek(0, 2), 0, "The disk space is free again")
        self.spool.put(b"d")
        self.assertEqual(self.spool._file.seek(0, 2), 0, "There is room in memory")

    def test_full_spool_returns_what_has_no_room(self):
        self.spool = Spool(most=4)
        self.assertEqual(self.spool.put(b"a" * 12), b"")
        self.assertEqual(self.spool.put(b"bcdefg"), b"fg")
        self.assertEqual(self.spool.put(b"fg"), b"fg")
        self.assertEqual(self.take_all(), b"a" * 12 + b"bcde")
        self.assertEqual(self.spool.put(b"fg"), b"")
        self.assertEqual(self.take_all(), b"fg")

    def test_full_disk_is_a_full_spool(self):
        self.spool.put(b"a" * 10)
        file = Mock()
        file.write.side_effect = [2, OSError(errno.ENOSPC, "No space left on device")]
        with patch.object(spools, "TemporaryFile", return_value=file):
            self.assertEqual(self.spool.put(b"bcd"), b"d")
            self.assertEqual(self.spool.put(b"d"), b"d")

    def test_folder_without_room_is_a_full_spool(self):
        self.spool.put(b"a" * 10)
        with patch.object(spools, "TemporaryFile", side_effect=FileNotFoundError):
            self.assertEqual(self.spool.put(b"bcd"), b"bcd")
        self.assertEqual(self.spool.take(20), b"a" * 10)
        self.assertEqual(self.spool.put(b"bcd"), b"")

    def test_closing_removes_the_file(self):
        self.spool.put(b"a" * 10)
        self.spool.put(b"b")
        file = self.spool._file
        self.spool.close()
        self.assertTrue(file.closed)
        self.assertFalse(self.spool)


class TestSendingAhead(BaseCase):
    CHUNKS = (b"abcd", b"efgh", b"ijkl")

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(spools, "MEMORY", 4))
        self.read = []

    def content(self):
        for chunk in self.CHUNKS:
            self.read.append(chunk)
            yield chunk

    def send(self, client, most=0):
        return send_ahead(self.content(), Spool(most), client)

    def test_fast_client_gets_each_chunk_before_the_next_is_read(self):
        pieces = self.send(Client(ready=100))
        self.assertEqual(next(pieces), b"abc")
        self.assertEqual(len(self.read), 1)
        self.assertEqual(b"".join(pieces), b"defghijkl")

    def test_all_is_read_while_the_client_takes_nothing(self):
        client = Client()
        pieces = self.send(client)
        self.assertEqual(next(pieces), b"abc")
        self.assertEqual(len(self.read), 3)
        self.assertEqual(client.waits, 1)
        self.assertEqual(b"".join(pieces), b"defghijkl")

    def test_full_spool_waits_for_the_client(self):
        client = Client(room=4)
        pieces = self.send(client, most=1)
        self.assertEqual(next(pieces), b"abcd")
        self.assertEqual(len(self.read), 2)
        self.assertEqual(b"".join(pieces), b"efghijkl")

    def test_slow_client_is_cut_off_with_one_line_in_the_log(self):
        client, line = Client(patience=2), "A file was cut off: Too slow"
        with self.assertLogs(SPOOLED_RESPONSE, logging.INFO) as log:
            pieces = list(self.send(client))
        self.assertEqual(pieces, [b"abc", b"d"])
        self.assertEqual(log.output, [f"INFO:{SPOOLED_RESPONSE}:{line}"])
        self.assertTrue(client.closed)

    def test_closing_stops_the_reading(self):
        client = Client(ready=1)
        pieces = self.send(client)
        next(pieces)
        pieces.close()
        self.assertEqual(len(self.read), 1)
        self.assertTrue(client.closed)
