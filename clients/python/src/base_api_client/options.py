# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a client sends with every request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import httpx

from .messages import Request
from .version import __version__

PREFIX = "/api/v2"
Types = Literal["strict", "odoo"]


def _is_web_address(text: str) -> bool:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)


@dataclass(frozen=True)
class Options:
    """The address of a server, and preferences.

    :param types: how records represent values: `strict` (None for empty values, objects
        for relations) or as `odoo` does (False, and pairs)
    """

    url: str
    database: str | None = None
    language: str | None = None
    company_id: int | Sequence[int] | None = None
    timezone: str | None = None
    types: Types = "strict"
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        url = self.url.rstrip("/")
        address = url if url.endswith(PREFIX) else url + PREFIX
        if not _is_web_address(address):
            raise ValueError(f"An address with http:// or https:// is needed: {url}")
        object.__setattr__(self, "url", address)
        object.__setattr__(self, "headers", self._make_headers())

    def _make_headers(self) -> dict[str, str]:
        headers = {
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            "user-agent": f"base-api-client/{__version__}",
        }
        if self.database:
            headers["x-odoo-database"] = self.database
        if self.language:
            headers["accept-language"] = self.language.replace("_", "-")
        if self.company_id is not None:
            ids = self.company_id
            numbers = [ids] if isinstance(ids, int) else ids
            headers["x-company-id"] = ",".join(map(str, numbers))
        if self.timezone:
            headers["x-timezone"] = self.timezone
        return headers

    def make_headers(self, request: Request) -> httpx.Headers:
        """Return the headers of a request; its own take precedence."""
        headers = httpx.Headers(self.headers)
        headers.update(dict(request.headers))
        preferences = headers.get("prefer", "")
        if "types=" not in preferences:
            wanted = [preferences, f"types={self.types}"]
            headers["prefer"] = ", ".join(item for item in wanted if item)
        return headers
