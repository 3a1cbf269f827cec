# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a dry run would change: the fields of records, before and after.

An endpoint that writes says which records it is about, in one line each::

    watch(records)              # before they are written or deleted
    watch_created(records)      # after they were created

Both do nothing, at no cost, unless the request is a dry run. The dispatcher adds the
changes to the answer when everything is flushed, with what was computed meanwhile.
"""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..auth.api_key import allows_operation
from ..orm.access import filter_access
from ..orm.scope import bound_scope
from ..reading.serializers import readable_fields, serialize_all


class Changes:
    """The records that a dry run is about, and what they were before.

    A record that is watched twice, by two steps of a batch, was what it was at first.
    """

    def __init__(self) -> None:
        self._before: dict[
            Any, Any
        ] = {}  # {model name: {id: values, or None of what was created}}

    def add(self, records: BaseModel, snapshot: dict[Any, Any]) -> None:
        """:param dict snapshot: id to values; an id without them is of a new record"""
        before = self._before.setdefault(records._name, {})
        for record_id in records.ids:
            before.setdefault(record_id, snapshot.get(record_id))

    def to_json(self, env: Environment) -> list[dict[str, Any]]:
        """Return `[{"model", "id", "before", "after"}]`, of records that change.

        `before` is null for what was created, and `after` for what was deleted;
        otherwise both have the fields that differ, as the caller may read them.
        """
        rows = []
        for model_name, before in self._before.items():
            records = env[model_name].browse(before).exists()
            after = dict.fromkeys(records.ids, {}) | _snapshot(records)
            for record_id, values in before.items():
                old, new = _difference(values, after.get(record_id))
                if old != new:
                    row = {"model": model_name, "id": record_id}
                    rows.append(row | {"before": old, "after": new})
        return rows


def watch(records: BaseModel) -> None:
    """Note records that are about to be written or deleted, see the module."""
    if changes := _current_changes(records.env):
        changes.add(records, dict.fromkeys(records.ids, {}) | _snapshot(records))


def watch_created(records: BaseModel) -> None:
    """Note records that were created, see the module."""
    if changes := _current_changes(records.env):
        changes.add(records, {})


def _current_changes(env: Environment) -> Changes | None:
    scope = bound_scope(env.cr)
    return scope.changes if scope else None


def _snapshot(records: BaseModel) -> dict[Any, Any]:
    """Return `{id: {field: value}}` of what is stored and the caller may read.

    With the fields of the record that one is made of (`_inherits`), without binaries,
    and as the answer shows values. What the caller may write but not read is not in it,
    nor is anything where the API key is not for reading.
    """
    if not allows_operation(records.env, "read", records._name):
        return {}
    visible = filter_access(records)
    names = {
        name: name
        for name, field in readable_fields(records.browse()).items()
        if field.base_field.store and field.type != "binary"
    }
    names["id"] = "id"
    rows = serialize_all(visible, names)
    return {row.pop("id"): row for row in rows}


def _difference(
    before: dict[str, Any] | None, after: dict[str, Any] | None
) -> tuple[Any, ...]:
    """Return both without the fields that are equal; None stays None."""
    if before is None or after is None:
        return before, after
    names = [name for name in before | after if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
