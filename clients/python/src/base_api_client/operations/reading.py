# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading records, counts, groups and descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from ..messages import Answer, Call, make_request
from ..projection import Projection, fields_parameter
from ..references import Id, path_id
from ..results import R
from ..typing import ReadArguments
from .parts import join
from .queries import Query

Description = dict[str, Any]


@dataclass(frozen=True)
class Page(Generic[R]):
    """A part of what a search finds.

    :param next_cursor: for the next page; None if this is the last one
    :param total_count: of all records that were found; None if they were not counted
    """

    records: list[R]
    next_cursor: str | None
    total_count: int | None


def search(
    query: Query,
    limit: int | None,
    offset: int | None,
    options: ReadArguments,
    in_body: bool = False,
) -> Call[Any]:
    page = {"limit": limit, "offset": offset, "count": "none", **options}
    request = query.search(page, in_body)
    return Call(request, lambda answer: answer.data["records"])


def page(
    query: Query,
    limit: int | None,
    cursor: str | None,
    count: str,
    options: ReadArguments,
) -> Call[Page[Any]]:
    page = {"limit": limit, "cursor": cursor, "count": count, **options}
    request = query.search(page)
    return Call(request, _read_page)


def get(
    model: str, record: Id, fields: Projection | None, options: ReadArguments
) -> Call[Any]:
    params = {"fields": fields_parameter(fields), **options}
    request = make_request("GET", join("search", model, path_id(record)), params=params)
    return Call(request, lambda answer: answer.data["record"])


def count(query: Query) -> Call[int]:
    request = make_request("GET", join("count", query.model), params=query.find())
    return Call(request, lambda answer: answer.data["count"])


def aggregate(
    query: Query,
    groupby: str | Iterable[str] | None,
    measures: str | Iterable[str] | None,
    limit: int | None,
    offset: int | None,
) -> Call[list[dict[str, Any]]]:
    params = {"groupby": _names(groupby), "measures": _names(measures)}
    more = {"order": query.order_text, "limit": limit, "offset": offset}
    pairs = [*params.items(), *more.items(), *query.find()]
    request = make_request("GET", join("aggregate", query.model), params=pairs)
    return Call(request, lambda answer: answer.data["groups"])


def describe_fields(
    model: str, names: Sequence[str] | None, writable: bool
) -> Call[list[Description]]:
    params = {"fields": _names(names), "writable": True if writable else None}
    request = make_request("GET", join("fields", model), params=params)
    return Call(request, lambda answer: answer.data["fields"])


def list_actions(model: str, record: Id | None) -> Call[list[Description]]:
    parts = [] if record is None else [path_id(record)]
    request = make_request("GET", join("actions", model, *parts))
    return Call(request, lambda answer: answer.data["actions"])


def list_methods(model: str, generic: bool) -> Call[list[Description]]:
    params = {"generic": True if generic else None}
    request = make_request("GET", join("methods", model), params=params)
    return Call(request, lambda answer: answer.data["methods"])


def list_models(search: str | None) -> Call[list[Description]]:
    request = make_request("GET", "/models", params={"search": search})
    return Call(request, lambda answer: answer.data["models"])


def me() -> Call[Description]:
    request = make_request("GET", "/auth/me")
    return Call(request, lambda answer: answer.data["user"])


def _names(names: str | Iterable[str] | None) -> str | None:
    return names if names is None or isinstance(names, str) else ",".join(names)


def _read_page(answer: Answer) -> Page[Any]:
    data = answer.data
    return Page(data["records"], data.get("next_cursor"), data["total_count"])
