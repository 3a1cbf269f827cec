# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Health over HTTP: without a database, with one that is away or hangs."""

import os
import time

import backstage
import pytest
import requests
import servers
from backstage import variable

LOAD = {"--load": "base,web,base_api"}


def ask(url, path, **headers):
    answer = requests.get(f"{url}/health/{path}", headers=headers, timeout=30)
    return answer, answer.json()


def test_a_server_without_a_chosen_database():
    minimal = variable("BASE_API_MINIMAL_DATABASE")
    both = f"^({minimal}|{variable('BASE_API_DATABASE')})$"
    with servers.serving(minimal, LOAD | {"--db-filter": both}) as url:
        answer, body = ask(url, "live")
        assert (answer.status_code, body["data"]) == (200, {"status": "ok"})
        answer, body = ask(url, "ready")
        assert (answer.status_code, body["error"]["code"]) == (404, "NOT_FOUND")
        answer, body = ask(url, "ready", **{"X-Odoo-Database": minimal})
        assert answer.status_code == 200, answer.text
        answer, body = ask(url, "ready", **{"X-Odoo-Database": "nope"})
        assert answer.status_code == 404


@pytest.fixture
def copy(unique):
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), unique)
    yield unique
    backstage.query(f'ALTER DATABASE "{unique}" ALLOW_CONNECTIONS true')
    backstage.drop_database(unique)


def wait_for(url, status):
    deadline = time.monotonic() + 20
    while True:
        answer, body = ask(url, "ready")
        if answer.status_code == status:
            return body
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.1)


def test_a_database_that_goes_and_comes_back(copy):
    with servers.serving(copy, LOAD) as url:
        assert wait_for(url, 200)["data"]["status"] == "ok"
        backstage.query(f'ALTER DATABASE "{copy}" ALLOW_CONNECTIONS false')
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        backstage.query(f"{end} WHERE datname = %s AND usename = current_user", copy)
        body = wait_for(url, 503)
        assert body["error"]["code"] == "DATABASE_UNAVAILABLE"
        assert copy not in str(body)
        answer, _body = ask(url, "live")
        assert answer.status_code == 200
        backstage.query(f'ALTER DATABASE "{copy}" ALLOW_CONNECTIONS true')
        assert wait_for(url, 200)["data"]["status"] == "ok"


def test_a_read_only_database_is_degraded(copy):
    with servers.serving(copy, LOAD) as url:
        wait_for(url, 200)
        read_only = "SET default_transaction_read_only = on"
        backstage.query(f'ALTER DATABASE "{copy}" {read_only}')
        try:
            deadline = time.monotonic() + 20
            while wait_for(url, 200)["data"]["status"] != "degraded":
                assert time.monotonic() < deadline
                time.sleep(0.1)
            data = wait_for(url, 200)["data"]
            assert (data["writable"], data["readable"]) == (False, True)
        finally:
            reset = "RESET default_transaction_read_only"
            backstage.query(f'ALTER DATABASE "{copy}" {reset}')


def test_draining_over_http(copy):
    folder = backstage.configuration()["data_dir"]
    folder = os.path.join(folder, "base_api", os.uname().nodename)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "draining")
    with servers.serving(copy, LOAD) as url:
        wait_for(url, 200)
        open(path, "w").close()
        try:
            body = wait_for(url, 503)
            assert body["error"]["code"] == "DRAINING"
            assert ask(url, "live")[0].status_code == 200
        finally:
            os.unlink(path)
        wait_for(url, 200)
