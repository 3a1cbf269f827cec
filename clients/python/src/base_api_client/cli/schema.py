# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fields of models, as `/fields` describes them to the caller."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from base_api_client import ApiError, Client


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    relation: str | None
    writable: bool
    natural_keys: tuple[str, ...]


class Schema:
    """Fields of models; each model is read once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._models: dict[str, dict[str, Field]] = {}

    def fields(self, model: str) -> dict[str, Field]:
        """Return the fields of a model by name.

        :raises ApiError: if the caller may not read the model
        """
        if model not in self._models:
            data = self._client.request("GET", f"/fields/{model}").data
            found = [read_field(values) for values in data["fields"]]
            self._models[model] = {field.name: field for field in found}
        return self._models[model]

    def field_type(self, model: str | None, name: str) -> str:
        """Return the type of a field, `char` if the caller may not know it."""
        try:
            field = self.fields(model).get(name) if model else None
        except ApiError:
            field = None
        return field.type if field else "char"


def read_field(values: dict[str, Any]) -> Field:
    keys = values.get("natural_keys") or []
    return Field(
        name=values["name"],
        type=values["type"],
        relation=values.get("relation") or None,
        writable=values.get("writable", True),
        natural_keys=tuple(key[0] for key in keys if len(key) == 1),
    )


def suggest(name: str, names: list[str]) -> str:
    """Return the end of a message about an unknown name: the nearest known one."""
    near = get_close_matches(name, names, n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
