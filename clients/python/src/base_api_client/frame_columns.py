# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The columns of data frames, from the descriptions of fields.

Related records become columns such as `partner_id.id` and `partner_id.display_name`;
lists of related records stay lists.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from .errors import ClientError
from .operations.reading import Description
from .projection import Projection, flatten

Kind = Literal["int", "float", "bool", "text", "date", "moment", "json", "list"]
Tree = dict[str, "Tree"]
# A model and names of its fields, to describe.
Question = tuple[str, list[str]]

_KINDS: dict[str, Kind] = {
    "boolean": "bool",
    "date": "date",
    "datetime": "moment",
    "float": "float",
    "integer": "int",
    "json": "json",
    "many2one_reference": "int",
    "monetary": "float",
    "properties": "json",
    "properties_definition": "json",
}
_OWN: dict[str, Kind] = {"external_id": "text", "external_ids": "json", "id": "int"}
_LISTS = ("one2many", "many2many")


@dataclass(frozen=True)
class Column:
    """A column.

    :param path: to its value in a record
    :param inner: the columns of the records in a list; empty for a list of ids
    """

    name: str
    kind: Kind
    path: tuple[str, ...]
    inner: tuple[Column, ...] = ()

    def value(self, record: Any) -> Any:
        """Return the value of a record; None if it, or what leads to it, is empty."""
        for name in self.path:
            record = record.get(name) if record else None
        if record is None:
            return None
        if self.kind == "list":
            return [self._item(item) for item in record]
        return _CASTS[self.kind](record) if self.kind in _CASTS else record

    def _item(self, item: Any) -> Any:
        if not self.inner:
            return item
        return {column.name: column.value(item) for column in self.inner}


Planning = Generator[Question, list[Description], tuple[Column, ...]]


def plan_columns(model: str, fields: Projection) -> Planning:
    """Return the columns for fields; yield which fields have to be described.

    :raises ClientError: a field does not exist
    """
    tree: Tree = {"id": {}}
    for path in flatten(fields):
        branch = tree
        for name in path.split("."):
            branch = branch.setdefault(name, {})
    return (yield from _plan(model, tree))


def _plan(model: str, tree: Tree) -> Planning:
    names = [name for name in tree if name not in _OWN]
    described = (yield model, names) if names else []
    by_name = {description["name"]: description for description in described}
    columns: list[Column] = []
    for name, branch in tree.items():
        if name in _OWN:
            columns.append(Column(name, _OWN[name], (name,)))
        elif name not in by_name:
            raise ClientError(f"{model} has no field {name!r} that can be exported")
        else:
            columns += yield from _plan_field(by_name[name], branch)
    return tuple(columns)


def _plan_field(
    field: Description, branch: Tree
) -> Generator[Question, list[Description], Sequence[Column]]:
    name, kind = field["name"], field["type"]
    if kind == "many2one":
        tree = {"id": {}, **(branch or {"display_name": {}})}
        inner = yield from _plan(field["relation"], tree)
        return [
            Column(f"{name}.{item.name}", item.kind, (name, *item.path), item.inner)
            for item in inner
        ]
    if kind not in _LISTS:
        return [Column(name, _KINDS.get(kind, "text"), (name,))]
    if not branch:
        return [Column(name, "list", (name,))]
    inner = yield from _plan(field["relation"], {"id": {}, **branch})
    return [Column(name, "list", (name,), inner)]


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


_CASTS: dict[str, Any] = {
    "date": date.fromisoformat,
    "float": float,
    "json": lambda value: json.dumps(value, ensure_ascii=False),
    "moment": _read_moment,
}
