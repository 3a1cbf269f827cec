# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The example clients do what they say they do."""

import importlib
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import backstage
import pytest

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LANGUAGES = {"Python": "", "JavaScript": "BASE_API_NODE", "PHP": "BASE_API_PHP"}
FILES = {
    "Python": "python/odoo_api.py",
    "JavaScript": "javascript/odoo_api.mjs",
    "PHP": "php/odoo_api.php",
}
STATEMENTS = [
    r"API version 2\.0",
    r"Signed in as .+",
    r"Company \d+ .+",
    r"Company \d+ .+",
    r"Company \d+ .+",
    r"Created lead (?P<lead>\d+)",
    r"Changed lead (?P=lead) Lead from {language} 250(\.0)?",
    r"Messages [1-9]",
    r"Deleted lead (?P=lead) 404 RECORD_NOT_FOUND",
]


def run(language, url, **variables):
    """Run an example; return the finished process."""
    name = LANGUAGES[language]
    program = backstage.variable(name) if name else sys.executable
    clean = {name: v for name, v in os.environ.items() if "ODOO" not in name.upper()}
    return subprocess.run(
        [program, str(EXAMPLES / FILES[language])],
        env=clean | {"ODOO_URL": url.removesuffix("/api/v2")} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def says(output, language, *more):
    """Whether the output has exactly these lines; the id of the lead in them."""
    pattern = "\n".join([*STATEMENTS, *more, ""]).replace("{language}", language)
    match = re.fullmatch(pattern, output)
    assert match, output
    return int(match["lead"])


def last_lead():
    [(last,)] = backstage.query("SELECT last_value FROM crm_lead_id_seq")
    return last


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_an_api_key(admin, url, language):
    before = last_lead()
    done = run(language, url, ODOO_API_KEY=admin.headers["api_key"])
    assert (done.returncode, done.stderr) == (0, "")
    lead = says(done.stdout, language)
    assert lead == last_lead() == before + 1
    admin.refuse(404, "RECORD_NOT_FOUND", "GET", f"/search/crm.lead/{lead}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_username_and_password(url, language):
    sessions = "SELECT count(*) FROM api_session"
    before = backstage.query(sessions)
    done = run(language, url, ODOO_USERNAME="admin", ODOO_PASSWORD="admin")
    assert (done.returncode, done.stderr) == (0, "")
    says(done.stdout, language, "Logged out")
    assert backstage.query(sessions) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_tells_status_code_and_message(url, language):
    done = run(language, url, ODOO_API_KEY="not a key")
    assert done.returncode != 0
    output = done.stdout + done.stderr
    assert "401 INVALID_API_KEY: This API key is unknown" in output


@pytest.mark.parametrize("language", LANGUAGES)
def test_something_else_than_the_api_is_told_apart(url, language):
    done = run(language, f"{url.removesuffix('/api/v2')}/web")
    assert done.returncode != 0
    assert "404 NOT_JSON" in done.stdout + done.stderr


def test_the_python_client_takes_errors_that_tell_more(admin, url):
    example = runpy.run_path(str(EXAMPLES / FILES["Python"]))
    key = admin.headers["api_key"]
    api = example["OdooApi"](url.removesuffix("/api/v2"), api_key=key)
    steps = [{"method": "GET", "path": "/search/res.partner/999999999"}]
    body = {"steps": steps}
    assert "step" in admin.refuse(404, "RECORD_NOT_FOUND", "POST", "/batch", body)
    with pytest.raises(example["ApiError"]) as caught:
        api.call("POST", "/batch", json=body)
    assert (caught.value.status, caught.value.code) == (404, "RECORD_NOT_FOUND")


@pytest.fixture
def shop_module(monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES / "python"))
    module = importlib.import_module("shop")
    for name, number in (("CUSTOMERS", 6), ("PRODUCTS", 13), ("ORDERS", 2)):
        monkeypatch.setattr(module, name, number)
    return module


def test_the_shop_runs_twice(shop_module, admin, url, unique):
    """With the rights of two presets, and the wizard that registers payments."""
    presets = {row["name"]: row for row in admin.get("/presets")["presets"]}
    models = {"account.payment.register": ["create", "call"]}
    for name in ("shop", "catalogue"):
        for model, operations in presets[name]["models"].items():
            models[model] = sorted({*operations, *models.get(model, ())})
    key = admin.post("/users/2/api-key", {"models": models})["api_key"]
    api = shop_module.OdooApi(url.removesuffix("/api/v2"), api_key=key)
    shop = shop_module.Shop(api, unique)
    steps = (shop.customers, shop.products, shop.prices, shop.orders)
    numbers = (6, 13, 1, 2)
    for step, number in zip(steps, numbers, strict=True):
        assert step() == {"created": number, "updated": 0, "unchanged": 0}
    assert shop.sell() == 2
    shop.thank(0)
    count, total = shop.paid()
    assert count == 2
    assert total > 0
    assert shop.requests == 15
    for step, number in zip(steps, numbers, strict=True):
        assert step() == {"created": 0, "updated": 0, "unchanged": number}
    assert shop.sell() == 0
