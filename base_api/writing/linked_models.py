# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which records of other models the values of a record change.

An API key that is restricted to models must allow `update` on those models too. The
ORM changes such records by itself where

- a related field writes on the record that it reads (`Field._inverse_related`),
- a list in a properties field redefines the properties of all records that share the
  definition (`Properties.write`),
- a many2one_reference attaches the record to another one, or takes it off.

Some records are part of another record, and need no operation of their own: the
parents of `_inherits`, and those of `PARTS`. Making an existing record such a part does
need one, as its values can then be written through the other record.

What the code of an app does is not known beforehand: an `inverse` method of a lead
keeps the email of its customer up to date.
"""

from collections.abc import Iterator
from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from ..auth.api_key import check_operation, current_restrictions

# Model or mixin -> its many2one to a record that Odoo creates along with each of its
# own, as with _inherits, and whose fields it has as related ones.
PARTS = {"res.company": "partner_id", "resource.mixin": "resource_id"}


def check_linked_models(records: BaseModel, values: dict[str, Any]) -> None:
    """Refuse values that change records of models that the API key may not update.

    :param records: those that the values are for, empty for new ones
    :param values: as `parse_values` gives them
    :raise KeyRestricted: saying which model it was
    """
    if not current_restrictions(records.env).models:
        return
    check_owner_models(records, values)
    parts = _parts(records)
    for name, value in values.items():
        field = records._fields[name]
        models = list(_related_models(records.env, field))
        if field.type == "properties" and _redefines(value):
            models.append(records._fields[field.definition_record].comodel_name)
        if name in parts and value and _is_other(records, name, value):
            models.append(field.comodel_name)
        for model_name in models:
            check_operation(records.env, "update", model_name)


def check_owner_models(records: BaseModel, values: dict[str, Any]) -> None:
    """Refuse to attach records to a record that the API key may not update.

    An attachment, say, is part of the record named by its `res_model` and `res_id`.
    Nor may such a key take it off that record.

    :raise KeyRestricted: saying which model it was
    """
    for field in records._fields.values():
        if field.type == "many2one_reference":
            for owner in _owner_models(records, field, values):
                check_operation(records.env, "update", owner)


def _owner_models(
    records: BaseModel, field: Field, values: dict[str, Any]
) -> list[str]:
    """Return the models that a reference leads and led to, if `values` change it.

    Of its two fields, the model and the id, a request may change one alone.
    """
    model_field = records._fields[field.model_field]
    # Of an activity, the model is that of res_model_id.
    link, _, path = (model_field.related or "").partition(".")
    if not values.keys() & {field.name, model_field.name, link}:
        return []
    # sudo: only the names of models are looked at.
    records = records.sudo()
    owners = [values.get(model_field.name), *records.mapped(model_field.name)]
    if link in values:
        owners += records[link].browse(values[link]).mapped(path)
    return [owner for owner in owners if owner]


def _parts(model: BaseModel) -> set[str]:
    """Return the many2one fields that lead to records that a record is made of."""
    registry = model.env.registry
    links = [
        link
        for name, link in PARTS.items()
        if name in registry and isinstance(model, registry[name])
    ]
    return {*model._inherits.values(), *links}


def _related_models(env: Environment, field: Field) -> Iterator[str]:
    """Yield the models that a related field writes on; it may lead to another one."""
    while field.inverse and field.related_field:
        link, *more = field.related.split(".")[:-1]
        if more or link not in _parts(env[field.model_name]):
            yield field.related_field.model_name
        field = field.related_field


def _redefines(value: Any) -> bool:
    """Tell whether the value of a properties field changes the definition."""
    flags = ("definition_changed", "definition_deleted")
    return isinstance(value, list) and any(
        item.get(flag) for item in value for flag in flags
    )


def _is_other(records: BaseModel, name: str, value: int) -> bool:
    """Tell whether a many2one does not hold this record yet."""
    # sudo: the caller may not see the part of a record as a record of its own.
    return not records or records.sudo()[name].ids != [value]
