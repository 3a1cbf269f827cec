# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`odoo-bin apikey`, beside a server that runs with two workers."""

import configparser
import json
import os
import re
import subprocess
from datetime import datetime, timedelta, timezone

import backstage
import pytest
from backstage import variable
from client import Client
from command_line import command, fail, run

ENOUGH = range(12)  # requests, so that both workers get some
KEY = re.compile(r"oak_[0-9A-Za-z]{44}")
UNINSTALL = "UPDATE ir_module_module SET state = 'uninstalled' WHERE name = 'base_api'"
NAMED = "SELECT 1 FROM res_users_apikeys WHERE name = %s"
PORTAL_GROUP = (
    "SELECT res_id FROM ir_model_data WHERE module = 'base' AND name = 'group_portal'"
)


@pytest.fixture
def user(new_user):
    return new_user()


@pytest.fixture
def generate(url, user):
    """Generate a key with some options; return a client that uses it."""

    def make(*options):
        key = run("generate", "--login", user.login, *options)
        assert KEY.fullmatch(key.strip())
        return Client(url, api_key=key.strip())

    return make


@pytest.fixture
def keys(admin, user):
    """List the keys over the API, which takes a fraction of the time."""
    return lambda: admin.get(f"/users/{user.id}/api-keys")["api_keys"]


def works(client):
    """Whether both workers accept the key, or both refuse it."""
    statuses = {client.call("GET", "/auth/me").status_code for _ in ENOUGH}
    assert statuses in ({200}, {401})
    return statuses == {200}


def codes(client, *calls):
    """The status, or the error code, of some calls."""
    answers = [client.call(*call) for call in calls]
    return [200 if answer.ok else answer.json()["error"]["code"] for answer in answers]


def days_left(row):
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    return (datetime.fromisoformat(row["expires_at"]) - now) / timedelta(days=1)


def test_rate_limits(user):
    words = ("--limit", "burst=20", "--limit", "per_day=5000")
    key = run("generate", "--login", user.login, *words).strip()
    [shown] = json.loads(run("list", "--login", user.login, "--json"))["api_keys"]
    assert shown["limits"] == {"burst": 20, "per_day": 5000}
    answer = Client(user.anyone.url, api_key=key).call("GET", "/auth/me")
    assert '"key-burst";r=19' in answer.headers["RateLimit"]
    for limit in ("burst", "burst=x", "burst=0", "per_hour=5"):
        fail(2, "generate", "--login", user.login, "--limit", limit)


def test_the_shell_gets_the_key_and_nothing_else(url, user):
    words = command("generate", "--login", user.login, "--name", "Shop")
    script = 'KEY=$("$@") && printf %s "$KEY"'
    key = subprocess.check_output(["sh", "-c", script, "sh", *words], text=True)
    assert KEY.fullmatch(key)
    me = Client(url, api_key=key).get("/auth/me")["user"]
    assert me["login"] == user.login


def test_json_has_the_key_and_what_is_known_of_it(url, user, keys):
    data = json.loads(run("generate", "--login", user.login, "--json"))
    assert data["user_id"] == user.id
    assert works(Client(url, api_key=data["api_key"]))
    assert data["prefix"] == data["api_key"][:8]
    [row] = keys()
    assert row["id"] == data["id"]


def test_without_options_a_key_is_not_restricted_and_does_not_expire(generate, keys):
    assert works(generate())
    [row] = keys()
    assert row["name"] == "API key"
    assert row["expires_at"] is False
    assert (row["read_only"], row["models"], row["networks"]) == (False, None, None)
    assert row["strict_types"] is False


def test_people_get_a_table_without_the_secret(user, generate):
    client = generate("--name", "Shop\x1b[31m", "--read-only", "--strict-types")
    table = run("list", "--login", user.login)
    head, line = table.splitlines()
    assert head.startswith("ID")
    assert "Shop?[31m" in line
    assert "read-only" in line
    assert line[head.index("Types") :].split()[0] == "strict"
    assert client.headers["api_key"] not in table
    assert client.headers["api_key"][:8] in table


def test_the_same_as_the_api_lists(admin, user, generate):
    generate("--name", "Shop", "--model", "res.partner=read")
    data = json.loads(run("list", "--login", user.login, "--json"))
    assert data == admin.get(f"/users/{user.id}/api-keys")


def test_a_key_expires(generate, keys):
    generate("--expires-in-days", "400")
    assert days_left(keys()[0]) == pytest.approx(400, abs=0.1)


def test_a_key_that_learns(generate, keys):
    until = datetime.now(timezone.utc) + timedelta(days=2)
    client = generate("--learn-until", until.isoformat(timespec="seconds"))
    client.get("/search/res.partner", limit=1)
    [row] = keys()
    assert row["learn_until"] == until.strftime("%Y-%m-%dT%H:%M:%S")
    assert row["suggested"]["models"] == {"res.partner": ["read"]}


def test_a_key_that_only_reads(generate):
    client = generate("--read-only")
    read = ("GET", "/search/res.partner")
    create = ("POST", "/create/res.partner", {"name": "x"})
    assert codes(client, read, create) == [200, "KEY_RESTRICTED"]


def test_a_key_for_some_models(generate, keys):
    verbs = "res.partner=read,create"
    client = generate("--model", verbs, "--model", "res.users=", "--model", "*=read")
    assert keys()[0]["models"] == {
        "res.partner": ["read", "create"],
        "res.users": [],
        "*": ["read"],
    }
    partner, country = ("GET", "/search/res.partner"), ("GET", "/search/res.country")
    update = ("PATCH", "/update/res.partner/1", {"name": "x"})
    users = ("GET", "/search/res.users")
    expected = [200, 200, "KEY_RESTRICTED", "KEY_RESTRICTED"]
    assert codes(client, partner, country, update, users) == expected


def test_a_key_for_some_networks(generate):
    me = ("GET", "/auth/me")
    near = generate("--network", "10.0.0.0/8", "--network", "127.0.0.0/8")
    assert codes(near, me) == [200]
    assert codes(generate("--network", "10.0.0.0/8"), me) == ["KEY_RESTRICTED"]


def test_rolling_replaces_a_key_at_once(url, user, generate, keys):
    old = generate("--name", "Shop", "--read-only", "--expires-in-days", "30")
    assert works(old)
    [before] = keys()
    new = run("roll", "--login", user.login, "--key", str(before["id"])).strip()
    assert not works(old)
    assert works(Client(url, api_key=new))
    [after] = keys()
    assert after["id"] != before["id"]
    assert (after["name"], after["read_only"]) == ("Shop", True)
    assert days_left(after) == pytest.approx(30, abs=0.1)


def test_rolling_lets_the_old_key_go_on_for_some_days(url, user, generate, keys):
    old = generate()
    words = ["--key", str(keys()[0]["id"]), "--overlap-days", "7", "--json"]
    data = json.loads(run("roll", "--login", user.login, *words))
    assert works(old)
    assert works(Client(url, api_key=data["api_key"]))
    first, second = keys()
    assert days_left(first) == pytest.approx(7, abs=0.1)
    assert second["id"] == data["id"]
    assert second["expires_at"] is False


@pytest.mark.parametrize("json_option", [[], ["--json"]])
def test_a_revoked_key_is_refused_by_both_workers(user, generate, keys, json_option):
    client = generate()
    assert works(client)
    key_id = keys()[0]["id"]
    words = ["--login", user.login, "--key", str(key_id), *json_option]
    text = run("revoke", *words)
    assert not works(client)
    assert keys() == []
    if json_option:
        assert json.loads(text) == {"user_id": user.id, "id": key_id}
    assert "no API key" in fail(6, "revoke", *words)


def test_a_key_made_in_the_dialog_of_odoo_is_revoked_too(user, url):
    # What a worker has verified once is cached there.
    secret = "0123456789abcdef0123456789abcdef01234567"
    query = (
        "INSERT INTO res_users_apikeys (name, user_id, index, key)"
        " VALUES ('Dialog', %s, %s, %s) RETURNING id"
    )
    crypt = pytest.importorskip("passlib.context").CryptContext(["pbkdf2_sha512"])
    [(key_id,)] = backstage.query(query, user.id, secret[:8], crypt.hash(secret))
    client = Client(url, api_key=secret)
    assert works(client)
    run("revoke", "--login", user.login, "--key", str(key_id))
    assert not works(client)


def test_where_the_key_cannot_be_written_nothing_happens(user, generate, keys):
    old = generate()
    words = ["--login", user.login, "--key", str(keys()[0]["id"])]
    with open("/dev/full", "w") as full:
        options = {"stdout": full, "stderr": subprocess.DEVNULL}
        assert subprocess.run(command("roll", *words), **options).returncode
    assert works(old)
    assert len(keys()) == 1


def test_an_unknown_database():
    line = fail(3, "list", "--login", "admin", database="no_such_database")
    assert "no_such_database" in line


def test_a_database_that_is_not_one_of_odoo():
    line = fail(4, "list", "--login", "admin", database="postgres")
    assert "base_api is not installed" in line


def test_a_database_without_the_addon(unique):
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), unique)
    try:
        backstage.query(UNINSTALL, database=unique)
        assert unique in fail(4, "list", "--login", "admin", database=unique)
    finally:
        backstage.drop_database(unique)


@pytest.mark.parametrize("words", [["generate"], ["revoke", "--key", "1"]])
def test_an_unknown_login(unique, words):
    assert unique in fail(5, *words, "--login", unique)


def test_an_archived_login(admin, user):
    admin.put(f"/users/{user.id}", {"active": False})
    assert "no active user" in fail(5, "generate", "--login", user.login)
    # Nor those that Odoo archives from the start.
    fail(5, "generate", "--login", "__system__")


def test_a_user_who_cannot_have_keys(new_user):
    [(group,)] = backstage.query(PORTAL_GROUP)
    customer = new_user(group_ids=[[6, 0, [group]]])
    assert "internal users" in fail(7, "generate", "--login", customer.login)


@pytest.mark.parametrize("key", ["999999999", "1 OR 1=1"])
def test_an_unknown_key(user, key):
    fail(6, "roll", "--login", user.login, f"--key={key}")


def test_a_key_of_somebody_else_is_an_unknown_key(generate, keys):
    client = generate()
    fail(6, "revoke", "--login", "admin", "--key", str(keys()[0]["id"]))
    assert works(client)


@pytest.mark.parametrize(
    "words, said",
    [
        (["--expires-in-days", "soon"], "expires_in_days"),
        (["--model", "res.partner"], "res.partner=read,create"),
        (["--model", "=read"], "res.partner=read,create"),
        (["--model", "res.partner=fly"], "must have a list of read"),
        (["--model", "res.partnr=read"], "did you mean 'res.partner'"),
        (["--model", "*=read", "--model", "*=create"], "once"),
        (["--network", "10.0.0.1/8"], "has host bits set"),
        (["--read"], "--read"),
        (["--key", "1"], "--key"),
        (["-c", "/no/such.conf"], "/no/such.conf"),
        (["-d", "one,two"], "one database"),
    ],
)
def test_wrong_options(unique, words, said):
    options = ["--login", "admin", "--name", unique, *words]
    assert said in fail(2, "generate", *options)
    assert not backstage.query(NAMED, unique)


@pytest.mark.parametrize("days", ["8", "x"])
def test_a_wrong_overlap(user, generate, keys, days):
    generate()
    words = ["--key", str(keys()[0]["id"]), f"--overlap-days={days}"]
    assert "overlap_days" in fail(2, "roll", "--login", user.login, *words)
    assert len(keys()) == 1


@pytest.mark.parametrize("words", [["fly"], ["list"], ["roll", "--login", "admin"]])
def test_missing_options(words):
    fail(2, *words)


def test_the_configuration_may_be_in_the_environment():
    for words in (["--help"], ["generate", "--help"]):
        *program, _flag, conf = backstage.odoo_words()
        # Where the configuration is in the environment no option goes in front.
        done = subprocess.run(
            [*program, "apikey", *words],
            env=os.environ | {"ODOO_RC": conf},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert "apikey" in done.stdout


def doctor(*words, database=None):
    """Run `odoo-bin apidoctor`; return the ended process with what it wrote."""
    words = ["apidoctor" if word == "apikey" else word for word in command(*words)]
    if database:
        words[words.index("-d") + 1] = database
    options = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
    return subprocess.run(words, timeout=120, **options)


def test_the_doctor():
    done = doctor("--json")
    data = json.loads(done.stdout)
    assert done.returncode == (data["level"] == "error"), done.stderr
    checks = {finding["check"]: finding for finding in data["findings"]}
    assert checks["version"]["level"] == "ok"
    text = doctor().stdout
    for name, finding in checks.items():
        assert f"{finding['level']:7}  {name}: " in text


def test_the_doctor_of_a_node_without_files(tmp_path):
    conf = configparser.RawConfigParser()
    conf["options"] = backstage.configuration() | {"data_dir": str(tmp_path)}
    with (tmp_path / "odoo.conf").open("w") as file:
        conf.write(file)
    done = doctor("--json", "-c", file.name)
    assert done.returncode == 1, done.stderr
    found = {row["check"]: row["level"] for row in json.loads(done.stdout)["findings"]}
    assert found["filestore"] == "error"


@pytest.mark.parametrize(
    "words, database, code",
    [([], "no_such_database", 3), ([], "postgres", 4), (["--fly"], None, 2)],
)
def test_the_doctor_does_not_find_its_database(words, database, code):
    done = doctor(*words, database=database)
    assert (done.returncode, done.stdout) == (code, "")
    assert re.fullmatch(r"apidoctor: .+\n", done.stderr), done.stderr
