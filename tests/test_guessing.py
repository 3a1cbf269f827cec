# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Guessing passwords, over two workers that count together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import backstage
import pytest
from client import Client

LOGIN = "/auth/login"
CLIENTS = 12  # at the same moment, which is what two workers keep waiting
BOTH_WORKERS = range(8)  # requests, so that each gets some


@pytest.fixture
def allow(admin):
    """Set how many logins may fail, for a pair, an address or a login."""
    made = []

    def set_limits(**limits):
        for name, limit in limits.items():
            values = {"key": f"base_api.throttle_{name}", "value": str(limit)}
            made.append(admin.create("ir.config_parameter", values))

    yield set_limits
    for parameter in made:
        admin.delete("ir.config_parameter", parameter)


def wrong(user):
    return {"username": user.login, "password": "wrong"}


def right(user):
    return {"username": user.login, "password": user.password}


def fail(client, user, times=1):
    for _guess in range(times):
        client.refuse(401, "AUTH_FAILED", "POST", LOGIN, wrong(user))


def throttled(client, body):
    answer = client.send("POST", LOGIN, body)
    assert answer.status_code == 429, answer.text
    assert answer.json()["error"]["code"] == "RATE_LIMITED"
    return int(answer.headers["Retry-After"])


def at_once(clients, body):
    """Send a login from each client; count the statuses of the answers."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = pool.map(lambda client: client.send("POST", LOGIN, body), clients)
        return Counter(answer.status_code for answer in answers)


def web_login(url, source, user, password):
    """Log in to Odoo's web client; return its user, or None."""
    client = Client(url.removesuffix("/api/v2"), source=source)
    database = backstage.variable("BASE_API_DATABASE")
    params = {"db": database, "login": user.login, "password": password}
    answer = client.http.post(
        f"{client.url}/web/session/authenticate",
        json={"jsonrpc": "2.0", "params": params},
        timeout=60,
    )
    return answer.json().get("result", {}).get("uid")


def test_guesses_at_the_same_moment(url, new_address, new_user):
    """The default: ten failures, however many come at once."""
    user, source = new_user(), new_address()
    guesses = [Client(url, source=source) for _guess in range(24)]
    assert at_once(guesses, wrong(user)) == {401: 10, 429: 14}
    assert 0 < throttled(guesses[0], right(user)) <= 60
    Client(url, source=new_address()).post(LOGIN, right(user))


def test_guesses_from_many_addresses_at_the_same_moment(
    url, new_address, new_user, allow
):
    allow(login=3)
    user = new_user()
    known = Client(url, source=new_address())
    known.post(LOGIN, right(user))
    guesses = [Client(url, source=new_address()) for _guess in range(8)]
    assert at_once(guesses, wrong(user)) == {401: 3, 429: 5}
    assert 60 < throttled(Client(url, source=new_address()), right(user)) <= 3600
    known.post(LOGIN, right(user))


def test_right_passwords_at_the_same_moment(url, new_address, new_user, allow):
    """They wait for each other instead of being failures."""
    allow(pair=1, address=1, login=1)
    user, source = new_user(), new_address()
    logins = [Client(url, source=source) for _login in range(6)]
    assert at_once(logins, right(user)) == {200: 6}


def test_success_of_another_login_clears_nothing(stranger, new_user, allow):
    allow(pair=3)
    user, mine = new_user(), new_user()
    fail(stranger, user, 2)
    for _login in BOTH_WORKERS:
        stranger.post(LOGIN, right(mine))
    fail(stranger, user)
    throttled(stranger, right(user))
    stranger.post(LOGIN, right(mine))


def test_no_success_clears_the_address(stranger, new_user, allow):
    allow(address=2)
    user, mine = new_user(), new_user()
    fail(stranger, user)
    for person in (user, mine):
        stranger.post(LOGIN, right(person))
    fail(stranger, user)
    throttled(stranger, right(mine))


@pytest.mark.usefixtures("impatient")
def test_old_passwords_lock_nobody_out_of_the_web_client(
    url, stranger, new_user, new_address
):
    user, colleague = new_user(), new_user()
    stranger.headers = user.log_in().headers
    path = f"/users/{user.id}/password"
    body = {"old_password": "wrong", "new_password": "another good password"}
    for _guess in range(2):
        stranger.refuse(401, "INVALID_OLD_PASSWORD", "PUT", path, body)
    for _guess in BOTH_WORKERS:
        stranger.refuse(429, "RATE_LIMITED", "PUT", path, body)
    for _login in BOTH_WORKERS:
        assert web_login(url, stranger.source, colleague, colleague.password)


@pytest.mark.usefixtures("impatient")
def test_the_web_client_locks_nobody_out_of_the_api(url, stranger, new_user):
    user, colleague = new_user(), new_user()
    # Each worker counts for itself, and one alone may get all requests that come one by
    # one.
    with ThreadPoolExecutor(CLIENTS) as pool:
        logins = pool.map(
            lambda _login: web_login(url, stranger.source, user, "wrong"), range(16)
        )
        assert not any(logins)
    for _login in BOTH_WORKERS:
        stranger.post(LOGIN, right(colleague))
    assert not web_login(url, stranger.source, user, user.password)
