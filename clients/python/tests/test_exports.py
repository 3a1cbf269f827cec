# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exports, also over connections that break."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from faults import FaultyServer, cut_answer, lose_request

from base_api_client import (
    AsyncClient,
    BadRequest,
    Client,
    ExportIncomplete,
    Retries,
)

COUNT = 2500
QUICK = Retries(2, 0.01)
MODEL = "ir.model.fields"  # has some thousand records in every database


@pytest.fixture(scope="module")
def ids(client: Client) -> list[int]:
    """The ids of the first records."""
    model = client[MODEL]
    pages = (
        model.search(order="id", limit=500, offset=start, fields="id")
        for start in range(0, COUNT, 500)
    )
    found = [record["id"] for page in pages for record in page]
    assert len(found) == COUNT
    return found


@pytest.mark.parametrize("size", [500, 45_000, 80_000])
def test_a_broken_export_is_continued(
    faulty: FaultyServer, api_key: str, ids: list[int], size: int
) -> None:
    faulty.faults = [cut_answer(size), lose_request]
    progress: list[tuple[int, int | None]] = []
    target = io.BytesIO()
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        count = shaky[MODEL].export(
            target,
            format="csv",
            fields=["name"],
            order="id",
            id__lte=ids[-1],
            progress=lambda done, total: progress.append((done, total)),
        )
    header, *rows = csv.reader(io.StringIO(target.getvalue().decode(), newline=""))
    assert header == ["id", "name"]
    assert [int(row[0]) for row in rows] == ids
    assert all(row[1] for row in rows)
    assert count == COUNT
    assert progress[-1] == (COUNT, COUNT)
    assert len(faulty.to("/export/")) == 3


def test_lines_of_json(client: Client, ids: list[int]) -> None:
    target = io.BytesIO()
    client[MODEL].export(
        target, fields=["name", {"model_id": ["model"]}], id__lte=ids[-1], order="id"
    )
    records = [json.loads(line) for line in target.getvalue().splitlines()]
    assert [record["id"] for record in records] == ids
    assert all(set(record) == {"id", "name", "model_id"} for record in records)
    assert set(records[0]["model_id"]) == {"id", "model"}


def test_a_limit_is_kept_after_a_failure(
    faulty: FaultyServer, api_key: str, ids: list[int]
) -> None:
    faulty.faults = [cut_answer(60_000)]
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        found = shaky[MODEL].export_records(
            fields=["name"], id__lte=ids[-1], order="id", limit=2200
        )
        assert [record["id"] for record in found] == ids[:2200]
    assert "limit=1200" in faulty.to("/export/")[1].path


def test_an_export_that_always_breaks_is_an_error(
    faulty: FaultyServer, api_key: str, tmp_path: Path
) -> None:
    faulty.faults = [cut_answer(500)] * 3
    target = tmp_path / "countries.csv"
    target.write_text("as before")
    with Client(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        with pytest.raises(ExportIncomplete):
            shaky["res.country"].export(target, format="csv", fields=["name"])
    assert target.read_text() == "as before"
    assert list(tmp_path.iterdir()) == [target]


def test_texts_with_line_breaks_and_quotes(client: Client, word: str) -> None:
    text = 'One, "two"\nthree\r\n\u2028four'
    created = client["res.partner"].create({"name": word, "street": text})
    target = io.BytesIO()
    model = client["res.partner"]
    model.export(target, format="csv", fields=["street", "name"], name=word)
    rows = list(csv.reader(io.StringIO(target.getvalue().decode(), newline="")))
    assert rows == [["id", "street", "name"], [str(created.id), text, word]]
    [record] = model.export_records(fields=["street"], name=word)
    assert record == {"id": created.id, "street": text}
    model.delete(created.id)


def test_mistakes_are_reported(client: Client, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    with pytest.raises(BadRequest):
        client["res.partner"].export(target, format="csv", fields=["nmae"])
    with pytest.raises(ValueError, match="csv, ndjson and parquet"):
        client["res.partner"].export(target, format="xls")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Name the fields"):
        client["res.partner"].export(target, format="parquet")
    assert not list(tmp_path.iterdir())


@pytest.mark.anyio
async def test_async_exports_are_continued(
    faulty: FaultyServer, api_key: str, ids: list[int], tmp_path: Path
) -> None:
    faulty.faults = [cut_answer(60_000)]
    target = tmp_path / "partners.csv"
    async with AsyncClient(faulty.url, api_key=api_key, retries=QUICK) as shaky:
        model = shaky[MODEL]
        count = await model.export(
            target, format="csv", fields=["name"], order="id", id__lte=ids[-1]
        )
        found = [
            record["id"]
            async for record in model.export_records(
                fields=["name"], order="id", id__lte=ids[-1]
            )
        ]
    assert count == COUNT
    assert found == ids
    assert len(target.read_text().splitlines()) == COUNT + 1
