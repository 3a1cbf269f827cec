# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creates and updates of single records."""

import json

from cli.runs import Run

from base_api_client import Client


def test_create_and_update(run: Run, client: Client, word: str) -> None:
    values = [f"name={word}", "is_company=yes", "country_id.code=BE", "color=3"]
    created = run("create", "res.partner", *values, "-q")
    number = int(created.stdout)
    fields = ["name", "is_company", "country_id.code", "color", "city"]
    record = client["res.partner"].get(number, fields=fields)
    assert record["name"] == word
    assert record["is_company"] is True
    assert record["country_id"]["code"] == "BE"
    assert record["color"] == 3

    done = run("update", "res.partner", str(number), "city=Ghent", "country_id=")

    assert done.stdout == f"Updated record {number} in res.partner\n"
    record = client["res.partner"].get(number, fields=["city", "country_id"])
    assert record == {"id": number, "city": "Ghent", "country_id": None}


def test_json(run: Run, client: Client, word: str) -> None:
    body = {"name": word, "child_ids": {"create": [{"name": f"{word} child"}]}}
    words = ["create", "res.partner", "color=1", "--json", "-", "-q"]
    number = int(run(*words, input=json.dumps(body)).stdout)
    record = client["res.partner"].get(number, fields=["color", "child_ids.name"])
    assert record["color"] == 1
    assert [child["name"] for child in record["child_ids"]] == [f"{word} child"]


def test_dry_runs(run: Run, client: Client, word: str) -> None:
    created = run("create", "res.partner", f"name={word}", "--dry-run")
    assert created.stdout.splitlines()[1].split() == ["new", "name", word]
    assert "Dry run: Created record" in created.stdout
    assert client["res.partner"].count(name=word) == 0

    number = run("create", "res.partner", f"name={word}", "-q").stdout.strip()
    updated = run("update", "res.partner", number, "city=Ghent", "-n")
    rows = [line.split() for line in updated.stdout.splitlines()]
    assert [number, "city", "Ghent"] in rows
    assert client["res.partner"].count(name=word, city="Ghent") == 0
