# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creates and updates of single records."""

import json

from base_api_client import Client
from conftest import Run


def test_create_and_update(run: Run, api: Client, unique: str) -> None:
    values = [f"name={unique}", "is_company=yes", "country_id.code=BE", "color=3"]
    created = run("create", "res.partner", *values, "-q")
    number = int(created.stdout)
    fields = ["name", "is_company", "country_id.code", "color", "city"]
    record = api["res.partner"].get(number, fields=fields)
    assert record["name"] == unique
    assert record["is_company"] is True
    assert record["country_id"]["code"] == "BE"
    assert record["color"] == 3

    done = run("update", "res.partner", str(number), "city=Ghent", "country_id=")

    assert done.stdout == f"Updated record {number} in res.partner\n"
    record = api["res.partner"].get(number, fields=["city", "country_id"])
    assert record == {"id": number, "city": "Ghent", "country_id": None}


def test_json(run: Run, api: Client, unique: str) -> None:
    body = {"name": unique, "child_ids": {"create": [{"name": f"{unique} child"}]}}
    words = ["create", "res.partner", "color=1", "--json", "-", "-q"]
    number = int(run(*words, input=json.dumps(body)).stdout)
    record = api["res.partner"].get(number, fields=["color", "child_ids.name"])
    assert record["color"] == 1
    assert [child["name"] for child in record["child_ids"]] == [f"{unique} child"]


def test_dry_runs(run: Run, api: Client, unique: str) -> None:
    created = run("create", "res.partner", f"name={unique}", "--dry-run")
    assert created.stdout.splitlines()[1].split() == ["new", "name", unique]
    assert "Dry run: Created record" in created.stdout
    assert api["res.partner"].count(name=unique) == 0

    number = run("create", "res.partner", f"name={unique}", "-q").stdout.strip()
    updated = run("update", "res.partner", number, "city=Ghent", "-n")
    rows = [line.split() for line in updated.stdout.splitlines()]
    assert [number, "city", "Ghent"] in rows
    assert api["res.partner"].count(name=unique, city="Ghent") == 0
