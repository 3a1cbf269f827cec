# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exports of the records of a model, for programs with `async`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import anyio
import httpx

from .async_readable_model import AsyncReadableModel
from .base_model import P
from .conditions import BaseField, Condition, Domain
from .errors import ExportIncomplete
from .export_formats import Format, RecordFormat, line_format
from .exporting import Export
from .frame_columns import Column, plan_columns
from .frames import ParquetFile, to_pandas, to_polars
from .operations import reading
from .operations.queries import Query
from .projection import Projection
from .results import R
from .targets import Target, open_target
from .typing import Progress, ReadArguments

if TYPE_CHECKING:
    import pandas
    import polars

T = TypeVar("T")


class AsyncExportableModel(AsyncReadableModel[R, P], Generic[R, P]):
    """Exports: all records of a search, from one snapshot.

    If the connection breaks, an export is continued after the last 1,000 records, with
    a new snapshot.
    """

    async def export(
        self,
        target: Target,
        *conditions: Condition | BaseField,
        format: Literal["ndjson", "csv", "parquet"] = "ndjson",
        fields: P | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        progress: Progress | None = None,
        options: ReadArguments | None = None,
        **filters: Any,
    ) -> int:
        """Write records to a file; return their number.

        :param target: a path, which is replaced when everything was written, or a file
        :param format: for `parquet`, `fields` are needed, and pyarrow
        :param progress: a function of the numbers of written and of all records
        """
        query = self._query(conditions, filters, domain, fields, order)
        with open_target(target) as file:
            if format == "parquet":
                columns = await self._plan(fields)
                with ParquetFile(columns, file) as parquet:
                    export = self._start(
                        RecordFormat(), query, limit, options, progress, strict=True
                    )
                    async with aclosing(self._rows(export)) as batches:
                        async for records in batches:
                            parquet.write(records)
                return export.done
            lines = self._start(line_format(format), query, limit, options, progress)
            async with aclosing(self._rows(lines)) as chunks:
                async for chunk in chunks:
                    file.writelines(chunk)
            return lines.done

    async def export_records(
        self,
        *conditions: Condition | BaseField,
        fields: P | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        progress: Progress | None = None,
        options: ReadArguments | None = None,
        **filters: Any,
    ) -> AsyncGenerator[R, None]:
        """Yield records, which the server reads faster than page after page."""
        query = self._query(conditions, filters, domain, fields, order)
        export = self._start(RecordFormat(), query, limit, options, progress)
        async with aclosing(self._rows(export)) as batches:
            async for records in batches:
                for record in records:
                    yield record

    async def to_pandas(
        self,
        *conditions: Condition | BaseField,
        fields: P,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        **filters: Any,
    ) -> pandas.DataFrame:
        """Return records as a data frame of pandas."""
        query = self._query(conditions, filters, domain, fields, order)
        return to_pandas(await self._plan(fields), await self._export_all(query, limit))

    async def to_polars(
        self,
        *conditions: Condition | BaseField,
        fields: P,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        **filters: Any,
    ) -> polars.DataFrame:
        """Return records as a data frame of Polars."""
        query = self._query(conditions, filters, domain, fields, order)
        return to_polars(await self._plan(fields), await self._export_all(query, limit))

    async def _plan(self, fields: Projection | None) -> Sequence[Column]:
        if fields is None:
            raise ValueError("Name the fields: they are the columns")
        steps = plan_columns(self.name, fields)
        try:
            question = next(steps)
            while True:
                call = reading.describe_fields(*question, writable=False)
                question = steps.send(await self._client.run(call))
        except StopIteration as stop:
            columns: Sequence[Column] = stop.value
            return columns

    async def _export_all(self, query: Query, limit: int | None) -> list[Any]:
        export = self._start(RecordFormat(), query, limit, strict=True)
        return [row async for rows in self._rows(export) for row in rows]

    def _start(
        self,
        form: Format[T],
        query: Query,
        limit: int | None,
        options: ReadArguments | None = None,
        progress: Progress | None = None,
        strict: bool = False,
    ) -> Export[T]:
        retries = self._client.retries
        return Export(query, form, limit, options or {}, progress, retries, strict)

    async def _rows(self, export: Export[T]) -> AsyncGenerator[list[T], None]:
        """Yield rows in lists; continue where the connection broke."""
        while not export.is_complete:
            async with self._client.stream_request(export.request()) as response:
                export.begin(response.headers)
                try:
                    async for chunk in response.aiter_bytes():
                        for rows in export.feed(chunk):
                            yield rows
                    for rows in export.end():
                        yield rows
                    continue
                except (httpx.TransportError, ExportIncomplete) as error:
                    wait = export.recover(error)
            await anyio.sleep(wait)
