# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading records, counts and descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..messages import Answer, Call, make_request
from ..projection import Projection, fields_parameter
from ..references import Id, path_id
from ..results import Record
from .queries import Query


@dataclass(frozen=True)
class Page:
    """A part of what a search finds.

    :param next_cursor: for the next page; None if this is the last one
    :param total_count: of all records that were found; None if they were not counted
    """

    records: list[Record]
    next_cursor: str | None
    total_count: int | None


def search(
    query: Query,
    limit: int | None = None,
    offset: int | None = None,
    nested_limit: int | None = None,
    translations: str | None = None,
) -> Call[list[Record]]:
    more = {"nested_limit": nested_limit, "translations": translations}
    request = query.search(limit=limit, offset=offset, count="none", **more)
    return Call(request, lambda answer: answer.data["records"])


def page(
    query: Query,
    limit: int,
    cursor: str | None = None,
    count: str = "none",
    nested_limit: int | None = None,
    translations: str | None = None,
) -> Call[Page]:
    more = {"nested_limit": nested_limit, "translations": translations}
    request = query.search(limit=limit, cursor=cursor, count=count, **more)
    return Call(request, _read_page)


def get(
    model: str,
    record: Id,
    fields: Projection | None = None,
    nested_limit: int | None = None,
    translations: str | None = None,
) -> Call[Record]:
    params = {"fields": fields_parameter(fields), "nested_limit": nested_limit}
    params["translations"] = translations
    request = make_request("GET", f"/search/{model}/{path_id(record)}", params=params)
    return Call(request, lambda answer: answer.data["record"])


def count(query: Query) -> Call[int]:
    request = make_request("GET", f"/count/{query.model}", params=query.find())
    return Call(request, lambda answer: answer.data["count"])


def describe_fields(model: str, writable: bool = False) -> Call[list[dict[str, Any]]]:
    params = {"writable": True} if writable else None
    request = make_request("GET", f"/fields/{model}", params=params)
    return Call(request, lambda answer: answer.data["fields"])


def list_actions(model: str, record: Id | None = None) -> Call[list[dict[str, Any]]]:
    path = f"/actions/{model}" + (f"/{path_id(record)}" if record is not None else "")
    return Call(make_request("GET", path), lambda answer: answer.data["actions"])


def list_methods(model: str, generic: bool = False) -> Call[list[dict[str, Any]]]:
    params = {"generic": True} if generic else None
    request = make_request("GET", f"/methods/{model}", params=params)
    return Call(request, lambda answer: answer.data["methods"])


def list_models(search: str | None = None) -> Call[list[dict[str, Any]]]:
    request = make_request("GET", "/models", params={"search": search})
    return Call(request, lambda answer: answer.data["models"])


def _read_page(answer: Answer) -> Page:
    data = answer.data
    return Page(data["records"], data.get("next_cursor"), data["total_count"])
