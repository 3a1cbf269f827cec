# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Represent the records that a request has written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.fields import Field
from odoo.models import BaseModel

from ..aliases import current_name
from ..auth.api_key import can_use
from ..field_types import STRUCTURED, X2MANY
from ..orm.access import filter_access, has_field_access
from ..protocol.preferences import current_preferences
from ..reading.serializers import default_fields, serialize_all
from ..reading.strict_types import strict_value
from ..referencing.known import known_id
from ..referencing.reference import is_reference
from .translations import holds_translations
from .values import parse_value

if TYPE_CHECKING:
    from ..reading.projection import Projection


def represent(records: BaseModel, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return written records: their names and the sent fields.

    Without fields that the caller may not read; only the id of records that the caller
    may not see, and of all records with `Prefer: return=minimal` (RFC 7240, section
    4.2). An API key that may not read the model gets only what was sent.

    :param bodies: for each record an object with the fields that were sent
    """
    rows = [{"id": record_id} for record_id in records._ids]
    if current_preferences(records.env).minimal:
        return rows
    if not can_use(records.env, "read", records._name):
        return [
            row | as_sent(records.browse(), body)
            for row, body in zip(rows, bodies, strict=True)
        ]
    visible = set(filter_access(records)._ids)
    alike: dict[Any, Any] = {}  # {sent names: positions in records}
    for position, (row, body) in enumerate(zip(rows, bodies, strict=True)):
        if row["id"] in visible:
            alike.setdefault(tuple(body), []).append(position)
    for sent, positions in alike.items():
        some = records.browse([rows[position]["id"] for position in positions])
        names = _readable_names(records.browse(), sent)
        for position, row in zip(positions, serialize_all(some, names), strict=True):
            rows[position] = row
    return rows


def as_sent(model: BaseModel, body: dict[str, Any]) -> dict[str, Any]:
    """Return the sent values in the representation of answers, without reading.

    These are the values with a column. Others are stored differently: lines as records,
    files as attachments, passwords as hashes.

    :param body: checked, see `parse_values`
    :return: many2one values without names
    """
    fields = {name: model._fields[current_name(model._name, name)] for name in body}
    return {
        name: _represent(model, field, body[name], _comodel_name(field, body))
        for name, field in fields.items()
        if field.base_field.store
        and field.type not in X2MANY | STRUCTURED | {"binary"}
        and has_field_access(model, field)
    }


def _represent(model: BaseModel, field: Field, value: Any, comodel_name: str) -> Any:
    if holds_translations(field, value):
        return value
    strict_types = current_preferences(model.env).strict_types
    if is_reference(value):
        value = known_id(model.env.cr, comodel_name, value)
    value = parse_value(model, field, value)
    if field.type == "many2one" and value:
        value = [value, None if strict_types else False]
    return strict_value(field, value) if strict_types else value


def _comodel_name(field: Field, body: dict[str, Any]) -> str:
    if field.type == "many2one_reference":
        return str(body.get(field.model_field))
    return str(field.comodel_name)


def _readable_names(model: BaseModel, sent: tuple[Any, ...]) -> Projection:
    """Return the default fields of a list and the readable sent fields."""
    names = default_fields(model)
    for name in sent:
        field = model._fields[current_name(model._name, name)]
        if field.type != "binary" and has_field_access(model, field):
            names[name] = field.name
    return names
