# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the name of a filter leads to: a field or a property."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from odoo.fields import Domain, Field
from odoo.models import BaseModel

from .conditions import cast_ordered, cast_value, compare, is_set
from .properties import Property


@dataclass(frozen=True)
class FieldTarget:
    """A field to compare with values, with the interface of a `Property`.

    :param model: of the last field
    :param fields: along the path
    """

    model: BaseModel
    fields: list[Field]

    @property
    def field(self) -> Field:
        return self.fields[-1]

    @property
    def type(self) -> str:
        return self.field.type

    def cast(self, value: Any) -> Any:
        return cast_value(self.model.env, self.field, value)

    def cast_ordered(self, value: Any) -> Any:
        return cast_ordered(self.field, value)

    def compare(self, operator: str, value: Any) -> Domain:
        return compare(self.model, self.field, operator, value)

    def is_set(self) -> Domain:
        return is_set(self.model, self.field)


Target = FieldTarget | Property
