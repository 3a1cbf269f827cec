# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records by other names than their ids."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote


class Ref:
    """A record by its external id, or by the values of some of its fields.

    >>> Ref("base.be")
    Ref('base.be')
    >>> Ref(code="CA", country_id=Ref(code="US"))
    Ref(code='CA', country_id=Ref(code='US'))

    :param create: create the record from the same values if it does not exist
    """

    def __init__(
        self, external_id: str | None = None, *, create: bool = False, **values: Any
    ) -> None:
        if external_id is None and not values:
            raise ValueError("Ref needs an external id or the values of fields")
        self.external_id = external_id
        self.values = values
        self.create = create

    def to_json(self) -> dict[str, Any]:
        """Return the reference as the API takes it."""
        result = dict(self.values)
        if self.external_id is not None:
            result = {"external_id": self.external_id} | result
        return result | {"create": True} if self.create else result

    def __repr__(self) -> str:
        shown = [] if self.external_id is None else [repr(self.external_id)]
        shown += [f"{name}={value!r}" for name, value in self.values.items()]
        return f"Ref({', '.join(shown + ['create=True'] * self.create)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(repr(self))


class StepRef:
    """A member of the answer to an earlier step of a batch: `step["id"]`."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __getitem__(self, name: str | int) -> StepRef:
        return StepRef(f"{self.path}.{name}")

    def to_json(self) -> dict[str, str]:
        return {"$ref": self.path}

    def __repr__(self) -> str:
        return f"StepRef({self.path!r})"


Id = int | str | Ref | StepRef


def path_id(record: Id) -> str:
    """Return a record as a part of a path or of a query string.

    :param record: an id, an external id (`base.be` or `@base.be`), or a `Ref`
    :raises ValueError: a `Ref` without an external id
    """
    if isinstance(record, Ref):
        if record.external_id is None or record.values:
            raise ValueError(f"{record!r} cannot stand in a path: it needs an id")
        record = record.external_id
    if isinstance(record, StepRef):
        return f"{{{record.path}}}"
    if isinstance(record, int) or record.isdecimal():
        return str(record)
    return f"@{quote(record.removeprefix('@'), safe='')}"


def body_id(record: Id) -> Any:
    """Return a record as a part of a body, see `path_id`."""
    if isinstance(record, str):
        if record.isdecimal():
            return int(record)
        return {"external_id": record.removeprefix("@")}
    return record
