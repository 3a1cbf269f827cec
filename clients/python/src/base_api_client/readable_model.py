# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading the records of a model, for programs without `async`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal

from .base_model import BaseModel, P
from .conditions import BaseField, Condition, Domain
from .files import File
from .messages import Call, make_request
from .operations import files, reading
from .operations.reading import Description, Page
from .references import Id
from .results import R
from .targets import Target, open_target
from .typing import ReadArguments

if TYPE_CHECKING:
    from .client import Client


class ReadableModel(BaseModel, Generic[R, P]):
    """What can be read of a model.

    Searches take conditions (`F.name.ilike("desk")`), keyword filters
    (`name__ilike="desk"`) and a `domain`, which all have to be met.
    """

    def __init__(self, client: Client, name: str) -> None:
        super().__init__(name)
        self._client = client

    def search(
        self,
        *conditions: Condition | BaseField,
        fields: P | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        options: ReadArguments | None = None,
        **filters: Any,
    ) -> list[R]:
        """Return records, at most `limit`, which is 10 without it and at most 1,000."""
        query = self._query(conditions, filters, domain, fields, order)
        return self._client.run(reading.search(query, limit, offset, options or {}))

    def page(
        self,
        *conditions: Condition | BaseField,
        fields: P | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: Literal["exact", "estimated", "none"] = "none",
        options: ReadArguments | None = None,
        **filters: Any,
    ) -> Page[R]:
        """Return records with the cursor of the next page, and perhaps their number."""
        query = self._query(conditions, filters, domain, fields, order)
        return self._client.run(
            reading.page(query, limit, cursor, count, options or {})
        )

    def iterate(
        self,
        *conditions: Condition | BaseField,
        fields: P | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        page_size: int = 500,
        options: ReadArguments | None = None,
        **filters: Any,
    ) -> Iterator[R]:
        """Yield all records, page after page."""
        query = self._query(conditions, filters, domain, fields, order)
        cursor = None
        while True:
            page = self._client.run(
                reading.page(query, page_size, cursor, "none", options or {})
            )
            yield from page.records
            cursor = page.next_cursor
            if cursor is None:
                return

    def get(
        self,
        record: Id,
        fields: P | None = None,
        options: ReadArguments | None = None,
    ) -> R:
        """Return one record, by its id or external id.

        :raises NotFound: the record does not exist, or the caller may not read it
        """
        call: Call[R] = reading.get(self.name, record, fields, options or {})
        return self._client.run(call)

    def count(
        self,
        *conditions: Condition | BaseField,
        domain: Condition | Domain | None = None,
        **filters: Any,
    ) -> int:
        """Return the number of records."""
        query = self._query(conditions, filters, domain)
        return self._client.run(reading.count(query))

    def aggregate(
        self,
        *conditions: Condition | BaseField,
        groupby: str | Iterable[str] | None = None,
        measures: str | Iterable[str] | None = None,
        domain: Condition | Domain | None = None,
        order: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **filters: Any,
    ) -> list[dict[str, Any]]:
        """Return groups of records with their measures, such as `amount_total:sum`."""
        query = self._query(conditions, filters, domain, None, order)
        return self._client.run(
            reading.aggregate(query, groupby, measures, limit, offset)
        )

    def fields(
        self, names: Sequence[str] | None = None, writable: bool = False
    ) -> list[Description]:
        """Return the description of each field.

        :param writable: only of fields that can be written
        """
        return self._client.run(reading.describe_fields(self.name, names, writable))

    def actions(self, record: Id | None = None) -> list[Description]:
        """Return what can be done with the records, or with one of them."""
        return self._client.run(reading.list_actions(self.name, record))

    def methods(self, generic: bool = False) -> list[Description]:
        """Return the methods that can be called; or `generic` ones too."""
        return self._client.run(reading.list_methods(self.name, generic))

    def read_file(self, record: Id, field: str) -> File:
        """Return the content of a binary field.

        :raises NotFound: the record does not exist, or the field is empty
        """
        path = files.binary_path(self.name, record, field)
        return self._client.read_file(path)

    def download(self, record: Id, field: str, target: Target) -> None:
        """Write the content of a binary field to a file, without keeping it in memory.

        :param target: a path, which is replaced when everything was written, or a file
        :raises ConnectionFailed: the connection broke on the way
        """
        request = make_request("GET", files.binary_path(self.name, record, field))
        with open_target(target) as file:
            with self._client.stream_request(request) as response:
                for chunk in response.iter_bytes():
                    file.write(chunk)
