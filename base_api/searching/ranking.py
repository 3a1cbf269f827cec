# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sort records by the ranking of a name search among them or behind relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from odoo.fields import Field
from odoo.models import BaseModel
from odoo.tools import SQL

from ..field_types import X2MANY
from ..orm.queries import field_to_sql, lines_query
from .rules import rules_to_sql


@dataclass(frozen=True)
class Rank:
    """The order of records by a name search.

    :param fields: the relations that lead to the ranked records; none for those of the
        request
    :param ids: of the ranked records, the best one first
    """

    fields: tuple[Field, ...]
    ids: tuple[int, ...]


def is_rankable(model: BaseModel, field: Field) -> bool:
    """Tell whether the records behind a relation can rank those of the model."""
    if field.type == "one2many" and field.store:
        inverse = model.env[field.comodel_name]._fields[field.inverse_name]
        return bool(inverse.type == "many2one" and inverse.store)
    return bool(field.store)


def rank_to_sql(model: BaseModel, rank: Rank, query: Any) -> SQL:
    """Return the position of a record: that of the best visible one behind relations.

    :param query: of the model; joins are added to it
    """
    return _position(model, model._table, list(rank.fields), rank.ids, query)


def _position(
    model: BaseModel, alias: str, fields: list[Field], ids: tuple[int, ...], query: Any
) -> SQL:
    if not fields:
        return _index(ids, SQL.identifier(alias, "id"))
    field, *rest = fields
    if field.type in X2MANY:
        return _best(model, alias, fields, ids)
    if not rest:
        return _index(ids, field_to_sql(model, alias, field.name, query))
    comodel, alias = field.join(model, alias, query)
    position = _position(comodel, alias, rest, ids, query)
    visible = rules_to_sql(comodel, alias, query)
    return SQL("(CASE WHEN %s THEN %s END)", visible, position)


def _best(
    model: BaseModel, alias: str, fields: list[Field], ids: tuple[int, ...]
) -> SQL:
    field, *rest = fields
    comodel = model.env[field.comodel_name]
    lines = lines_query(model, alias, field)
    lines.add_where(rules_to_sql(comodel, lines.table, lines))
    position = _position(comodel, lines.table, rest, ids, lines)
    return SQL("(%s)", lines.select(SQL("MIN(%s)", position)))


def _index(ids: tuple[int, ...], record_id: SQL) -> SQL:
    return SQL("array_position(%s::integer[], %s)", list(ids), record_id)
