# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sessions that are renewed, by several threads and tasks too."""

from __future__ import annotations

import base64
import hmac
import os
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from faults import FaultyServer, lose_answer

from base_api_client import (
    AsyncClient,
    AuthenticationFailed,
    Client,
    ClientError,
    Retries,
)

ADMIN: dict[str, Any] = {"username": "admin", "password": "admin"}
COUNT = 8


def code_of(secret: str) -> str:
    """Return the code that an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time() / 30))
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number: int = struct.unpack(">I", digest[start : start + 4])[0]
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def end_session(client: Client) -> None:
    """End the session of a client without its knowledge."""
    with Client(client.url, session_token=client.session_token) as other:
        other.log_out()


def test_the_first_request_logs_in(url: str) -> None:
    with Client(url, **ADMIN) as client:
        assert client.session_token is None
        assert client.me()["login"] == "admin"
        assert client.session_token
        client.log_out()
        assert client.session_token is None


def test_a_session_can_be_used_by_another_client(url: str) -> None:
    with Client(url, **ADMIN) as client:
        client.log_in()
        with Client(url, session_token=client.session_token) as other:
            assert other.me()["login"] == "admin"
        end_session(client)
        with Client(url, session_token=client.session_token) as other:
            with pytest.raises(AuthenticationFailed):
                other.me()


def test_wrong_passwords_are_reported(url: str) -> None:
    with Client(url, username="admin", password="wrong") as client:
        with pytest.raises(AuthenticationFailed) as caught:
            client.me()
    assert caught.value.code == "AUTH_FAILED"


def test_the_code_of_an_authenticator_app_is_sent(url: str) -> None:
    login = os.environ["BASE_API_TOTP_LOGIN"]  # also its password
    secret = os.environ["BASE_API_TOTP_SECRET"]
    with Client(url, username=login, password=login) as client:
        with pytest.raises(AuthenticationFailed) as caught:
            client.me()
    assert caught.value.code == "MFA_REQUIRED"
    codes: list[str] = []

    def show() -> str:
        codes.append(code_of(secret))
        return codes[-1]

    with Client(url, username=login, password=login, totp=show) as client:
        assert client.me()["login"] == login
        client.log_out()
    assert len(codes) == 1


def test_a_wrong_api_key_is_reported(url: str, faulty: FaultyServer) -> None:
    with Client(faulty.url, api_key="oak_wrong") as client:
        with pytest.raises(AuthenticationFailed) as caught:
            client["res.partner"].count()
    assert caught.value.code == "INVALID_API_KEY"
    assert len(faulty.requests) == 1


def test_other_refusals_do_not_renew_the_session(faulty: FaultyServer) -> None:
    with Client(faulty.url, **ADMIN) as client:
        client.log_in()
        with pytest.raises(AuthenticationFailed) as caught:
            client.request("GET", "/auth/test")  # takes API keys only
        assert caught.value.code == "MISSING_API_KEY"
        assert not faulty.to("/auth/refresh")
        assert len(faulty.to("/auth/test")) == 1
        client.log_out()
        client.log_out()


def test_a_login_needs_a_password(url: str, api_key: str) -> None:
    with Client(url, api_key=api_key) as client:
        with pytest.raises(ClientError, match="username and password"):
            client.log_in()


def test_an_ended_session_is_replaced(faulty: FaultyServer) -> None:
    with Client(faulty.url, **ADMIN) as client:
        client.log_in()
        end_session(client)
        old = client.session_token
        assert client.me()["login"] == "admin"
        assert client.session_token != old
        client.log_out()


def test_a_session_is_refreshed_before_it_expires(faulty: FaultyServer) -> None:
    with Client(faulty.url, **ADMIN) as client:
        client.log_in()
        old = client.session_token
        client._exchange.credential._due = 0.0
        assert client.me()["login"] == "admin"
        assert client.session_token != old
        assert len(faulty.to("/auth/refresh")) == 1
        assert len(faulty.to("/auth/login")) == 1
        client.log_out()


def test_a_refresh_without_an_answer_leads_to_a_login(faulty: FaultyServer) -> None:
    with Client(faulty.url, **ADMIN, retries=Retries(3, 0.01)) as client:
        client.log_in()
        client._exchange.credential._due = 0.0
        faulty.matching, faulty.faults = "/auth/refresh", [lose_answer]
        assert client.me()["login"] == "admin"
        assert len(faulty.to("/auth/refresh")) == 2
        assert len(faulty.to("/auth/login")) == 2
        client.log_out()


def test_threads_log_in_once(faulty: FaultyServer) -> None:
    start = threading.Barrier(COUNT)
    with Client(faulty.url, **ADMIN) as client:

        def count(_number: int) -> int:
            start.wait()
            return client["res.country"].count()

        with ThreadPoolExecutor(COUNT) as pool:
            assert len(set(pool.map(count, range(COUNT)))) == 1
        assert len(faulty.to("/auth/login")) == 1
        end_session(client)
        with ThreadPoolExecutor(COUNT) as pool:
            assert len(set(pool.map(count, range(COUNT)))) == 1
        assert len(faulty.to("/auth/refresh")) == 1
        assert len(faulty.to("/auth/login")) == 2
        client._exchange.credential._due = 0.0
        with ThreadPoolExecutor(COUNT) as pool:
            assert len(set(pool.map(count, range(COUNT)))) == 1
        assert len(faulty.to("/auth/refresh")) == 2
        assert len(faulty.to("/auth/login")) == 2
        client.log_out()


@pytest.mark.anyio
async def test_tasks_log_in_once(faulty: FaultyServer) -> None:
    found: list[int] = []
    async with AsyncClient(faulty.url, **ADMIN) as client:

        async def count() -> None:
            found.append(await client["res.country"].count())

        async def count_all() -> None:
            async with anyio.create_task_group() as group:
                for _ in range(COUNT):
                    group.start_soon(count)

        await count_all()
        assert len(faulty.to("/auth/login")) == 1
        client._exchange.credential._due = 0.0
        await count_all()
        assert len(faulty.to("/auth/refresh")) == 1
        assert len(faulty.to("/auth/login")) == 1
        await client.log_out()
    assert len(found) == 2 * COUNT
    assert len(set(found)) == 1


def test_the_second_factor_is_asked_for_at_every_login(faulty: FaultyServer) -> None:
    codes = iter(["111111", "222222"])
    with Client(faulty.url, **ADMIN, totp=lambda: next(codes)) as client:
        client.log_in()
        end_session(client)
        client.me()
        client.log_out()
    first, second = faulty.to("/auth/login")
    assert b"111111" in first.raw
    assert b"222222" in second.raw


@pytest.mark.parametrize(
    "arguments",
    [
        {"username": "admin"},
        {"api_key": "oak_1", **ADMIN},
        {"api_key": "oak_1", "session_token": "x"},
        {"api_key": "oak_é"},
        {"session_token": "x\n"},
    ],
)
def test_contradictory_credentials_are_refused(
    url: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(ValueError):
        Client(url, **arguments)
