# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creating, updating, upserting and deleting records, and calling methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..exchange import IDEMPOTENCY_KEY
from ..messages import Answer, Call, Request, make_request
from ..references import Id, body_id, path_id
from ..results import (
    Upserted,
    Written,
    WrittenList,
    read_list,
    read_upserted,
    read_written,
)
from .parts import join

Values = Mapping[str, Any]


@dataclass(frozen=True)
class WriteOptions:
    """How a write is carried out.

    :param dry_run: keep nothing, and answer what would change
    :param atomic: all records of a list, or none
    :param max_affected: refuse to write more records
    :param if_match: write only if the record has this version (`etag`)
    :param idempotency_key: of the client's own; otherwise a random one
    :param context: values for Odoo, such as `tracking_disable`
    :param minimal: answer only the ids of the records
    """

    dry_run: bool = False
    atomic: bool = True
    max_affected: int | None = None
    if_match: str | None = None
    idempotency_key: str | None = None
    context: Mapping[str, Any] | None = None
    minimal: bool = False

    def params(self) -> dict[str, Any]:
        return {} if self.atomic else {"atomic": False}

    def headers(self) -> dict[str, str]:
        headers = {}
        preferences = ["dry-run"] if self.dry_run else []
        if self.minimal:
            preferences.append("return=minimal")
        if self.max_affected is not None:
            preferences.append(f"max-affected={self.max_affected}")
        if preferences:
            headers["prefer"] = ", ".join(preferences)
        if self.if_match:
            headers["if-match"] = self.if_match
        if self.idempotency_key:
            headers[IDEMPOTENCY_KEY] = self.idempotency_key
        return headers

    def request(self, method: str, path: str, json: Any, **params: Any) -> Request:
        params |= self.params()
        return make_request(
            method, path, params=params, json=json, headers=self.headers()
        )

    def body(self, member: str, content: Any) -> Any:
        """Return a body, with the context beside its content if there is one."""
        if self.context is None:
            return content
        return {"context": self.context, member: content}


def as_ids(records: Id | Sequence[Id]) -> Sequence[Id]:
    return [records] if isinstance(records, Id) else records


def create(
    model: str, values: Values | Sequence[Values], options: WriteOptions
) -> Call[Any]:
    if isinstance(values, Mapping):
        return create_one(model, values, options)
    return create_list(model, values, options)


def update(
    model: str, record: Id | Sequence[Id], values: Values, options: WriteOptions
) -> Call[Any]:
    if isinstance(record, Id):
        return update_one(model, record, values, options)
    return update_list(model, record, values, options)


def create_one(model: str, values: Values, options: WriteOptions) -> Call[Written[Any]]:
    body = options.body("values", values)
    return Call(options.request("POST", join("create", model), body), read_written)


def create_list(
    model: str, records: Sequence[Values], options: WriteOptions
) -> Call[WrittenList[Any]]:
    body = options.body("records", list(records))
    request = options.request("POST", join("create", model), body)
    return Call(request, partial(read_list, status="created"))


def update_one(
    model: str, record: Id, values: Values, options: WriteOptions
) -> Call[Written[Any]]:
    body = options.body("values", values)
    path = join("update", model, path_id(record))
    return Call(options.request("PATCH", path, body), read_written)


def update_list(
    model: str, records: Sequence[Id], values: Values, options: WriteOptions
) -> Call[WrittenList[Any]]:
    """Return the request to write the same values to several records."""
    body: dict[str, Any] = {"ids": [body_id(item) for item in records]}
    body["values"] = values
    if options.context is not None:
        body["context"] = options.context
    request = options.request("PATCH", join("update", model), body)
    return Call(request, partial(read_list, status="updated"))


def update_each(
    model: str, records: Sequence[Values], options: WriteOptions
) -> Call[WrittenList[Any]]:
    """Return the request to write each record's own values; each has an `id`."""
    body = options.body("records", [_with_id(item) for item in records])
    request = options.request("PATCH", join("update", model), body)
    return Call(request, partial(read_list, status="updated"))


def delete(
    model: str, records: Id | Sequence[Id], options: WriteOptions
) -> Call[WrittenList[Any]]:
    if options.if_match and isinstance(records, Id):
        return _delete_one(model, records, options)
    body = {"ids": [body_id(item) for item in as_ids(records)]}
    request = options.request("DELETE", join("delete", model), body)
    return Call(request, partial(read_list, status="deleted"))


def _delete_one(
    model: str, record: Id, options: WriteOptions
) -> Call[WrittenList[Any]]:
    path = join("delete", model, path_id(record))
    request = make_request("DELETE", path, headers=options.headers())
    return Call(request, partial(read_list, status="deleted"))


def upsert(
    model: str,
    records: Values | Sequence[Values],
    key: str | Sequence[str],
    options: WriteOptions,
) -> Call[Upserted[Any]]:
    items = [records] if isinstance(records, Mapping) else list(records)
    names = key if isinstance(key, str) else ",".join(key)
    body = options.body("records", items)
    request = options.request("PUT", join("upsert", model), body, key=names)
    return Call(request, read_upserted)


def call(
    model: str,
    method: str,
    ids: Id | Sequence[Id] | None,
    args: Sequence[Any] | None,
    kwargs: Mapping[str, Any] | None,
    options: WriteOptions,
) -> Call[Any]:
    body: dict[str, Any] = {}
    if ids is not None:
        body["ids"] = [body_id(item) for item in as_ids(ids)]
    if args:
        body["args"] = list(args)
    if kwargs:
        body["kwargs"] = dict(kwargs)
    if options.context is not None:
        body["context"] = options.context
    request = options.request("POST", join("call", model, method), body)
    return Call(request, _read_result)


def _with_id(values: Values) -> Values:
    return {**values, "id": body_id(values["id"])} if "id" in values else values


def _read_result(answer: Answer) -> Any:
    data = answer.data
    return data["result"] if "result" in data else data["results"]
