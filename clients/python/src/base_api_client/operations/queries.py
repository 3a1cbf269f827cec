# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searches, counts and exports as parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..conditions import BaseField, Condition, Domain, make_domain
from ..encoding import dump_json
from ..filters import make_filters
from ..messages import Request, as_text, make_request
from ..projection import Projection, fields_parameter, flatten
from .parts import join

# Longer queries are sent in a body: many proxies refuse addresses above 8 kB.
MAX_QUERY = 4000


@dataclass(frozen=True)
class Query:
    """Which records, with which fields, in which order."""

    model: str
    conditions: tuple[Condition | BaseField, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    domain: Condition | Domain | None = None
    fields: Projection | None = None
    order: str | Iterable[str] | None = None

    @property
    def order_text(self) -> str | None:
        if self.order is None or isinstance(self.order, str):
            return self.order
        return ",".join(self.order)

    def find(self) -> list[tuple[str, str]]:
        """Return the parameters that say which records are meant."""
        params = make_filters(self.filters)
        domain = make_domain(self.conditions, self.domain)
        if domain:
            params.append(("domain", dump_json(domain).decode()))
        return params

    def export(self, more: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
        path = join("export", self.model)
        return make_request("GET", path, params=self._params(more), headers=headers)

    def search(self, more: Mapping[str, Any], in_body: bool = False) -> Request:
        """Return the request for a page, with a body if the query is long.

        :param in_body: always with a body; keyword filters need a query string
        """
        params = self._params(more)
        path = join("search", self.model)
        is_short = sum(len(value) for _, value in params) <= MAX_QUERY
        if self.filters or (is_short and not in_body):
            return make_request("GET", path, params=params)
        body = {name: value for name, value in more.items() if value is not None}
        body["domain"] = make_domain(self.conditions, self.domain)
        if self.fields is not None:
            body["fields"] = flatten(self.fields)
        if self.order_text is not None:
            body["order"] = self.order_text
        return make_request("POST", path, json=body)

    def _params(self, more: Mapping[str, Any]) -> list[tuple[str, str]]:
        params: list[tuple[str, Any]] = [*more.items()]
        params.append(("fields", fields_parameter(self.fields)))
        params.append(("order", self.order_text))
        known = [(name, as_text(value)) for name, value in params if value is not None]
        return [*known, *self.find()]
