# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searches and descriptions, and how they are printed."""

import csv
import io
import json
import subprocess
from typing import Any

import pytest
from cli.runs import MODULE, Run

from base_api_client import Client


@pytest.fixture
def partners(client: Client, word: str) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = [
        {"name": f"{word} Ärger, GmbH", "country_id": {"code": "DE"}},
        {"name": f"{word} \x1b[31mred", "ref": '=1+"1"'},
    ]
    created = client.request("POST", "/create/res.partner", json=values)
    ids = created.data["ids"]
    return [value | {"id": id_} for id_, value in zip(ids, values, strict=True)]


def test_csv(run: Run, partners: list[dict[str, Any]], word: str) -> None:
    fields = "name,ref,country_id.code,country_id,is_company"
    words = ["search", "res.partner", f"name__startswith={word}", "-f", fields]
    done = run(*words, "-o", "csv")

    first, second = csv.DictReader(io.StringIO(done.stdout))

    assert first == {
        "id": str(partners[0]["id"]),
        "name": partners[0]["name"],
        "ref": "",
        "country_id.code": "DE",
        "country_id": "Germany",
        "is_company": "false",
    }
    assert second["name"] == partners[1]["name"]
    assert second["ref"] == '=1+"1"'
    assert done.stderr == ""


def test_json(run: Run, partners: list[dict[str, Any]], word: str) -> None:
    words = ["search", "res.partner", f"name__startswith={word}", "-f", "name"]
    for more in ([], ["--all"]):
        records = json.loads(run(*words, "-o", "json", *more).stdout)
        assert records == [
            {"id": partner["id"], "name": partner["name"]} for partner in partners
        ]
    assert json.loads(run("search", "res.partner", "name=-", "-o", "json").stdout) == []


def test_a_table_carries_out_nothing(
    run: Run, partners: list[dict[str, Any]], word: str
) -> None:
    done = run("search", "res.partner", f"name__startswith={word}", "-f", "name")
    header, first, second = done.stdout.splitlines()
    assert header.split() == ["id", "name"]
    assert first.endswith("Ärger, GmbH")
    assert "\x1b" not in second


def test_what_was_left_out_is_said(
    run: Run, partners: list[dict[str, Any]], word: str
) -> None:
    words = ["search", "res.partner", f"name__startswith={word}"]
    assert "1 of 2 records; --all shows all" in run(*words, "-l", "1").stderr
    assert run(*words, "--offset", "1").stderr == ""
    assert "No records were found" in run("search", "res.partner", "name=-").stderr


def test_domain_and_order(run: Run, partners: list[dict[str, Any]]) -> None:
    ids = [partner["id"] for partner in partners]
    domain = json.dumps([["id", "in", ids]])
    words = ["search", "res.partner", "--domain", domain, "--order", "id desc"]
    found = run(*words, "-f", "id", "-o", "csv").stdout.split()
    assert found == ["id", *map(str, reversed(ids))]


def test_all_reads_every_page(run: Run, client: Client) -> None:
    total = client["ir.model.fields"].count()
    done = run("search", "ir.model.fields", "-f", "id", "-o", "csv", "--all")
    ids = done.stdout.split()[1:]
    assert len(ids) == len(set(ids)) == total > 500


def test_a_reader_that_has_enough(admin_home: dict[str, str]) -> None:
    words = [*MODULE, "search", "ir.model.fields", "--all", "-o", "csv"]
    process = subprocess.Popen(
        words, env=admin_home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stderr
    assert process.stdout.readline().startswith("id,")
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 1


def test_get(run: Run, partners: list[dict[str, Any]]) -> None:
    number = str(partners[0]["id"])
    done = run("get", "res.partner", number)
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    assert ["name", partners[0]["name"]] in lines
    assert "empty fields not shown" in done.stderr
    record = json.loads(run("get", "res.partner", number, "-o", "json").stdout)
    assert record["ref"] is None
    assert record["country_id"]["display_name"] == "Germany"
    done = run("get", "res.country", "@base.be", "-f", "code", "-o", "csv")
    assert done.stdout.splitlines()[1].endswith(",BE")


def test_models_and_fields(run: Run) -> None:
    assert "res.partner " in run("models", "partner").stdout
    fields = run("fields", "res.partner", "country").stdout
    assert "-> res.country" in fields
    writable = run("fields", "res.partner", "--writable", "-o", "csv").stdout
    names = [row["name"] for row in csv.DictReader(io.StringIO(writable))]
    assert "name" in names
    assert "create_date" not in names


def test_call(run: Run, partners: list[dict[str, Any]], word: str) -> None:
    kwargs = json.dumps({"name": word})
    done = run("call", "res.partner", "name_search", "--kwargs", kwargs)
    found = {id_ for id_, _ in json.loads(done.stdout)}
    assert found == {partner["id"] for partner in partners}
    done = run("call", "res.country", "get_base_url", "@base.be")
    assert json.loads(done.stdout).startswith("http")
