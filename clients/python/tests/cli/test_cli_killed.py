# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Imports that are killed and started again: nothing lost, nothing doubled."""

import csv
import random
import subprocess
import time
from pathlib import Path

import pytest
from cli.runs import MODULE

from base_api_client import Client

KILLS = 3
BAD_ROWS = 10
UNKNOWN = "QQ"
CITIES = ("Ghent", "Brugge", "Liège", "")


@pytest.mark.parametrize("operation", ["upsert", "create", "keep going"])
@pytest.mark.parametrize(
    ("count", "chunk_size"),
    [(600, 25), pytest.param(10_000, 200, marks=pytest.mark.slow)],
)
def test_killed_three_times(
    admin_home: dict[str, str],
    client: Client,
    tmp_path: Path,
    word: str,
    operation: str,
    count: int,
    chunk_size: int,
) -> None:
    path = tmp_path / "partners.csv"
    words = ["upsert", "res.partner", str(path), "--key", "ref"]
    if operation != "upsert":
        words = ["create", "res.partner", "--file", str(path)]
    bad = BAD_ROWS if operation == "keep going" else 0
    rows = write_rows(path, word, count, bad)
    command = [*MODULE, *words, "--chunk-size", str(chunk_size)]
    if bad:
        command.append("--keep-going")
    chunks = count // chunk_size
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    print(f"seed {seed}")

    for number in range(KILLS):
        # At a random moment of each quarter but the last one.
        target = chance.randrange(number * chunks // 4, (number + 1) * chunks // 4)
        kill_after(command, admin_home, tmp_path, target, chance.uniform(0, 0.3))
    last = subprocess.run(command, env=admin_home, capture_output=True, text=True)

    assert last.returncode == (1 if bad else 0), last.stderr
    assert "Going on" in last.stderr
    assert last.stdout.startswith(f"{count:,} rows: ")
    assert read_rows(client, word) == [row for row in rows if row[3] != UNKNOWN]


def write_rows(path: Path, word: str, count: int, bad: int) -> list[tuple[str, ...]]:
    """Write a file, in which some rows have a country that does not exist."""
    chance = random.Random(count)
    bad_rows = chance.sample(range(count), bad)
    rows: list[tuple[str, ...]] = [
        (
            f"{word}-{index:05}",
            f'Partner "{index}", é',
            CITIES[index % 4],
            UNKNOWN if index in bad_rows else "BE",
        )
        for index in range(count)
    ]
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ref", "name", "city", "country_id.code"])
        writer.writerows(rows)
    return rows


def read_rows(client: Client, word: str) -> list[tuple[str, ...]]:
    """Return the rows as they are in the database, by their reference."""
    records = client["res.partner"].iterate(
        fields=["ref", "name", "city", "country_id.code"],
        domain=[("ref", "=like", f"{word}-%"), ("active", "in", [True, False])],
        order="ref, id",
        page_size=1000,
    )
    return [
        (
            record["ref"],
            record["name"],
            record["city"] or "",
            record["country_id"]["code"],
        )
        for record in records
    ]


def kill_after(
    command: list[str], home: dict[str, str], folder: Path, chunks: int, delay: float
) -> None:
    """Start the import, and kill it some time after so many chunks are done."""
    process = subprocess.Popen(command, env=home, stderr=subprocess.DEVNULL)
    while done_chunks(folder) < chunks and process.poll() is None:
        time.sleep(0.01)
    time.sleep(delay)
    assert process.poll() is None, "The import ended before it could be killed"
    process.kill()
    assert process.wait() == -9


def done_chunks(folder: Path) -> int:
    files = folder.glob("state/base-api/imports/*.jsonl")
    return sum(path.read_bytes().count(b'{"done":') for path in files)
