# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A model of Odoo, and its records, for programs with `async`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, overload

from typing_extensions import Unpack

from .async_exportable_model import AsyncExportableModel
from .base_model import P, V
from .operations import writing
from .operations.writing import WriteOptions
from .references import Id
from .results import R, Upserted, Written, WrittenList
from .typing import WriteArguments


class AsyncModel(AsyncExportableModel[R, P], Generic[R, V, P]):
    """A model, by name: `client["res.partner"]`.

    The keyword arguments of writes are those of `WriteOptions`.
    """

    @overload
    async def create(
        self, values: V, **options: Unpack[WriteArguments]
    ) -> Written[R]: ...

    @overload
    async def create(
        self, values: Sequence[V], **options: Unpack[WriteArguments]
    ) -> WrittenList[R]: ...

    async def create(self, values: Any, **options: Unpack[WriteArguments]) -> Any:
        """Create a record, or a list of up to 1,000 records."""
        call = writing.create(self.name, values, WriteOptions(**options))
        return await self._client.run(call)

    @overload
    async def update(  # type: ignore[overload-overlap]
        self, record: Id, values: V, **options: Unpack[WriteArguments]
    ) -> Written[R]: ...

    @overload
    async def update(
        self, record: Sequence[Id], values: V, **options: Unpack[WriteArguments]
    ) -> WrittenList[R]: ...

    async def update(
        self, record: Any, values: Any, **options: Unpack[WriteArguments]
    ) -> Any:
        """Write values to a record, or the same ones to several."""
        call = writing.update(self.name, record, values, WriteOptions(**options))
        return await self._client.run(call)

    async def update_each(
        self, records: Sequence[V], **options: Unpack[WriteArguments]
    ) -> WrittenList[R]:
        """Write to each record its own values, beside its `id`."""
        call = writing.update_each(self.name, records, WriteOptions(**options))
        return await self._client.run(call)

    async def delete(
        self, ids: Id | Sequence[Id], **options: Unpack[WriteArguments]
    ) -> WrittenList[R]:
        """Delete one or more records."""
        call = writing.delete(self.name, ids, WriteOptions(**options))
        return await self._client.run(call)

    async def upsert(
        self,
        records: V | Sequence[V],
        key: str | Sequence[str],
        **options: Unpack[WriteArguments],
    ) -> Upserted[R]:
        """Create or update records, which are found by some of their fields.

        :param key: names of fields, or `external_id`
        """
        call = writing.upsert(self.name, records, key, WriteOptions(**options))
        return await self._client.run(call)

    async def call(
        self,
        method: str,
        ids: Id | Sequence[Id] | None = None,
        args: Sequence[Any] | None = None,
        kwargs: Mapping[str, Any] | None = None,
        **options: Unpack[WriteArguments],
    ) -> Any:
        """Call a method, and return its result."""
        given = WriteOptions(**options)
        call = writing.call(self.name, method, ids, args, kwargs, given)
        return await self._client.run(call)
