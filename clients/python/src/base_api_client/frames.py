# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records as data frames of pandas and Polars, and as Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from typing_extensions import Self

from .errors import ClientError
from .frame_columns import Column

if TYPE_CHECKING:
    import pandas
    import polars

    # For generated types, which must not fail where these are not installed.
    PandasFrame = pandas.DataFrame
    PolarsFrame = polars.DataFrame


def need(module: str, extra: str) -> Any:
    """Return an optional module.

    :raises ClientError: it is not installed
    """
    try:
        return import_module(module)
    except ImportError:
        hint = f"pip install base-api-client[{extra}]"
        raise ClientError(f"{module} is not installed: {hint}") from None


def to_pandas(columns: Sequence[Column], records: Iterable[Any]) -> pandas.DataFrame:
    """Return a data frame; empty numbers and texts stay empty (`pandas.NA`)."""
    library = need("pandas", "pandas")
    need("pyarrow", "pandas")
    arrow = import_module("pyarrow")
    types = {
        arrow.int64(): library.Int64Dtype(),
        arrow.bool_(): library.BooleanDtype(),
        arrow.string(): library.StringDtype(),
    }
    frame: pandas.DataFrame = _to_arrow(columns, list(records)).to_pandas(
        types_mapper=types.get
    )
    return frame


def to_polars(columns: Sequence[Column], records: Iterable[Any]) -> polars.DataFrame:
    library = need("polars", "polars")
    rows = list(records)
    frame: polars.DataFrame = library.DataFrame(
        {column.name: [column.value(row) for row in rows] for column in columns},
        schema={column.name: _polars_type(library, column) for column in columns},
    )
    return frame


class ParquetFile(AbstractContextManager["ParquetFile"]):
    """Writes records into a Parquet file, batch after batch."""

    def __init__(self, columns: Sequence[Column], target: IO[bytes]) -> None:
        parquet = need("pyarrow.parquet", "parquet")
        self._columns = columns
        self._writer = parquet.ParquetWriter(target, _arrow_schema(columns))

    def write(self, records: Sequence[Any]) -> None:
        if records:
            self._writer.write_table(_to_arrow(self._columns, records))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._writer.close()


def _to_arrow(columns: Sequence[Column], records: Sequence[Any]) -> Any:
    arrow = import_module("pyarrow")
    schema = _arrow_schema(columns)
    arrays = [
        arrow.array([column.value(record) for record in records], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _arrow_schema(columns: Sequence[Column]) -> Any:
    arrow = import_module("pyarrow")
    types = [(column.name, _arrow_type(arrow, column)) for column in columns]
    return arrow.schema(types)


def _arrow_type(arrow: Any, column: Column) -> Any:
    if column.kind == "list":
        inner = [(item.name, _arrow_type(arrow, item)) for item in column.inner]
        return arrow.list_(arrow.struct(inner) if inner else arrow.int64())
    return {
        "int": arrow.int64(),
        "float": arrow.float64(),
        "bool": arrow.bool_(),
        "date": arrow.date32(),
        "moment": arrow.timestamp("us", tz="UTC"),
    }.get(column.kind, arrow.string())


def _polars_type(polars: Any, column: Column) -> Any:
    if column.kind == "list":
        inner = {item.name: _polars_type(polars, item) for item in column.inner}
        return polars.List(polars.Struct(inner) if inner else polars.Int64)
    return {
        "int": polars.Int64,
        "float": polars.Float64,
        "bool": polars.Boolean,
        "date": polars.Date,
        "moment": polars.Datetime("us", "UTC"),
    }.get(column.kind, polars.String)
