# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A model of Odoo, and its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .conditions import Condition, Domain, Field
from .operations import reading, writing
from .operations.queries import Query
from .operations.writing import WriteOptions
from .projection import Projection
from .references import Id, Ref
from .results import Record, Upserted, Written, WrittenList

if TYPE_CHECKING:
    from .client import Client


class Model:
    """A model, by name: `client["res.partner"]`."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self.name = name

    def search(
        self,
        *conditions: Condition | Field,
        fields: Projection | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **filters: Any,
    ) -> list[Record]:
        """Return a page of records; without `limit`, 10 of them."""
        query = Query(self.name, conditions, filters, domain, fields, order)
        return self._client.run(reading.search(query, limit, offset))

    def iterate(
        self,
        *conditions: Condition | Field,
        fields: Projection | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        page_size: int = 500,
        **filters: Any,
    ) -> Iterator[Record]:
        """Yield all records, page after page."""
        query = Query(self.name, conditions, filters, domain, fields, order)
        cursor = None
        while True:
            page = self._client.run(reading.page(query, page_size, cursor))
            yield from page.records
            cursor = page.next_cursor
            if cursor is None:
                return

    def get(self, record: Id, fields: Projection | None = None) -> Record:
        """Return one record, by id or external id."""
        return self._client.run(reading.get(self.name, record, fields))

    def count(
        self,
        *conditions: Condition | Field,
        domain: Condition | Domain | None = None,
        **filters: Any,
    ) -> int:
        query = Query(self.name, conditions, filters, domain)
        return self._client.run(reading.count(query))

    def fields(self) -> list[dict[str, Any]]:
        """Return the description of each field."""
        return self._client.run(reading.describe_fields(self.name))

    def actions(self, record: Id | None = None) -> list[dict[str, Any]]:
        """Return what can be done with records, or with one of them."""
        return self._client.run(reading.list_actions(self.name, record))

    def create(self, values: Any, dry_run: bool = False) -> Any:
        """Create a record, or a list of records."""
        options = WriteOptions(dry_run)
        if isinstance(values, Mapping):
            return self._client.run(writing.create_one(self.name, values, options))
        return self._client.run(writing.create_list(self.name, values, options))

    def update(
        self, record: Id, values: Mapping[str, Any], dry_run: bool = False
    ) -> Written:
        options = WriteOptions(dry_run)
        call = writing.update_one(self.name, record, values, options)
        return self._client.run(call)

    def delete(self, ids: Id | Sequence[Id], dry_run: bool = False) -> WrittenList:
        records = [ids] if isinstance(ids, int | str | Ref) else ids
        options = WriteOptions(dry_run)
        return self._client.run(writing.delete(self.name, records, options))

    def upsert(
        self,
        records: Sequence[Mapping[str, Any]],
        key: Sequence[str],
        dry_run: bool = False,
        idempotency_key: str | None = None,
    ) -> Upserted:
        options = WriteOptions(dry_run, idempotency_key=idempotency_key)
        return self._client.run(writing.upsert(self.name, records, key, options))

    def call(
        self,
        method: str,
        ids: Sequence[Id] | None = None,
        args: Sequence[Any] | None = None,
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call a method, and return its result."""
        return self._client.run(writing.call(self.name, method, ids, args, kwargs))
