# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Installing, updating, testing and removing the addon, in copies of a database."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import backstage
import pytest
import requests
from backstage import variable
from client import Client
from servers import serving

# Tests of a route, of the ORM alone, without a database, and of what is logged.
RUNNER_TESTS = (
    "/base_api:TestBatch",
    "/base_api:TestDeclarations",
    "/base_api:TestOutages",
    "/base_api:TestRunner",
)
SILENT = ("--no-http", "--workers", "0", "--stop-after-init")
OUR_TABLES = "SELECT 1 FROM pg_class WHERE relname ~ '^api_'"
OUR_INDEX = "SELECT 1 FROM pg_indexes WHERE indexname LIKE '%base_api%'"
OUR_DATA = "SELECT model, name FROM ir_model_data WHERE module = 'base_api'"
STATE = "SELECT state FROM ir_module_module WHERE name = 'base_api'"
KEYS = "SELECT name FROM res_users_apikeys ORDER BY name"


@pytest.fixture
def copy(unique):
    """A copy of the database with nothing but the addon."""
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), unique)
    yield unique
    backstage.drop_database(unique)


def test_installing_leaves_nothing_to_look_into():
    log = Path(variable("BASE_API_INSTALL_LOG")).read_text()
    assert "base_api" in log
    assert not backstage.complaints(log)


def test_updating_leaves_nothing_to_look_into(copy):
    log = backstage.run_odoo("-d", copy, "-u", "base_api", *SILENT)
    assert "Loading module base_api" in log
    assert not backstage.complaints(log)
    assert backstage.query(STATE, database=copy) == [("installed",)]


def test_the_tests_of_the_addon_pass(copy):
    """With Odoo's own test runner, as far as they are about the runner itself.

    pytest runs all of them, and fails where one logs a warning.
    """
    port = str(backstage.free_port())
    words = ["-d", copy, "--workers", "0", "--http-port", port, "--stop-after-init"]
    log = backstage.run_odoo(*words, "--test-tags", ",".join(RUNNER_TESTS))
    assert not backstage.complaints(log)
    assert "0 failed, 0 error(s) of " in log
    assert "0 failed, 0 error(s) of 0 tests" not in log


@pytest.fixture(scope="module")
def removal():
    """An uninstallation under load, in a database with another addon's extensions.

    The server is another process, and knows of the removal a bit later.
    """
    database = f"removal_{uuid.uuid4().hex[:8]}"
    backstage.copy_database(variable("BASE_API_MINIMAL_DATABASE"), database)
    backstage.run_odoo("-d", database, "-i", "portal", *SILENT)
    add = "INSERT INTO res_users_apikeys (name, user_id, scope, key, index)"
    add += " VALUES (%s, 2, %s, %s, %s)"
    backstage.query(add, "Ours", "base_api", "x", "oak_xxxx", database=database)
    backstage.query(add, "Of the web client", None, "y", "abcdefgh", database=database)
    backstage.query(add, "A plugin", "odoo.plugin", "z", "01234567", database=database)
    add = "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)"
    backstage.query(add, "base_api.cors_origins", "*", database=database)
    backstage.query(add, "base_apiary.color", "1", database=database)
    before, statuses = dangling(database), []
    with serving(database) as url, ThreadPoolExecutor(1) as pool:
        key = Client(url).log_in("admin", "admin").post("/users/2/api-key")["api_key"]
        assert Client(url, api_key=key).export("/export/res.partner").ok
        files = set(files_about(database))
        log = pool.submit(backstage.uninstall, database)
        while not log.done():
            for path in ("/search/res.partner?limit=1", "/auth/me"):
                # Not with a `Client`: in the end Odoo itself answers.
                answer = requests.get(url + path, headers={"api-key": key}, timeout=60)
                statuses.append(answer.status_code)
    yield SimpleNamespace(
        database=database,
        log=log.result(),
        before=before,
        statuses=statuses,
        files=files,
    )
    backstage.drop_database(database)


def test_removing_leaves_nothing_behind(removal):
    database = removal.database
    assert not backstage.complaints(removal.log)
    kept = "SELECT key FROM ir_config_parameter WHERE key LIKE 'base_api%%'"
    assert backstage.query(kept, database=database) == [("base_apiary.color",)]
    assert backstage.query(STATE, database=database) == [("uninstalled",)]
    assert not backstage.query(OUR_TABLES, database=database)
    assert not backstage.query(OUR_INDEX, database=database)
    assert not backstage.query(OUR_DATA, database=database)
    names = [name for (name,) in backstage.query(KEYS, database=database)]
    assert names == ["A plugin", "Of the web client"]


def test_removing_leaves_no_files(removal):
    """Those of another node, too, whose folder is in the same data folder."""
    assert {path.suffix for path in removal.files} == {".metrics", ".exports"}
    assert not files_about(removal.database)


def files_about(database):
    """The files that nodes keep about a database."""
    folder = Path(backstage.configuration()["data_dir"]) / "base_api"
    return list(folder.glob(f"*/{database}.*"))


def test_removing_leaves_no_dangling_external_ids(removal):
    """Also those of other addons, where this one has extended their models."""
    assert dangling(removal.database) == removal.before


def test_removing_under_load(removal):
    assert removal.statuses[0] == 200
    assert set(removal.statuses) <= {200, 401, 404, 503}


def test_installing_again_after_removing(removal):
    log = backstage.run_odoo("-d", removal.database, "-i", "base_api", *SILENT)
    assert not backstage.complaints(log)
    assert backstage.query(OUR_TABLES, database=removal.database)


def dangling(database):
    """The external ids whose record does not exist."""
    found = set()
    models = backstage.query(
        "SELECT DISTINCT model FROM ir_model_data", database=database
    )
    for (model,) in models:
        table = model.replace(".", "_")
        if backstage.query("SELECT to_regclass(%s)", table, database=database)[0][0]:
            found |= set(
                backstage.query(
                    f"SELECT module, name FROM ir_model_data WHERE model = %s"
                    f' AND NOT EXISTS (SELECT FROM "{table}" WHERE id = res_id)',
                    model,
                    database=database,
                )
            )
    return found


def test_nothing_but_base_and_web_is_needed(unique):
    with serving(variable("BASE_API_MINIMAL_DATABASE")) as url:
        anyone = Client(url)
        session = anyone.log_in("admin", "admin")
        key = session.post("/users/2/api-key")["api_key"]
        admin = Client(url, api_key=key)
        path = "/products"
        error = admin.refuse(404, "MODEL_NOT_FOUND", "GET", path)
        assert error["message"] == "Model 'product.template' not found"
        for model in ("crm.lead", "mail.message", "sale.order"):
            admin.refuse(404, "MODEL_NOT_FOUND", "GET", f"/search/{model}")
        partner = admin.create("res.partner", name=unique)
        assert admin.read("res.partner", partner, "name")["name"] == unique
        admin.delete("res.partner", partner)
        partners = admin.get("/partners")["partners"]
        assert partners
        assert all(row["customer_rank"] == 0 for row in partners)
        for path in ("/auth/me", "/users", "/users/2", "/groups", "/models"):
            session.get(path)
        session.post("/auth/logout")
