# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searches of the command line as parameters of the API."""

from collections.abc import Iterator, Sequence
from typing import Any

from base_api_client import Client

from .words import read_json, split_pairs

Params = list[tuple[str, str]]
Page = dict[str, Any]
PAGE_SIZE = 500


def read_query(
    filters: Sequence[str] | None,
    fields: str | None = None,
    order: str | None = None,
    domain: str | None = None,
) -> Params:
    """Return the parameters of a search.

    :raises UsageProblem: if a filter is not a pair, or the domain not JSON
    """
    params = split_pairs(filters or (), "a filter such as name=Azure")
    if fields:
        params.append(("fields", ",".join(split_names(fields))))
    if order:
        params.append(("order", order))
    if domain:
        read_json(domain, "--domain")
        params.append(("domain", domain))
    return params


def split_names(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def first_page(client: Client, model: str, params: Params, **more: Any) -> Page:
    query = [*params, *((name, str(value)) for name, value in more.items())]
    answer = client.request("GET", f"/search/{model}", params=query)
    page: Page = answer.data
    return page


def all_pages(client: Client, model: str, params: Params) -> Iterator[Page]:
    """Give all pages of a search."""
    page = first_page(client, model, params, limit=PAGE_SIZE)
    yield page
    while cursor := page.get("next_cursor"):
        page = first_page(client, model, params, limit=PAGE_SIZE, cursor=cursor)
        yield page
