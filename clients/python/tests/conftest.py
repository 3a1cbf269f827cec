# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The live server that the tests talk to: `BASE_API_URL` is its address.

It has the demo data of Odoo, and the users admin and demo with their names as
passwords.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
from faults import FaultyServer

from base_api_client import Client


@pytest.fixture(scope="session")
def url() -> str:
    """The address of Odoo, as people pass it to a client."""
    address = os.environ.get("BASE_API_URL")
    if not address:
        pytest.exit("BASE_API_URL is not set: the tests need a running server", 4)
    return address.rstrip("/").removesuffix("/api/v2")


@pytest.fixture(scope="session")
def admin(url: str) -> Iterator[Client]:
    """A client with a session of the administrator."""
    with Client(url, username="admin", password="admin") as client:
        yield client
        client.log_out()


@pytest.fixture(scope="session")
def api_key(admin: Client) -> Iterator[str]:
    user = admin.me()["id"]
    created = admin.request("POST", f"/users/{user}/api-key", json={"name": "Tests"})
    key: str = created.data["api_key"]
    yield key
    keys = admin.request("GET", f"/users/{user}/api-keys").data["api_keys"]
    mine = [item["id"] for item in keys if key.startswith(item["prefix"])]
    for key_id in mine:
        admin.request("DELETE", f"/users/{user}/api-keys/{key_id}")


@pytest.fixture(scope="session")
def client(url: str, api_key: str) -> Iterator[Client]:
    """A client with an API key of the administrator."""
    with Client(url, api_key=api_key) as client:
        yield client


@pytest.fixture
def word() -> str:
    """A word that no record has."""
    return f"t{uuid.uuid4().hex[:12]}"


@pytest.fixture
def faulty(url: str) -> Iterator[FaultyServer]:
    """The server behind a connection that fails as a test wants."""
    with FaultyServer(url) as server:
        yield server


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    backend: str = request.param
    return backend
