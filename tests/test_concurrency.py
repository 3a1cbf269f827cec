# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many callers at once: every answer is true, and nothing happens twice."""

import collections
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from itertools import islice

import backstage
from backstage import variable
from client import Client
from servers import serving

THREADS = 8
WAITING = """SELECT 1 FROM pg_locks
              WHERE relation = 'api_session'::regclass AND NOT granted"""


def at_once(task, count):
    """Run `task(number)` in eight threads; return the answers."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(task, range(count)))


def statuses(answers):
    return collections.Counter(answer.status_code for answer in answers)


def test_records_are_created_once_each(admin, url, unique):
    def create(number):
        client = Client(url, **admin.headers)
        body = {"name": f"{unique} {number}", "ref": unique}
        return client.call("POST", "/create/res.partner", body)

    answers = at_once(create, 40)
    assert statuses(answers) == {201: 40}
    created = {answer.json()["data"]["id"] for answer in answers}
    rows = backstage.query("SELECT id, name FROM res_partner WHERE ref = %s", unique)
    assert {row for row, _name in rows} == created
    assert sorted(name for _row, name in rows) == sorted(
        f"{unique} {number}" for number in range(40)
    )


def test_of_the_same_login_one_user_is_made(admin, url, unique):
    def create(_number):
        body = {"name": unique, "login": unique, "group_ids": [1]}
        return Client(url, **admin.headers).call("POST", "/create/res.users", body)

    answers = statuses(at_once(create, 8))
    assert answers[201] == 1
    assert set(answers) <= {201, 409, 422}
    rows = backstage.query("SELECT id FROM res_users WHERE login = %s", unique)
    assert len(rows) == 1
    partners = backstage.query("SELECT id FROM res_partner WHERE name = %s", unique)
    assert len(partners) == 1


def test_one_record_is_updated_by_all(admin, url, unique):
    partner = admin.create("res.partner", name=unique)

    def update(number):
        body = {"city": f"City {number}", "street": f"Street {number}"}
        client = Client(url, **admin.headers)
        return client.call("PUT", f"/update/res.partner/{partner}", body)

    answers = at_once(update, 24)
    assert set(statuses(answers)) <= {200, 409}
    done = [answer for answer in answers if answer.status_code == 200]
    assert done
    for answer in done:
        record = answer.json()["data"]["record"]
        assert record["city"].split()[1] == record["street"].split()[1]
    record = admin.read("res.partner", partner, "city,street")
    assert record["city"].split()[1] == record["street"].split()[1]


def test_one_session_is_used_by_all(new_user, url):
    session = new_user().log_in()
    backstage.query("UPDATE api_session SET last_activity = '2026-01-01'")

    def call(_number):
        return Client(url, **session.headers).call("GET", "/auth/me")

    assert statuses(at_once(call, 40)) == {200: 40}


def test_one_session_is_refreshed_once(new_user, url):
    session = new_user().log_in()

    def refresh(_number):
        return Client(url, **session.headers).call("POST", "/auth/refresh")

    answers = at_once(refresh, 8)
    counted = statuses(answers)
    assert counted[200] == 1
    assert set(counted) <= {200, 401, 409}
    [token] = [
        a.json()["data"]["session_token"] for a in answers if a.status_code == 200
    ]
    Client(url, session_token=token).get("/auth/me")


def test_one_record_is_deleted_once(admin, url, unique):
    partner = admin.create("res.partner", name=unique)

    def delete(_number):
        client = Client(url, **admin.headers)
        return client.call("DELETE", f"/delete/res.partner/{partner}")

    answers = statuses(at_once(delete, 8))
    assert answers[200] == 1
    assert set(answers) <= {200, 404, 409}


def test_many_users_log_in_at_once(new_user):
    users = [new_user() for _number in range(4)]

    def log_in(number):
        return users[number % 4].log_in().get("/auth/me")["user"]["login"]

    logins = at_once(log_in, 16)
    assert logins == [users[number % 4].login for number in range(16)]


def test_who_is_archived_while_they_log_in_is_out(admin, new_user, stranger):
    """The login sees the user as they were, and the archiving sees no session."""
    user = new_user()
    body = {"username": user.login, "password": user.password}
    with (
        closing(backstage.connect(autocommit=False)) as connection,
        ThreadPoolExecutor(1) as pool,
    ):
        try:
            # The login comes as far as its session, which it cannot store.
            connection.cursor().execute("LOCK api_session IN EXCLUSIVE MODE")
            login = pool.submit(stranger.post, "/auth/login", body)
            wait_for(lambda: backstage.query(WAITING))
            admin.put(f"/users/{user.id}", {"active": False})
        finally:
            connection.rollback()
        token = login.result()["session_token"]
    session = Client(admin.url, session_token=token)
    session.refuse(401, "INVALID_SESSION", "GET", "/auth/me")


def wait_for(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_of_all_who_use_a_key_notes_it():
    """The others neither wait nor take the connections of those who come after."""
    database = variable("BASE_API_MINIMAL_DATABASE")
    count = 10
    with (
        serving(database, {"--db_maxconn": count + 2}) as url,
        closing(backstage.connect(database, autocommit=False)) as connection,
        ThreadPoolExecutor(count) as pool,
    ):
        key = Client(url).log_in("admin", "admin").post("/users/2/api-key")["api_key"]
        try:
            # It can be read, and nobody can note anything.
            connection.cursor().execute("LOCK res_users_apikeys IN EXCLUSIVE MODE")
            calls = [
                pool.submit(Client(url, api_key=key).call, "GET", "/auth/test")
                for _number in range(count)
            ]
            answers = [
                call.result() for call in islice(as_completed(calls, 20), count - 1)
            ]
        finally:
            connection.rollback()
        assert statuses(answers) == {200: count - 1}
        assert statuses(call.result() for call in calls) == {200: count}
