# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The programs that the interactive reference shows do what its form does."""

import json
import subprocess
import sys

import pytest
from backstage import variable

# What ends a text, begins a command or a variable in one of the languages.
NASTY = "it's \"so\" $HOME `id` \\ \\n {x} #{x} %s <?php ?> é 漢 😀 \n'; exit 1; '"
RUNNERS = {
    "curl": lambda: ["bash", "-c"],
    "Python": lambda: [sys.executable, "-c"],
    "JavaScript": lambda: [variable("BASE_API_NODE"), "--input-type=module", "-e"],
    "PHP": lambda: [variable("BASE_API_PHP"), "-r"],
}


@pytest.fixture
def docs(open_docs, admin):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    return docs


def run(name, program, key):
    program = program.removeprefix("<?php\n") if name == "PHP" else program
    done = subprocess.run(
        [*RUNNERS[name](), program],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "API_KEY": key, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, (program, done.stderr)
    text = done.stdout
    return json.loads(text[text.index("{") :])


@pytest.mark.parametrize("name", RUNNERS)
def test_a_write_with_a_nasty_body(docs, admin, name):
    docs.open_request("res.partner", "POST /create/res.partner")
    body = {"name": NASTY, "comment": False, "color": 3, "category_id": []}
    docs.write_body(json.dumps(body, ensure_ascii=False, indent=1))
    data = run(name, docs.program(name), admin.headers["api_key"])["data"]
    assert data["dry_run"]
    [change] = data["changes"]
    assert change["after"]["name"] == NASTY
    assert change["after"]["color"] == 3


@pytest.mark.parametrize("name", RUNNERS)
def test_a_search_with_a_nasty_filter(docs, admin, name, unique):
    text = NASTY.partition("\n")[0] + unique
    partner = admin.create("res.partner", name=text)
    docs.open_request("res.partner", "GET /search/res.partner")
    page = docs.page
    page.get_by_role("button", name="Add a filter").click()
    row = page.locator("fieldset .row")
    row.get_by_label("Field").fill("name")
    row.get_by_label("Operator").select_option("ilike")
    row.get_by_label("Value").fill(text.replace("\\", "_"))
    data = run(name, docs.program(name), admin.headers["api_key"])["data"]
    assert [record["id"] for record in data["records"]] == [partner]
