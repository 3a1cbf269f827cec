# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counts of requests, over processes that end while they count."""

import contextlib
import os
import secrets
import signal
import xmlrpc.client

import backstage
import pytest
import requests
import servers
from client import Client
from passlib.hash import pbkdf2_sha512
from usage_counts import requests_of, wait_until

REQUESTS = 40
COUNT = ("res.partner", "search_count")


def calls_of(user):
    statement = (
        "SELECT protocol, model, method, calls FROM api_rpc_usage"
        " WHERE user_id = %s ORDER BY protocol"
    )
    return backstage.query(statement, user.id)


@contextlib.contextmanager
def server_of_its_own(workers, **more):
    """Yield a process and the address of its API; it has to end by itself."""
    port = backstage.free_port()
    database = backstage.variable("BASE_API_DATABASE")
    options = {f"--{name.replace('_', '-')}": value for name, value in more.items()}
    process = servers.start(database, port, workers, options)
    try:
        servers.wait_for(process, servers.address(port))
        yield process, servers.address(port)
    finally:
        if process.poll() is None:
            servers.end(process, signal.SIGKILL)


def call_often(url, user, key):
    """Send requests, each over a connection of its own, to reach all workers."""
    for _request in range(REQUESTS):
        Client(url, api_key=key).get("/search/res.partner", limit=1)


@pytest.fixture
def caller(new_user):
    """A user and a key, which no other test counts."""
    user = new_user()
    key = user.log_in().post(f"/users/{user.id}/api-key")["api_key"]
    wait_until(lambda: requests_of(user) == 1)
    return user, key


def test_counts_are_stored_while_the_server_runs(url, caller):
    user, key = caller
    call_often(url, *caller)
    wait_until(lambda: requests_of(user) == REQUESTS + 1)
    statement = (
        "SELECT key_name, calls FROM api_usage WHERE user_id = %s AND route = %s"
    )
    [[name, calls]] = backstage.query(statement, user.id, "/search/{model_name}")
    assert f"({key[:8]})" in name
    assert calls == REQUESTS


@pytest.mark.parametrize("workers", [0, 2])
def test_a_server_that_stops_stores_its_counts(caller, workers):
    user, key = caller
    with server_of_its_own(workers) as (process, address):
        call_often(address, *caller)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0
        assert requests_of(user) == REQUESTS + 1


def test_workers_that_are_replaced_store_their_counts(caller):
    user, key = caller
    with server_of_its_own(2, limit_request=3) as (process, address):
        call_often(address, *caller)
        wait_until(lambda: requests_of(user) >= REQUESTS + 1 - 2 * 3)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0
        assert requests_of(user) == REQUESTS + 1


def test_killed_process_loses_only_what_was_not_stored(caller):
    user, key = caller
    with server_of_its_own(2) as (process, address):
        call_often(address, *caller)
        wait_until(lambda: requests_of(user) == REQUESTS + 1)
        servers.end(process, signal.SIGKILL)
    assert requests_of(user) == REQUESTS + 1


def test_no_connection_stays_open(url, caller):
    call_often(url, *caller)
    wait_until(lambda: requests_of(caller[0]) == REQUESTS + 1)
    statement = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE query LIKE '%%api_usage%%' AND pid <> pg_backend_pid()"
    )
    wait_until(lambda: backstage.query(statement) == [(0,)])


def test_calls_of_each_other_api(url, new_user):
    user, database = new_user(), backstage.variable("BASE_API_DATABASE")
    address = url.removesuffix("/api/v2")
    words = [database, user.id, user.password, *COUNT, []]

    proxy = xmlrpc.client.ServerProxy(f"{address}/xmlrpc/2/object")
    proxy.execute(*words)
    params = {"service": "object", "method": "execute", "args": words}
    body = {"jsonrpc": "2.0", "method": "call", "params": params}
    assert "result" in requests.post(f"{address}/jsonrpc", json=body, timeout=30).json()
    headers = {"Authorization": f"Bearer {odoo_key(user)}", "X-Odoo-Database": database}
    path = f"{address}/json/2/{'/'.join(COUNT)}"
    answer = requests.post(path, json={"domain": []}, headers=headers, timeout=30)
    assert answer.ok, answer.text

    expected = [(protocol, *COUNT, 1) for protocol in ("json2", "jsonrpc", "xmlrpc")]
    wait_until(lambda: calls_of(user) == expected)
    tables = "SELECT t::text FROM api_rpc_usage t UNION SELECT t::text FROM api_usage t"
    stored = str(backstage.query(tables)) + backstage.log()
    assert user.password not in stored


def odoo_key(user):
    """Make a key as Odoo's own dialog does, which JSON-2 takes."""
    key = secrets.token_hex(20)
    statement = (
        "INSERT INTO res_users_apikeys (name, user_id, scope, key, index,"
        " expiration_date) VALUES ('JSON-2', %s, 'rpc', %s, %s, now() + '1 day')"
    )
    key_hash = pbkdf2_sha512.using(rounds=6000).hash(key)
    backstage.query(statement, user.id, key_hash, key[:8])
    return key
