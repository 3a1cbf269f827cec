# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Data frames and Parquet files."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from pandas import DataFrame

from base_api_client import AsyncClient, Client, ClientError

FIELDS = [
    "name",
    "partner_id",
    {"currency_id": ["name"], "order_line": ["price_unit", "product_id"]},
    "date_order",
    "validity_date",
    "amount_total",
    "locked",
    "tag_ids",
    "external_id",
]
NAMES = [
    *("id", "name", "partner_id.id", "partner_id.display_name"),
    *("currency_id.id", "currency_id.name", "order_line", "date_order"),
    *("validity_date", "amount_total", "locked", "tag_ids", "external_id"),
]


def test_pandas(client: Client) -> None:
    model = client["sale.order"]
    frame = model.to_pandas(fields=FIELDS, order="id")
    assert isinstance(frame, DataFrame)
    assert list(frame.columns) == NAMES
    assert len(frame) == model.count()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds["partner_id.id"] == "Int64"
    assert kinds["amount_total"] == "float64"
    assert kinds["date_order"] == "datetime64[us, UTC]"
    assert kinds["locked"] == "boolean"
    total = model.aggregate(measures="amount_total:sum")[0]["amount_total:sum"]
    assert frame["amount_total"].sum() == pytest.approx(total)


def test_polars(client: Client) -> None:
    import polars

    frame = client["sale.order"].to_polars(fields=FIELDS, limit=3, order="id")
    assert frame.columns == NAMES
    assert frame.schema["tag_ids"] == polars.List(polars.Int64)
    assert frame.schema["validity_date"] == polars.Date
    assert isinstance(frame["validity_date"][0], date)
    line = frame["order_line"][0][0]
    assert list(line) == [
        "id",
        "price_unit",
        "product_id.id",
        "product_id.display_name",
    ]


def test_empty_frames_have_columns(client: Client) -> None:
    model = client["sale.order"]
    assert list(model.to_pandas(fields=FIELDS, name="nothing").columns) == NAMES
    assert model.to_polars(fields=FIELDS, name="nothing").columns == NAMES


def test_parquet(client: Client, tmp_path: Path) -> None:
    from pyarrow import parquet

    target = tmp_path / "fields.parquet"
    model = client["ir.model.fields"]
    count = model.export(
        target,
        format="parquet",
        fields=["name", "model_id", "store"],
        order="id",
        limit=2500,
    )
    table = parquet.read_table(target)
    assert count == table.num_rows == 2500
    assert table.column_names[2:4] == ["model_id.id", "model_id.display_name"]
    found = model.search(order="id", limit=1000, fields="name")
    names = table.column("name").to_pylist()
    assert names[:1000] == [record["name"] for record in found]


def test_frames_are_strict(
    client: Client, url: str, api_key: str, tmp_path: Path
) -> None:
    from pyarrow import parquet

    target = tmp_path / "orders.parquet"
    with Client(url, api_key=api_key, types="odoo") as other:
        model = other["sale.order"]
        frame = model.to_polars(fields=FIELDS, order="id")
        model.export(target, format="parquet", fields=FIELDS, order="id")
    assert frame.equals(client["sale.order"].to_polars(fields=FIELDS, order="id"))
    assert parquet.read_table(target).num_rows == len(frame)


def test_unknown_fields(client: Client) -> None:
    with pytest.raises(ClientError, match="nmae"):
        client["sale.order"].to_pandas(fields=["nmae"])


def test_what_is_missing_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ClientError, match=r"pip install base-api-client\[polars\]"):
        client["res.country"].to_polars(fields=["name"])


@pytest.mark.anyio
async def test_async_frames(url: str, api_key: str) -> None:
    async with AsyncClient(url, api_key=api_key) as client:
        frame = await client["sale.order"].to_pandas(fields=FIELDS, limit=2)
        assert list(frame.columns) == NAMES
        assert len(await client["sale.order"].to_polars(fields=FIELDS, limit=2)) == 2
