# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that are upserted, created or updated."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli.runs import Run

from base_api_client import Client

UPSERT = ("upsert", "res.partner")


def write(path: Path, header: list[str], *rows: list[Any]) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def find(client: Client, word: str, *fields: str) -> list[dict[str, Any]]:
    domain = [("ref", "=like", f"{word}%")]
    records = client["res.partner"].search(
        domain=domain, fields=list(fields), order="ref", limit=100
    )
    return [
        {name: value for name, value in record.items() if name in fields}
        for record in records
    ]


def names(client: Client, word: str) -> list[str]:
    return [record["name"] for record in find(client, word, "name")]


def test_columns(run: Run, client: Client, tmp_path: Path, word: str) -> None:
    header = ["ref", "Company", "country_id.code", "category_id.name", "color", "_row"]
    client.request(
        "POST",
        "/create/res.partner.category",
        json=[{"name": f"{word} {name}"} for name in "ab"],
    )
    tags = f"{word} a, {word} b"
    path = write(
        tmp_path / "p.csv",
        [*header, "state_id.code", "state_id.country_id.code"],
        [f"{word}1", "One", "US", tags, 4, 9, "CA", "US"],
        [f"{word}2", "Two", "", "", "", 9, "", ""],
    )

    done = run(*UPSERT, str(path), "--key", "ref", "--rename", "Company=name")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "2 rows: 2 created, 0 updated, 0 unchanged, 0 failed\n"
    fields = ["name", "color", "country_id.code", "state_id.code", "category_id.name"]
    first, second = find(client, word, "name", "color", *fields)
    assert (first["name"], second["name"]) == ("One", "Two")
    assert (first["color"], second["color"]) == (4, 0)
    [record] = client["res.partner"].search(ref=f"{word}1", fields=fields)
    assert record["country_id"]["code"] == "US"
    assert record["state_id"]["code"] == "CA"
    assert [tag["name"] for tag in record["category_id"]] == tags.split(", ")


def test_empty_cells(run: Run, client: Client, tmp_path: Path, word: str) -> None:
    path = write(tmp_path / "p.csv", ["ref", "name", "city"], [word, "A", "Ghent"])
    run(*UPSERT, str(path), "--key", "ref")
    write(path, ["ref", "name", "city"], [word, "B", ""])

    run(*UPSERT, str(path), "--key", "ref", "--skip-empty")
    assert find(client, word, "name", "city") == [{"name": "B", "city": "Ghent"}]

    run(*UPSERT, str(path), "--key", "ref")
    assert find(client, word, "name", "city") == [{"name": "B", "city": None}]


def test_ndjson_and_xlsx(run: Run, client: Client, tmp_path: Path, word: str) -> None:
    lines = tmp_path / "p.ndjson"
    record = {"external_id": f"cli.{word}", "name": "J", "ref": word, "color": 5}
    lines.write_text(json.dumps(record | {"country_id.code": "BE"}))
    done = run(*UPSERT, str(lines), "--key", "external_id")
    assert done.returncode == 0, done.stderr
    assert client["res.partner"].count(ref=word, country_id__code="BE") == 1

    book = openpyxl.Workbook()
    book.active.append(["external_id", "color", "is_company"])  # type: ignore[union-attr]
    book.active.append([f"cli.{word}", 7, True])  # type: ignore[union-attr]
    book.save(tmp_path / "p.xlsx")
    done = run("update", "res.partner", "--file", str(tmp_path / "p.xlsx"))
    assert done.stdout == "1 row: 1 updated, 0 failed\n", done.stderr
    [record] = find(client, word, "color", "is_company")
    assert record == {"color": 7, "is_company": True}


def test_rows_that_fail(run: Run, client: Client, tmp_path: Path, word: str) -> None:
    rows = [[f"{word}{index}", f"N{index}", index, "BE"] for index in range(9)]
    rows[3][2] = "x"
    rows[5][3] = "QQ"
    rows[7][0] = rows[6][0]
    header = ["ref", "name", "color", "country_id.code"]
    path = write(tmp_path / "p.csv", header, *rows)

    done = run(*UPSERT, str(path), "--key", "ref")
    assert done.returncode == 1
    assert "2 of 9 rows cannot be sent, so nothing was" in done.stderr
    assert find(client, word, "name") == []

    done = run(*UPSERT, str(path), "--key", "ref", "--keep-going", "--chunk-size", "4")
    assert done.returncode == 1
    assert done.stdout == "9 rows: 6 created, 0 updated, 0 unchanged, 3 failed\n"
    assert "row 5: color: expected a whole number, not 'x'" in done.stderr
    assert len(find(client, word, "name")) == 6

    failed = list(csv.DictReader((tmp_path / "p.errors.csv").open()))
    assert [(row["_row"], row["_code"], row["_pointer"]) for row in failed] == [
        ("5", "wrong_type", ""),
        ("7", "not_found", "/country_id"),
        ("9", "duplicate", ""),
    ]
    failed[0]["color"] = "1"
    failed[1]["country_id.code"] = "BE"
    failed[2]["ref"] = f"{word}7"
    rows = [list(row.values()) for row in failed]
    corrected = write(tmp_path / "again.csv", list(failed[0]), *rows)
    assert run(*UPSERT, str(corrected), "--key", "ref").returncode == 0
    assert names(client, word) == [f"N{index}" for index in range(9)]


@pytest.mark.parametrize("operation", ["upsert", "create"])
def test_a_corrected_file_goes_on(
    run: Run, client: Client, tmp_path: Path, word: str, operation: str
) -> None:
    header = ["ref", "name", "country_id.code"]
    rows = [[f"{word}{index}", f"N{index}", "BE"] for index in range(6)]
    rows[4][2] = "QQ"
    path = write(tmp_path / "p.csv", header, *rows)
    words = [*UPSERT, str(path), "--key", "ref", "--chunk-size", "2"]
    if operation == "create":
        words = ["create", "res.partner", "--file", str(path), "--chunk-size", "2"]

    done = run(*words)
    assert done.returncode == 1
    assert "row 6: country_id: no res.country has code" in done.stderr
    assert "Stopped at rows 6 to 7, none of which was written" in done.stderr
    assert len(find(client, word, "name")) == 4

    rows[4][2] = "BE"
    write(path, header, *rows)
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert "Going on: 4 of 6 rows are done" in done.stderr
    assert names(client, word) == [f"N{index}" for index in range(6)]


def test_a_file_that_changed_in_rows_that_are_done(
    run: Run, tmp_path: Path, word: str
) -> None:
    header = ["ref", "name", "country_id.code"]
    rows = [[f"{word}{index}", "N", "BE"] for index in range(3)]
    rows[2][2] = "QQ"
    path = write(tmp_path / "p.csv", header, *rows)
    words = [*UPSERT, str(path), "--chunk-size", "1", "--key"]
    run(*words, "ref")

    done = run(*words, "ref,name")
    assert "This import began with another key; --restart" in done.stderr
    rows[0][1] = "M"
    write(path, header, *rows)
    done = run(*words, "ref")
    assert done.returncode == 1
    assert "has changed in rows that are written already, up to row 3" in done.stderr
    done = run(*words, "ref", "--restart", "--keep-going")
    assert done.stdout == "3 rows: 0 created, 1 updated, 1 unchanged, 1 failed\n"


def test_a_file_is_created_once(
    run: Run, client: Client, tmp_path: Path, word: str
) -> None:
    path = write(tmp_path / "p.csv", ["ref", "name"], [word, "A"])
    words = ["create", "res.partner", "--file", str(path)]
    assert run(*words).stdout == "1 row: 1 created, 0 failed\n"
    done = run(*words)
    assert done.returncode == 1
    assert "were created before; --restart" in done.stderr
    assert len(find(client, word, "name")) == 1


def test_a_dry_run(run: Run, client: Client, tmp_path: Path, word: str) -> None:
    path = write(
        tmp_path / "p.csv",
        ["ref", "name", "country_id.code"],
        [word, "A", "BE"],
        [f"{word}2", "B", "QQ"],
    )
    done = run(*UPSERT, str(path), "--key", "ref", "--dry-run")
    assert done.returncode == 1
    assert "Dry run: nothing was saved.\n2 rows: 1 created" in done.stdout
    assert "row 3: country_id: no res.country" in done.stderr
    assert find(client, word, "name") == []
    assert not list(tmp_path.glob("state/base-api/imports/*.jsonl"))


@pytest.mark.parametrize("operation", ["upsert", "create"])
def test_a_chunk_whose_answer_was_lost(
    run: Run, client: Client, tmp_path: Path, word: str, operation: str
) -> None:
    path = write(tmp_path / "p.csv", ["ref", "name"], *rows_of(word, 4))
    words = [*UPSERT, str(path), "--key", "ref", "--chunk-size", "2"]
    if operation == "create":
        words = ["create", "res.partner", "--file", str(path), "--chunk-size", "2"]
    done = run(*words)
    journal = read_journal(tmp_path)
    lines = journal.read_text().splitlines()
    assert [list(json.loads(line))[0] for line in lines] == [
        *("header", "sent", "done", "sent", "done", "finished")
    ]

    journal.write_text("\n".join(lines[:4]) + "\n")
    again = run(*words)

    # The answer is the first one: the server did not carry it out a second time.
    assert again.stdout == done.stdout
    assert "Going on: 2 of 4 rows are done" in again.stderr
    assert names(client, word) == ["N0", "N1", "N2", "N3"]

    sent = json.loads(lines[3])
    sent["sent"]["sent_at"] -= 24 * 3600
    journal.write_text("\n".join([*lines[:3], json.dumps(sent)]) + "\n")
    late = run(*words)
    if operation == "create":
        assert late.returncode == 1
        assert "Rows 4 to 5 were sent more than 23 hours ago" in late.stderr
    else:
        assert late.returncode == 0
    assert names(client, word) == ["N0", "N1", "N2", "N3"]


def test_ndjson_rows_that_fail(run: Run, tmp_path: Path, word: str) -> None:
    records = [{"ref": f"{word}{index}", "name": "A", "color": 1} for index in range(3)]
    records[1]["color"] = "red"
    path = tmp_path / "p.ndjson"
    path.write_text("\n".join(map(json.dumps, records)))

    done = run(*UPSERT, str(path), "--key", "ref", "--keep-going")

    assert done.stdout == "3 rows: 2 created, 0 updated, 0 unchanged, 1 failed\n"
    [failed] = map(json.loads, (tmp_path / "p.errors.ndjson").read_text().splitlines())
    assert failed["ref"] == f"{word}1"
    assert (failed["_row"], failed["_code"]) == (2, "wrong_type")
    assert failed["_pointer"] == "/color"


def rows_of(word: str, count: int) -> list[list[Any]]:
    return [[f"{word}{index}", f"N{index}"] for index in range(count)]


def read_journal(folder: Path) -> Path:
    [path] = folder.glob("state/base-api/imports/*.jsonl")
    return path
