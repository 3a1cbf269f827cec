# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is done with the records of a file: create, update or upsert."""

from dataclasses import dataclass
from typing import Any

from ..columns import EXTERNAL_ID

ID = "id"


@dataclass(frozen=True)
class Operation:
    """An operation on a model; `key` are the fields that identify a record."""

    name: str
    model: str
    key: tuple[str, ...] = ()

    @property
    def special(self) -> tuple[str, ...]:
        """Names beside the fields of the model that a record can have."""
        if self.name == "update":
            return (ID, EXTERNAL_ID)
        return (EXTERNAL_ID,) if EXTERNAL_ID in self.key else ()

    @property
    def method(self) -> str:
        return {"create": "POST", "update": "PATCH", "upsert": "PUT"}[self.name]

    @property
    def path(self) -> str:
        return f"/{self.name}/{self.model}"

    @property
    def params(self) -> dict[str, str]:
        return {"key": ",".join(self.key)} if self.name == "upsert" else {}

    def identify(self, record: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return what identifies a record, None for one that is created.

        :raises ValueError: if it is missing or empty
        """
        if self.name == "create":
            return None
        for name in self.key:
            if record.get(name) in (None, ""):
                raise ValueError(f"{name}: required")
        return tuple(record[name] for name in self.key)

    def body(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the object that is sent for a record."""
        if self.name != "update":
            return record
        values = {name: value for name, value in record.items() if name not in self.key}
        [key] = self.key
        return {ID: _record_id(key, record[key]), **values}

    def count(self, data: dict[str, Any]) -> dict[str, int]:
        """Return how many records were created, updated, unchanged or failed."""
        if self.name == "upsert":
            counts = {name: data[name] for name in ("created", "updated", "unchanged")}
            return counts | {"failed": data.get("failed", 0)}
        done = "created" if self.name == "create" else "updated"
        succeeded = data["succeeded"] if "succeeded" in data else len(data["ids"])
        return {done: succeeded, "failed": data.get("failed", 0)}


def _record_id(key: str, value: Any) -> Any:
    if key == EXTERNAL_ID:
        return {EXTERNAL_ID: value}
    text = str(value)
    if text.startswith("@"):
        return {EXTERNAL_ID: text[1:]}
    return int(text) if text.isdecimal() else value
