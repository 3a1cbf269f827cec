# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the name of a filter leads to: a field, a property or external ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..errors import InvalidFilter, RecordNotFound
from ..external_ids import MARK
from ..lookup import named_ids, parse_id
from .conditions import cast_ordered, cast_value, compare, is_set
from .external_ids import ExternalIdTarget
from .paths import follow
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

    @property
    def holds_ids(self) -> bool:
        return bool(self.field.relational) or self.field.name == "id"

    def cast(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(MARK) and self.holds_ids:
            return self.cast_id(value)
        return cast_value(self.model.env, self.field, value)

    def cast_id(self, text: str) -> int:
        """Return the id of a record, or that of `@module.name`."""
        model = self.model
        if self.field.relational and text.startswith(MARK):
            model = follow(model, self.field, InvalidFilter)
        try:
            return named_ids(model, [parse_id(text)])[0]
        except RecordNotFound:
            raise ValueError(
                f"the external id of a record of {model._name}, which {text} is not"
            ) from None

    def cast_ordered(self, value: Any) -> Any:
        return cast_ordered(self.field, value)

    def compare(self, operator: str, value: Any) -> Domain:
        return compare(self.model, self.field, operator, value)

    def is_set(self) -> Domain:
        return is_set(self.model, self.field)


Target = ExternalIdTarget | FieldTarget | Property
