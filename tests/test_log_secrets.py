# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No credential in the log, plain or JSON, with SQL and its comments, nor in errors."""

import json
import uuid
from pathlib import Path

import backstage
import pytest
import requests
import servers
from backstage import variable
from client import Client

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE_ID}-00f067aa0ba902b7-01"
LOGIN = {"username": "admin", "password": "admin"}
PASSWORD = "Pass-word-9-of-the-log"


@pytest.fixture(scope="module", params=["plain", "json"])
def server(request, tmp_path_factory):
    """A server with a log of its own, with SQL; give its address and the log."""
    database = f"t{uuid.uuid4().hex[:12]}"
    folder = tmp_path_factory.mktemp("log")
    text = Path(backstage.odoo_words()[-1]).read_text()
    section = f"\n[base_api]\nlog_format = {request.param}\n"
    (folder / "odoo.conf").write_text(text + section)
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), database)
    log = folder / "odoo.log"
    more = {"-c": folder / "odoo.conf", "--logfile": log}
    more |= {"--log-handler": "odoo.sql_db:DEBUG", "--load": "base,web,base_api"}
    try:
        with servers.serving(database, more) as url:
            admin = Client(url).log_in("admin", "admin")
            admin.create(
                "ir.config_parameter", {"key": "base_api.sql_comments", "value": "True"}
            )
            yield url, log, request.param
    finally:
        backstage.drop_database(database)


def secrets_of(url):
    """Make one credential of each kind; return them by kind."""
    session = Client(url).log_in("admin", "admin")
    values = {"name": "Log", "login": uuid.uuid4().hex[:8], "password": PASSWORD}
    user_id = session.create("res.users", values | {"group_ids": [[6, 0, [1]]]})
    reset = session.post(f"/users/{user_id}/reset-password")
    found = {
        "session": Client(url).post("/auth/login", LOGIN)["session_token"],
        "key": session.post("/users/2/api-key")["api_key"],
        "temporary": reset["temporary_password"],
        "password": PASSWORD,
        "odoo": uuid.uuid4().hex + uuid.uuid4().hex[:8],
        "unknown": "oak_" + uuid.uuid4().hex * 2,
    }
    rolled = Client(url, api_key=found["key"])
    keys = session.get("/users/2/api-keys")["api_keys"]
    found["rolled"] = rolled.post(f"/users/2/api-keys/{keys[-1]['id']}/roll")["api_key"]
    return found


# Passwords are recognised only where their place says what they are.
def places(kind, secret):
    yield {"headers": {"api-key": secret}}
    yield {"headers": {"session-token": secret}}
    yield {"headers": {"Authorization": f"Bearer {secret}"}}
    yield {"path": f"/search/res.partner?api_key={secret}"}
    yield {"path": f"/search/res.partner?token={secret}&limit=x"}
    yield {"path": f"/auth/test?password={secret}"}
    login = {"method": "POST", "path": "/auth/login"}
    yield login | {"json": {"username": "admin", "password": secret}}
    yield login | {"data": f'{{"password": "{secret}"'}
    yield login | {"json": {"username": "admin", "totp": secret}}
    if kind not in ("password", "temporary"):
        for name in ("X-Request-Id", "traceparent", "User-Agent"):
            yield {"headers": {name: secret}}
        yield {"headers": {"X-Request-Id": secret, "api-key": secret}}
        yield {"path": f"/{secret}"}
        yield {"path": f"/search/{secret}"}
        yield {"path": f"/search/res.partner/{secret}"}
        yield {"path": f"/search/res.partner/{secret.replace('-', '%2D')}?x=1"}


def send(url, method="GET", path="/auth/test", **options):
    headers = {"Content-Type": "application/json"} | options.pop("headers", {})
    options |= {"headers": headers, "timeout": 30}
    return requests.request(method, f"{url}{path}", **options)


def test_no_secret_is_logged(server):
    url, log, _format = server
    secrets = secrets_of(url)
    errors = []
    for kind, secret in secrets.items():
        for place in places(kind, secret):
            answer = send(url, **place)
            if not answer.ok:
                errors.append((place, answer.text))
    text = log.read_text()
    for kind, secret in secrets.items():
        lines = [line for line in text.splitlines() if secret in line]
        assert not lines, (kind, lines[:3])
        echoes = [place for place, error in errors if secret in error]
        assert not echoes, (kind, echoes)


def test_the_request_is_in_all_lines_about_it(server):
    url, log, log_format = server
    key = Client(url).log_in("admin", "admin").post("/users/2/api-key")["api_key"]
    before = len(log.read_text())
    headers = {"api-key": key, "X-Request-Id": "order-17", "traceparent": TRACEPARENT}
    answer = send(url, path="/search/res.partner", headers=headers)
    assert answer.ok
    requests.get(f"{url.removesuffix('/api/v2')}/web/login", timeout=60)
    lines = log.read_text()[before:].splitlines()
    sql = [line for line in lines if "/*request_id='order-17',traceparent='00-" in line]
    assert sql
    if log_format == "plain":
        end = f"request_id=order-17 trace_id={TRACE_ID}"
        [access] = [line for line in lines if "GET /api/v2/search" in line]
        assert access.endswith(end)
        assert all(line.endswith(end) for line in sql)
        [other] = [line for line in lines if "GET /web/login" in line]
        assert "request_id" not in other
        return
    lines = [json.loads(line) for line in lines]
    [access] = [line for line in lines if "GET /api/v2/search" in line["message"]]
    assert access["request_id"] == "order-17"
    assert access["trace_id"] == TRACE_ID
    assert (access["route"], access["status"]) == ("/search/{model_name}", 200)
    assert access["user_id"] == 2
    assert access["duration"] > 0
    [other] = [line for line in lines if "GET /web/login" in line["message"]]
    assert "request_id" not in other
