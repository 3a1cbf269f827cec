# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests that fail on the way, against the real server."""

from __future__ import annotations

import socket

import pytest
from faults import Fault, FaultyServer, answer, cut_answer, lose_answer, lose_request

from base_api_client import (
    ApiError,
    AsyncClient,
    Client,
    ClientError,
    ConnectionFailed,
    RateLimited,
    Retries,
    ServerFailed,
    ValidationFailed,
)

QUICK = Retries(count=3, first_wait=0.01)


@pytest.mark.parametrize(
    "fault",
    [
        lose_request,
        lose_answer,
        cut_answer(20),
        answer(502),
        answer(503, Retry_After="0"),
        answer(504),
        answer(429, Retry_After="0"),
    ],
)
def test_a_write_is_repeated_and_carried_out_once(
    faulty: FaultyServer, client: Client, api_key: str, word: str, fault: Fault
) -> None:
    faulty.faults = [fault, fault]
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        created = shaky["res.partner"].create({"name": word})
    keys = {request.headers["idempotency-key"] for request in faulty.requests}
    assert len(faulty.requests) == 3
    assert len(keys) == 1
    assert client["res.partner"].count(name=word) == 1
    client["res.partner"].delete(created.id)


@pytest.mark.parametrize("fault", [lose_request, lose_answer, answer(503)])
def test_a_read_is_repeated(faulty: FaultyServer, api_key: str, fault: Fault) -> None:
    faulty.faults = [fault]
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        assert shaky["res.partner"].get("base.main_partner", fields="id")["id"] == 1
    assert len(faulty.requests) == 2
    assert "idempotency-key" not in faulty.requests[0].headers


def test_each_write_has_another_key(faulty: FaultyServer, api_key: str) -> None:
    with Client(faulty.url, api_key=api_key) as shaky:
        for _ in range(2):
            shaky["res.partner"].create({"name": "Trial"}, dry_run=True)
    keys = [request.headers["idempotency-key"] for request in faulty.requests]
    assert keys[0] != keys[1]


def test_a_key_of_the_caller_is_sent(faulty: FaultyServer, api_key: str) -> None:
    with Client(faulty.url, api_key=api_key) as shaky:
        model = shaky["res.partner"]
        model.create({"name": "Trial"}, dry_run=True, idempotency_key="order-4711")
    [request] = faulty.requests
    assert request.headers["idempotency-key"] == "order-4711"


def test_the_last_failure_is_raised(faulty: FaultyServer, api_key: str) -> None:
    faulty.faults = [lose_request] * 4 + [answer(502)] * 4
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        with pytest.raises(ConnectionFailed):
            shaky["res.partner"].count()
        with pytest.raises(ServerFailed) as caught:
            shaky["res.partner"].count()
    assert (caught.value.status, caught.value.code) == (502, "HTTP_502")
    assert len(faulty.requests) == 8


def test_without_retries_one_failure_is_raised(
    faulty: FaultyServer, api_key: str
) -> None:
    faulty.faults = [lose_request]
    with Client(faulty.url, api_key=api_key, retries=0) as shaky:
        with pytest.raises(ConnectionFailed):
            shaky["res.partner"].count()
    assert len(faulty.requests) == 1


def test_a_longer_wait_than_allowed_is_an_error(
    faulty: FaultyServer, api_key: str
) -> None:
    faulty.faults = [answer(429, Retry_After="3600")]
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        with pytest.raises(RateLimited):
            shaky["res.partner"].count()
    assert len(faulty.requests) == 1


def test_mistakes_are_not_repeated(faulty: FaultyServer, api_key: str) -> None:
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        with pytest.raises(ValidationFailed):
            shaky["res.partner"].create({"color": "red"})
    assert len(faulty.requests) == 1


def test_nobody_listens(api_key: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with Client(address, api_key=api_key, retries=QUICK) as shaky:
            with pytest.raises(ConnectionFailed):
                shaky["res.partner"].count()


@pytest.mark.anyio
async def test_async_writes_are_repeated(
    faulty: FaultyServer, client: Client, api_key: str, word: str
) -> None:
    faulty.faults = [lose_answer, answer(503, Retry_After="0"), lose_request]
    async with AsyncClient(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        created = await shaky["res.partner"].create({"name": word})
    assert len(faulty.requests) == 4
    assert client["res.partner"].count(name=word) == 1
    client["res.partner"].delete(created.id)


def test_another_server_is_reported(faulty: FaultyServer, api_key: str) -> None:
    faulty.faults = [answer(200), answer(404), answer(301, Location="https://x/")]
    with Client(faulty.url, api_key=api_key) as shaky:
        with pytest.raises(ClientError, match="is this the address of an Odoo"):
            shaky["res.partner"].count()
        with pytest.raises(ApiError) as caught:
            shaky["res.partner"].count()
        with pytest.raises(ClientError, match="redirects to https://x/"):
            shaky["res.partner"].count()
    assert caught.value.code == "HTTP_404"
