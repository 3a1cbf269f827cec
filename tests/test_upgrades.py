# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases of earlier versions are updated, with their keys and sessions alive.

The earlier versions come from the history of the repository.
"""

import ast
import io
import subprocess
import tarfile
from pathlib import Path

import backstage
import pytest
import requests
from client import Client
from servers import serving

ROOT = Path(__file__).parents[1]
MANIFEST = "base_api/__manifest__.py"
SILENT = ("--no-http", "--workers", "0", "--stop-after-init")
# The first one, one between, the one before the rules for keys changed, and the last.
VERSIONS = ("19.0.1.0.0", "19.0.1.4.0", "19.0.1.5.0", "19.0.1.8.0")
RESTRICTED = "19.0.1.1.0"  # has keys that are restricted to models
ONCE = {"Idempotency-Key": "upgrade-1"}


def git(*words):
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True)
    return done.stdout if not done.returncode else b""


def last_commits():
    """`{version: the last commit that has it}`, of all versions but today's."""
    commits = {}
    for commit in git("log", "--format=%h", "--", MANIFEST).decode().split():
        if text := git("show", f"{commit}^:{MANIFEST}"):
            version = ast.literal_eval(text.decode())["version"]
            parent = git("rev-parse", f"{commit}^").decode().strip()
            commits.setdefault(version, parent)
    return commits


@pytest.fixture(params=VERSIONS)
def version(request):
    if request.param not in last_commits():
        pytest.skip("this checkout has no history of that version")
    return request.param


@pytest.fixture
def old_addons(version, tmp_path):
    """An addons path with the addon in an earlier version."""
    content = git("archive", last_commits()[version], "base_api")
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(tmp_path, filter="data")
    paths = backstage.configuration()["addons_path"].split(",")
    others = [path for path in paths if not Path(path, "base_api").is_dir()]
    return ",".join([*others, str(tmp_path)])


@pytest.fixture
def database(unique, old_addons):
    """A database with an earlier version of the addon."""
    words = ["-d", unique, "--addons-path", old_addons, "-i", "base_api", *SILENT]
    log = backstage.run_odoo(*words)
    assert "Modules loaded" in log
    yield unique
    backstage.drop_database(unique)


def restrictions(version):
    """The restrictions of a key, where that version has some."""
    return {"models": {"res.partner": ["read"]}} if version >= RESTRICTED else {}


def old_key(session, options):
    """Return a new API key from an old version, whose answer has fewer members."""
    url = f"{session.url}/users/2/api-key"
    token = {"session-token": session.headers["session_token"]}
    answer = requests.post(url, json=options, headers=token, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["api_key"]


def create_once(client):
    return client.send("POST", "/create/res.partner", {"name": "Once"}, ONCE)


def test_update(version, database, old_addons):
    with serving(database, {"--addons-path": old_addons}) as url:
        session = Client(url).log_in("admin", "admin")
        keys = [old_key(session, options) for options in ({}, restrictions(version))]
        first = create_once(Client(url, api_key=keys[0]))
        assert first.status_code == 201
    log = backstage.run_odoo("-d", database, "-u", "base_api", *SILENT)
    assert "Loading module base_api" in log
    assert not backstage.complaints(log)
    with serving(database) as url:
        session.url = url
        assert session.get("/auth/me")["user"]["login"] == "admin"
        unrestricted, restricted = (Client(url, api_key=key) for key in keys)
        assert unrestricted.get("/auth/test")["authenticated"]
        assert unrestricted.count("ir.config_parameter")
        assert restricted.count("res.partner")
        if restrictions(version):
            restricted.refuse(403, "KEY_RESTRICTED", "GET", "/search/res.country")
            repeated = create_once(unrestricted)
            assert repeated.headers["Idempotency-Replayed"] == "true"
            assert repeated.json() == first.json()
