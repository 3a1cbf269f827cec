# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the records of other models that the values of a record change.

An API key that is restricted to models must also allow `update` on those models. The
ORM changes such records itself if

- a related field writes on the record that it reads (`Field._inverse_related`),
- a list in a properties field redefines the properties of all records that share the
  definition (`Properties.write`),
- a many2one_reference attaches the record to another one, or detaches it.

Some records are part of another record, and need no operation of their own: the
parents of `_inherits`, and those of `PARTS`. Making an existing record such a part does
need one, as its values can then be written through the other record.

Changes by the code of an app are not detected: an `inverse` method of a lead updates
the email of its customer.
"""

from collections.abc import Iterator
from typing import Any

from odoo.api import Environment
from odoo.fields import Field
from odoo.models import BaseModel

from ..auth.api_key import check_operation, current_restrictions
from .property_forms import is_redefinition

# Model or mixin -> many2one to a record that Odoo creates with it, as with _inherits,
# and whose fields it has as related fields.
PARTS = {"res.company": "partner_id", "resource.mixin": "resource_id"}


def check_linked_models(records: BaseModel, values: dict[str, Any]) -> None:
    """Refuse values that change records of models that the API key may not update.

    :param records: the records to write; empty for new ones
    :param values: from `parse_values`
    :raise KeyRestricted: saying which model it was
    """
    if not current_restrictions(records.env).models:
        return
    check_owner_models(records, values)
    parts = _parts(records)
    for name, value in values.items():
        field = records._fields[name]
        models = list(_related_models(records.env, field))
        if field.type == "properties" and is_redefinition(value):
            models.append(records._fields[field.definition_record].comodel_name)
        if name in parts and value and _is_other(records, name, value):
            models.append(field.comodel_name)
        for model_name in models:
            check_operation(records.env, "update", model_name)


def check_owner_models(records: BaseModel, values: dict[str, Any]) -> None:
    """Refuse to attach records to a record that the API key may not update.

    An attachment, for example, belongs to the record of its `res_model` and `res_id`.
    Detaching it is refused, too.

    :raise KeyRestricted: saying which model it was
    """
    for field in records._fields.values():
        if field.type == "many2one_reference":
            for owner in _owner_models(records, field, values):
                check_operation(records.env, "update", owner)


def _owner_models(
    records: BaseModel, field: Field, values: dict[str, Any]
) -> list[str]:
    """Return the old and new models of a reference that `values` change.

    A request may change only one of its two fields.
    """
    model_field = records._fields[field.model_field]
    # The model of an activity is that of res_model_id.
    link, _, path = (model_field.related or "").partition(".")
    if not values.keys() & {field.name, model_field.name, link}:
        return []
    # sudo: only the names of models are read.
    records = records.sudo()
    owners = [values.get(model_field.name), *records.mapped(model_field.name)]
    if link in values:
        owners += records[link].browse(values[link]).mapped(path)
    return [owner for owner in owners if owner]


def _parts(model: BaseModel) -> set[str]:
    """Return the many2one fields to the parts of a record."""
    registry = model.env.registry
    links = [
        link
        for name, link in PARTS.items()
        if name in registry and isinstance(model, registry[name])
    ]
    return {*model._inherits.values(), *links}


def _related_models(env: Environment, field: Field) -> Iterator[str]:
    """Yield the models that a related field writes, possibly through others."""
    while field.inverse and field.related_field:
        link, *more = field.related.split(".")[:-1]
        if more or link not in _parts(env[field.model_name]):
            yield field.related_field.model_name
        field = field.related_field


def _is_other(records: BaseModel, name: str, value: int) -> bool:
    """Tell whether a many2one does not contain this record yet."""
    # sudo: the caller may not be allowed to read the part itself.
    return not records or records.sudo()[name].ids != [value]
