# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Batches: several requests in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import quote

from typing_extensions import Unpack

from .base_model import V
from .conditions import BaseField, Condition, Domain
from .errors import ClientError
from .messages import UNSET, Answer, Call, make_request
from .operations import reading, writing
from .operations.queries import Query
from .operations.writing import WriteOptions
from .projection import Projection
from .references import Id, StepRef
from .results import Change, Upserted, Written, WrittenList, read_changes
from .typing import WriteArguments

if TYPE_CHECKING:
    from .async_client import AsyncClient
    from .client import Client

T = TypeVar("T")


class Step(StepRef, Generic[T]):
    """A request of a batch.

    `step["id"]` stands for a member of its answer in the steps that follow.
    """

    def __init__(self, number: int, call: Call[T]) -> None:
        super().__init__(str(number))
        self._call = call
        self._answer: Answer | None = None

    @property
    def result(self) -> T:
        """The result, after the batch ran.

        :raises ClientError: it did not run
        """
        if self._answer is None:
            raise ClientError("The batch did not run yet")
        return self._call.parse(self._answer)

    def to_json(self) -> dict[str, Any]:
        raise TypeError('Name a member of the answer, such as step["id"]')

    def describe(self) -> dict[str, Any]:
        """Return the step as the API takes it."""
        request = self._call.request
        path = request.path
        if request.params:
            pairs = (f"{name}={quote(value)}" for name, value in request.params)
            path += f"?{'&'.join(pairs)}"
        step: dict[str, Any] = {"method": request.method, "path": path}
        if request.json is not UNSET:
            step["body"] = request.json
        headers = {name: value for name, value in request.headers if name == "if-match"}
        return step | ({"headers": headers} if headers else {})

    def accept(self, answer: Answer) -> None:
        self._answer = answer


class BaseBatch:
    """A batch, without input and output."""

    def __init__(self) -> None:
        self.steps: list[Step[Any]] = []
        self.changes: list[Change] = []  # of a dry run, after it

    def add(self, call: Call[T]) -> Step[T]:
        """Add a request."""
        step = Step(len(self.steps), call)
        self.steps.append(step)
        return step

    def search(
        self,
        model: str,
        *conditions: Condition | BaseField,
        fields: Projection | None = None,
        domain: Condition | Domain | None = None,
        order: str | None = None,
        limit: int | None = None,
        **filters: Any,
    ) -> Step[list[dict[str, Any]]]:
        query = Query(model, conditions, filters, domain, fields, order)
        return self.add(reading.search(query, limit, None, {}, in_body=True))

    def get(
        self, model: str, record: Id, fields: Projection | None = None
    ) -> Step[dict[str, Any]]:
        return self.add(reading.get(model, record, fields, {}))

    def create(
        self, model: str, values: Mapping[str, Any], **options: Unpack[WriteArguments]
    ) -> Step[Written]:
        return self.add(writing.create_one(model, values, WriteOptions(**options)))

    def create_list(
        self, model: str, values: Sequence[V], **options: Unpack[WriteArguments]
    ) -> Step[WrittenList]:
        return self.add(writing.create_list(model, values, WriteOptions(**options)))

    def update(
        self,
        model: str,
        record: Id,
        values: Mapping[str, Any],
        **options: Unpack[WriteArguments],
    ) -> Step[Written]:
        call = writing.update_one(model, record, values, WriteOptions(**options))
        return self.add(call)

    def delete(
        self,
        model: str,
        ids: Id | Sequence[Id],
        **options: Unpack[WriteArguments],
    ) -> Step[WrittenList]:
        return self.add(writing.delete(model, ids, WriteOptions(**options)))

    def upsert(
        self,
        model: str,
        records: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        key: str | Sequence[str],
        **options: Unpack[WriteArguments],
    ) -> Step[Upserted]:
        call = writing.upsert(model, records, key, WriteOptions(**options))
        return self.add(call)

    def call(
        self,
        model: str,
        method: str,
        ids: Id | Sequence[Id] | None = None,
        args: Sequence[Any] | None = None,
        kwargs: Mapping[str, Any] | None = None,
        **options: Unpack[WriteArguments],
    ) -> Step[Any]:
        given = WriteOptions(**options)
        return self.add(writing.call(model, method, ids, args, kwargs, given))

    def request(self, method: str, path: str, json: Any = UNSET) -> Step[Any]:
        """Add a request to a path below `/api/v2`, whose result is its `data`."""
        request = make_request(method, path, json=json)
        return self.add(Call(request, lambda answer: answer.data))

    def _prepare(self, options: WriteOptions) -> Call[list[Any]]:
        body = {"steps": [step.describe() for step in self.steps]}
        request = make_request("POST", "/batch", json=body, headers=options.headers())
        return Call(request, self._accept)

    def _accept(self, answer: Answer) -> list[Any]:
        results = answer.data["results"]
        self.changes = read_changes(answer)
        for step, item in zip(self.steps, results, strict=True):
            headers = answer.headers.copy()
            headers.update(item.get("headers") or {})
            step.accept(Answer(item["data"], "", item["status"], headers))
        return [step.result for step in self.steps]


class Batch(BaseBatch):
    """Requests that all succeed, or none: `client.batch()`."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client

    def run(self, **options: Unpack[WriteArguments]) -> list[Any]:
        """Send the batch; return the results of the steps, in their order.

        :raises ApiError: a step failed, see `step`; nothing is saved
        """
        return self._client.run(self._prepare(WriteOptions(**options)))


class AsyncBatch(BaseBatch):
    """The same, for `async`."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__()
        self._client = client

    async def run(self, **options: Unpack[WriteArguments]) -> list[Any]:
        """Send the batch, see `Batch.run`."""
        return await self._client.run(self._prepare(WriteOptions(**options)))
