# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The changes of a dry run: the fields of records, before and after.

Endpoints that write declare their records:

    watch(records)              # before they are written or deleted
    watch_created(records)      # after they were created

Both do nothing unless the request is a dry run. The changes are added to the answer
after a flush, so that they include computed fields.
"""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..auth.api_key import can_use
from ..orm.access import filter_access
from ..orm.queries import fetches_by_itself, read_translations
from ..orm.scope import bound_scope
from ..reading.serializers import readable_fields, serialize_all


class Changes:
    """The records of a dry run, and their values before it.

    For a record that is watched twice, the first values count.
    """

    def __init__(self) -> None:
        self._before: dict[
            Any, Any
        ] = {}  # {model name: {id: values, or None of what was created}}
        # {(model name, id): {field name: {language: text}}}
        self._texts: dict[tuple[str, int], dict[str, Any]] = {}

    def add(self, records: BaseModel, snapshot: dict[Any, Any]) -> None:
        """:param dict snapshot: id to values; an id without them is of a new record"""
        before = self._before.setdefault(records._name, {})
        for record_id in records.ids:
            before.setdefault(record_id, snapshot.get(record_id))

    def add_texts(self, records: BaseModel, field_names: list[str]) -> None:
        """Note the texts of translated fields in all languages."""
        for record_id, texts in read_translations(records, field_names).items():
            known = self._texts.setdefault((records._name, record_id), {})
            self._texts[records._name, record_id] = texts | known

    def to_json(self, env: Environment) -> list[dict[str, Any]]:
        """Return `[{"model", "id", "before", "after"}]` of the changed records.

        `before` is null for created records, and `after` for deleted ones. Otherwise
        both contain the fields that differ and that the caller may read.
        """
        rows = []
        for model_name, before in self._before.items():
            records = env[model_name].browse(before).exists()
            after = dict.fromkeys(records.ids, {}) | _snapshot(records)
            for record_id, values in before.items():
                old, new = _difference(values, after.get(record_id))
                if old is not None and new is not None:
                    old, new = self._with_texts(records.browse(record_id), old, new)
                if old != new:
                    row = {"model": model_name, "id": record_id}
                    rows.append(row | {"before": old, "after": new})
        return rows

    def _with_texts(
        self, record: BaseModel, old: dict[str, Any], new: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add the translations that changed, in the form in which they are sent."""
        before = self._texts.get((record._name, record.id))
        if not before:
            return old, new
        after = read_translations(record, list(before))[record.id]
        names = [name for name in before if before[name] != after[name]]
        return (
            old | {name: {"translations": before[name] or {}} for name in names},
            new | {name: {"translations": after[name] or {}} for name in names},
        )


def watch(records: BaseModel) -> None:
    """Note records that will be written or deleted."""
    if changes := _current_changes(records.env):
        changes.add(records, dict.fromkeys(records.ids, {}) | _snapshot(records))


def watch_texts(records: BaseModel, field_names: list[str]) -> None:
    """Note translated fields that will be written in other languages, too."""
    changes = _current_changes(records.env)
    if not changes or fetches_by_itself(type(records)):
        return
    if can_use(records.env, "read", records._name):
        readable = readable_fields(records.browse())
        names = [name for name in field_names if name in readable]
        changes.add_texts(filter_access(records), names)


def watch_created(records: BaseModel) -> None:
    """Note records that were created."""
    if changes := _current_changes(records.env):
        changes.add(records, {})


def _current_changes(env: Environment) -> Changes | None:
    scope = bound_scope(env.cr)
    return scope.changes if scope else None


def _snapshot(records: BaseModel) -> dict[Any, Any]:
    """Return `{id: {field: value}}` of the stored fields that the caller may read.

    Including the fields of `_inherits` parents, without binaries, in the representation
    of the answer. Empty if the API key may not read the model.
    """
    if not can_use(records.env, "read", records._name):
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
    """Return both without equal fields; None stays None."""
    if before is None or after is None:
        return before, after
    names = [name for name in before | after if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
