# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads on a standby: what it must not serve, while it lags, hangs or is away."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from client import Client
from replicated import LONG_LAG, cursor_mode, is_on_standby, other_key, wait_until

PARTNERS = "res.partner"
CATEGORIES = "res.partner.category"
CREATE = ("POST", f"/create/{CATEGORIES}", {"name": "x"})
MANAGER = "group_partner_manager"


def create(client, name="x"):
    """Create a record; return its path, and the header for later reads of it."""
    answer = client.call("POST", f"/create/{CATEGORIES}", {"name": name})
    assert answer.status_code == 201, answer.text
    header = {"Read-After": answer.headers["Read-After"]}
    return f"/search/{CATEGORIES}/{answer.json()['data']['id']}", header


def new_user(replicated, *groups):
    """Make an employee; return the id, and a client of the server `b`."""
    admin = replicated.a.client()
    paths = [f"/search/res.groups/@base.{name}" for name in ("group_user", *groups)]
    group_ids = [admin.get(path, fields="id")["record"]["id"] for path in paths]
    login = f"u{uuid.uuid4().hex[:12]}"
    values = {"name": "New", "login": login, "group_ids": group_ids}
    user_id = admin.create("res.users", values)
    key = admin.post(f"/users/{user_id}/api-key")["api_key"]
    return user_id, Client(replicated.b.url, api_key=key)


def test_where_requests_run(replicated):
    a, client = replicated.a, replicated.a.client()
    replicated.catch_up()
    wait_until(lambda: is_on_standby(a, client, "/auth/me"))
    assert is_on_standby(a, client, f"/search/{PARTNERS}", params={"limit": 1})
    answer = client.call("POST", f"/search/{PARTNERS}", {"limit": 1})
    assert cursor_mode(a, answer) == "ro"
    assert "Read-After" not in answer.headers
    answer = client.call(*CREATE)
    assert cursor_mode(a, answer) == "rw"
    assert answer.headers["Read-After"]


def test_without_a_replica_there_is_no_header(admin):
    answer = admin.call(*CREATE)
    assert "Read-After" not in answer.headers
    assert admin.call("GET", "/auth/me", headers={"Read-After": f"1-{0:016x}"}).ok


def test_rights_that_are_taken_away_are_not_used_for_writes(replicated):
    admin = replicated.a.client()
    _user_id, user = new_user(replicated, MANAGER)
    create(user)
    query = {"model_id.model": CATEGORIES, "perm_create": "true", "fields": "id"}
    rights = admin.get("/search/ir.model.access", **query)["records"]

    def allow(value):
        for right in rights:
            path = f"/update/ir.model.access/{right['id']}"
            admin.put(path, {"perm_create": value})

    with replicated.lagging():
        allow(False)
        user.refuse(403, "ACCESS_DENIED", *CREATE)
        allow(True)
        create(user)


def test_new_user_reads_and_then_writes(replicated):
    """Caches do not keep what the standby did not know of the user yet."""
    with replicated.lagging():
        user_id, user = new_user(replicated, MANAGER)
        assert user.get("/auth/me")["user"]["id"] == user_id
        assert user.get(f"/search/{PARTNERS}", limit=1)["count"] == 1
        create(user)
    replicated.catch_up()
    assert is_on_standby(replicated.b, user, f"/search/{PARTNERS}")
    create(user)


def test_revoked_key_writes_nowhere_at_once(replicated):
    user_id, user = new_user(replicated, MANAGER)
    create(user)
    with replicated.lagging():
        path = f"/users/{user_id}/api-keys"
        admin = replicated.a.client()
        [row] = admin.get(path)["api_keys"]
        admin.succeed(200, "DELETE", f"{path}/{row['id']}")
        user.refuse(401, "INVALID_API_KEY", *CREATE)
    replicated.catch_up()
    user.refuse(401, "INVALID_API_KEY", "GET", "/auth/me")


def test_read_after_a_write_sees_it(replicated):
    a, b = replicated.a.client(), replicated.b.client()
    with replicated.lagging():
        path, header = create(a)
        b.refuse(404, "RECORD_NOT_FOUND", "GET", path)
        assert not is_on_standby(replicated.b, b, path, headers=header)
        with ThreadPoolExecutor(1) as pool:
            path, header = create(a)
            found = pool.submit(b.call, "GET", path, headers=header)
            replicated.resume()
            assert found.result().status_code == 200
    replicated.catch_up()
    assert is_on_standby(replicated.b, b, path, headers=header)


def test_read_after_a_change_of_rights_knows_them(replicated):
    """Caches are as new as what is read."""
    admin = replicated.a.client()
    user_id, user = new_user(replicated)
    replicated.catch_up()
    assert is_on_standby(replicated.b, user, "/auth/me")
    path = f"/search/res.groups/@base.{MANAGER}"
    group = admin.get(path, fields="id")["record"]["id"]
    answer = admin.call(
        "PUT", f"/update/res.users/{user_id}", {"group_ids": [[4, group]]}
    )
    headers = {"Read-After": answer.headers["Read-After"]}
    found = user.call("GET", "/auth/me", headers=headers).json()["data"]["user"]
    assert group in [row["id"] for row in found["groups"]]


def test_malformed_read_after_is_refused(replicated):
    client = replicated.b.client()
    for text in ("", "0/1", "1-1", f"2-{0:016x}", f"1-{'F' * 16}", f"1-{0:016x},"):
        sent = {"headers": {"Read-After": text}}
        error = client.refuse(400, "INVALID_PARAMETER", "GET", "/auth/me", **sent)
        assert error["details"][0]["field"] == "Read-After"


def test_process_remembers_the_writes_of_a_key(replicated):
    a, b = replicated.a, replicated.b
    other = other_key(a)
    replicated.catch_up()
    with replicated.lagging():
        path, _header = create(a.client())
        assert not is_on_standby(a, a.client(), path)
        b.client().refuse(404, "RECORD_NOT_FOUND", "GET", path)
        other.refuse(404, "RECORD_NOT_FOUND", "GET", path)
        wait_until(lambda: a.client().call("GET", path).status_code == 404)


def test_servers_with_rate_limits_remember_the_writes_of_others(replicated):
    a, b = replicated.a.client(), replicated.b.client()
    replicated.set("rate_user_per_minute", 10_000)
    b.get("/auth/me")
    with replicated.lagging():
        path, _header = create(a)
        assert not is_on_standby(replicated.b, b, path)
    replicated.catch_up()
    wait_until(lambda: is_on_standby(replicated.b, b, path))
    replicated.set("rate_user_per_minute", 0)
    assert "retrying with a read/write" not in replicated.b.log.read_text()


def test_standby_that_lags_too_much_serves_nothing(replicated):
    b, client = replicated.b, replicated.b.client()
    replicated.set("max_replica_lag", 1)
    wait_until(lambda: is_on_standby(b, client, "/auth/me"))
    with replicated.lagging():
        create(replicated.a.client())
        wait_until(lambda: not is_on_standby(b, client, "/auth/me"))
        path, _header = create(replicated.a.client(), "Exported")
        exported = client.export(f"/export/{CATEGORIES}", fields="id,name")
        assert path.rpartition("/")[2] in exported.text
    wait_until(lambda: is_on_standby(b, client, "/auth/me"))
    replicated.set("max_replica_lag", LONG_LAG)


def test_idle_primary_is_no_lag(replicated):
    replicated.set("max_replica_lag", 1)
    b, client = replicated.b, replicated.b.client()
    replicated.catch_up()
    for _ in range(4):
        wait_until(lambda: is_on_standby(b, client, "/auth/me"))
    replicated.set("max_replica_lag", LONG_LAG)


def test_standby_that_comes_back_is_used_again(replicated):
    b, client = replicated.b, replicated.b.client()
    wait_until(lambda: is_on_standby(b, client, "/auth/me"))
    replicated.standby.stop()
    wait_until(lambda: client.send("GET", "/auth/me").ok)
    assert not is_on_standby(b, client, "/auth/me")
    replicated.standby.start()
    wait_until(lambda: is_on_standby(b, client, "/auth/me"))


def test_notes_do_not_wait_for_a_primary_that_hangs(replicated):
    """Neither that of the use of a key, nor that of an operation it does not name."""
    keys = [other_key(replicated.b, models={"*": ["read"]}) for _ in range(2)]
    replicated.catch_up()
    secret = "/search/ir.config_parameter"
    with replicated.primary.hung():
        for client in keys:
            assert is_on_standby(replicated.b, client, "/auth/me")
            client.refuse(403, "KEY_RESTRICTED", "GET", secret)
