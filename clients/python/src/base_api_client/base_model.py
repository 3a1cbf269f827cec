# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the models of both clients have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from typing_extensions import TypeVar

from .conditions import BaseField, Condition, Domain, F, Fields
from .operations.queries import Query
from .projection import Projection

# What is written, and which fields are read. The types that are generated for a
# database have better ones.
V = TypeVar("V", bound=Mapping[str, Any], default=Mapping[str, Any])
P = TypeVar("P", bound=Projection, default=Projection)


class BaseModel:
    """A model, without input and output."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def f(self) -> Fields:
        """The fields, for conditions; the same as `F`, but for generated types."""
        return F

    def _query(
        self,
        conditions: tuple[Condition | BaseField, ...],
        filters: Mapping[str, Any],
        domain: Condition | Domain | None = None,
        fields: Projection | None = None,
        order: str | Iterable[str] | None = None,
    ) -> Query:
        return Query(self.name, conditions, filters, domain, fields, order)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"
