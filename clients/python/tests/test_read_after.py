# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads are sent with the position of the last write, which a replica waits for."""

from __future__ import annotations

from faults import Exchange, FaultyServer, forward

from base_api_client import Client

POSITION = f"1-{0:016x}"


def with_position(exchange: Exchange) -> None:
    """Answer as a server with a replica does."""
    status, _line, rest = exchange.fetch().partition(b"\r\n")
    header = f"\r\nRead-After: {POSITION}\r\n".encode()
    exchange.client.sendall(status + header + rest)


def test_reads_after_a_write(faulty: FaultyServer, api_key: str, word: str) -> None:
    faulty.faults = [forward, with_position]
    with Client(faulty.url, api_key=api_key) as client:
        partners = client["res.partner"]
        partners.count(name=word)
        created = partners.create({"name": word})
        assert partners.count(name=word) == 1
        partners.delete(created.id)
    sent = [request.headers.get("read-after") for request in faulty.requests]
    assert sent == [None, None, POSITION, None]
