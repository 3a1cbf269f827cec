# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nested records: objects instead of ids.

It works level by level like `web_read` (addons/web/models/models.py), with one
statement for all records of a field. `web_read` refuses the whole read if one record is
hidden from the caller. Here, a hidden record shows what a flat read shows: the id and
the name of a many2one, and nothing in a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.fields import Domain, Field
from odoo.models import BaseModel

from ..errors import AnswerTooLarge
from ..orm.access import filter_access
from ..orm.answer_size import answer_size
from ..orm.values import read_format
from ..protocol.preferences import current_preferences
from ..settings import bound
from .columns import read_columns
from .external_ids import put_external_ids
from .json_bytes import text_bytes
from .measured_columns import without_files

if TYPE_CHECKING:
    from .projection import Projection


# Member next to truncated lists: {name of the list: number of records}.
TRUNCATED = "_truncated"


def nest(
    records: BaseModel, projection: Projection, serialize: Callable
) -> list[dict[str, Any]]:
    """Return the records as JSON, one dict each, with nested records.

    :param records: fetched, and checked
    :param projection: a `Projection`
    :param serialize: a function from records, a projection and `{id: how often it is
        in the answer}` to rows without nested records
    :raise AnswerTooLarge: more than `max_nested_objects`
    """
    return _Nest(records.env, serialize).rows(
        records, projection, dict.fromkeys(records.ids, 1)
    )


class _Nest:
    """The nested records of one answer."""

    def __init__(self, env: Environment, serialize: Callable) -> None:
        self.serialize = serialize
        self.empty = None if current_preferences(env).strict_types else False
        self.size = answer_size(env.cr)
        self.most = bound(env, "max_nested_objects")
        self.count = 0

    def rows(
        self, records: BaseModel, projection: Projection, times: dict[Any, Any]
    ) -> list[dict[str, Any]]:
        """Return one dict for each record.

        :param times: `{id: how often that record is in the answer}`
        """
        flat = {
            name: field
            for name, field in projection.items()
            if name not in projection.nested
        }
        rows = self.serialize(records, flat, times)
        for name, inner in projection.nested.items():
            field = records._fields[projection[name]]
            values = _read(records, field, named=inner.named)
            rows = [row for row in rows if row["id"] in values]
            links = _links(field, values, inner)
            comodel = records.env[field.comodel_name]
            if inner.named:
                self._count_names(values, times)
            found = self._find(comodel, inner, self._count(links, times))
            put = self._put_one if field.type == "many2one" else self._put_list
            for row in rows:
                put(row, name, values[row["id"]], links[row["id"]], found)
        if projection.external:
            put_external_ids(records, rows, projection.external)
        order = [*projection, *projection.external, TRUNCATED]
        return [{name: row[name] for name in order if name in row} for row in rows]

    def _put_one(
        self,
        row: dict[str, Any],
        name: str,
        value: Any,
        links: list[int],
        found: dict[Any, Any],
    ) -> None:
        row[name] = self.empty
        for record_id in links:
            row[name] = {"id": record_id}
            if isinstance(value, tuple):
                row[name]["display_name"] = value[1]
            row[name] |= found.get(record_id, {})

    def _put_list(
        self,
        row: dict[str, Any],
        name: str,
        value: list[int],
        links: list[int],
        found: dict[Any, Any],
    ) -> None:
        row[name] = [found[record_id] for record_id in links if record_id in found]
        if len(links) < len(value):
            row.setdefault(TRUNCATED, {})[name] = len(value)

    def _count(self, links: dict[Any, Any], times: dict[int, Any]) -> dict[Any, Any]:
        """Return how often each linked record is in the answer.

        A few records can become very many objects, if lists lead back and forth.
        """
        linked: Counter[Any] = Counter()
        for record_id, ids in links.items():
            for linked_id in ids:
                linked[linked_id] += times[record_id]
        self.count += linked.total()
        if self.count > self.most > 0:
            raise AnswerTooLarge(
                f"The answer would hold more than {self.most} nested records "
                "(max_nested_objects): choose a lower limit, a lower nested_limit or "
                "fewer fields"
            )
        return linked

    def _count_names(self, values: dict[int, Any], times: dict[int, Any]) -> None:
        names = {key: value[1] for key, value in values.items() if value}
        if self.size:
            self.size.add(sum(times[key] * text_bytes(names[key]) for key in names))

    def _find(
        self, comodel: BaseModel, projection: Projection, times: dict[Any, Any]
    ) -> dict[Any, Any]:
        """Return `{id: row}` of the records that the caller may see."""
        if list(projection) == ["id"] and not projection.external:
            return {record_id: {"id": record_id} for record_id in times}
        records = _visible(comodel.browse(times), list(projection.values()))
        rows = self.rows(records, projection, times)
        return {row["id"]: row for row in rows}


def _visible(records: BaseModel, field_names: list[str]) -> BaseModel:
    """Return the records that the caller may see, archived or not, with fields fetched.

    As in `fetch`, nothing is searched without columns: some models have no table, such
    as `account.root`.
    """
    field_names = without_files(records, field_names, len(records))
    fields = [records._fields[name] for name in field_names if name != "id"]
    if not any(field.store and field.column_type for field in fields):
        return filter_access(records)
    found = records.with_context(active_test=False).search_fetch(
        Domain("id", "in", records.ids), field_names, order="id"
    )
    return found.with_env(records.env)


def _links(
    field: Field, values: dict[Any, Any], projection: Projection
) -> dict[Any, Any]:
    """Return `{id of a record: ids of the records nested in it}`."""
    if field.type != "many2one":
        return {key: items[: projection.nested_limit] for key, items in values.items()}
    if projection.named:
        return {key: list(value[:1]) if value else [] for key, value in values.items()}
    return {key: [value] if value else [] for key, value in values.items()}


def _read(records: BaseModel, field: Field, named: bool) -> dict[Any, Any]:
    """Return `{id of a record: flat value of the field}`.

    :param named: whether a many2one comes as id and name, otherwise as the id alone
    """
    if named:
        columns = read_columns(records, ["id", field.name])
        return dict(zip(columns["id"], columns[field.name], strict=True))
    rows = read_format(records, [field.name], load=None)
    return {row["id"]: row[field.name] for row in rows}
