# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What clients can do with the fields of a model, and what to send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg2.errors import ReadOnlySqlTransaction

from odoo.exceptions import AccessError, UserError
from odoo.fields import Field
from odoo.models import BaseModel

from ..auth.api_key import allows_operation
from ..calling.results import JsonConverter
from ..errors import ApiError
from ..errors.mistakes import PYTHON_ERRORS
from ..orm.access import has_field_access
from ..orm.constraints import unique_columns
from ..orm.queries import is_searchable
from ..safety.savepoints import run_and_undo
from ..searching.operators import allowed_operators
from ..searching.order import parse_order
from ..searching.targets import FieldTarget
from ..writing.create import required_names
from ..writing.values import is_writable
from .aggregates import parse_groupings
from .property_definitions import describe_properties

# Name in the answer -> attribute of fields_get; false where a field does not have it.
ATTRIBUTES = {
    "description": "string",
    "type": "type",
    "required": "required",
    "readonly": "readonly",
    "help": "help",
    "relation": "relation",
    "store": "store",
    "selection": "selection",
    "digits": "digits",
    "currency_field": "currency_field",
    "company_dependent": "company_dependent",
}

# Content is large. A datetime is usually the current time, with which the ETag of the
# answer would change every second.
_UNDESCRIBED_DEFAULTS = ("binary", "datetime")


def describe_fields(
    model: BaseModel, names: list[str], properties_of: int | None = None
) -> list[dict[str, Any]]:
    """Return an object for each field that the caller may read.

    What can be done is what this API accepts from the caller, not what Odoo declares.

    :param names: of the wanted fields; empty for all
    :param properties_of: the id of the record whose properties are described; None for
        those of all records
    """
    rows = declare_fields(model, names)
    defaults = _defaults(model, [row["name"] for row in rows])
    required = set(required_names(model, (), defaults))
    keys = _natural_keys(model, [model._fields[row["name"]] for row in rows])
    converter = JsonConverter(strict_types=False, size=None)
    for row in rows:
        name = row["name"]
        field = model._fields[name]
        row |= {
            "searchable": _is_filtered(model, field),
            "sortable": _accepts(parse_order, model, name),
            "groupable": _accepts(parse_groupings, model, name),
            "required_on_create": name in required,
            "natural_keys": keys.get(field.comodel_name, [])
            if field.relational
            else [],
        }
        if name in defaults and field.type not in _UNDESCRIBED_DEFAULTS:
            row["default"] = converter.convert(defaults[name])
        if field.type == "properties":
            row["properties"] = describe_properties(model, field, properties_of)
    return rows


def declare_fields(model: BaseModel, names: list[str]) -> list[dict[str, Any]]:
    """Return an object with the type of each field that the caller may read.

    :param names: of the wanted fields; empty for all
    """
    declared = model.fields_get(names or None, attributes=tuple(ATTRIBUTES.values()))
    rows = []
    for name, attributes in declared.items():
        field = model._fields[name]
        row = {"name": name}
        row |= {
            key: attributes.get(source, False) for key, source in ATTRIBUTES.items()
        }
        # Odoo's 0 is a number that is not rounded.
        row["digits"] = row["digits"] or False
        row["translate"] = bool(field.translate)
        row["writable"] = is_writable(field) and has_field_access(model, field, "write")
        rows.append(row)
    return rows


def _defaults(model: BaseModel, names: list[str]) -> dict[str, Any]:
    """Return the defaults of new records, as Odoo gives them to the caller.

    Those of some wizards need the records that they are opened on. An app may create
    records or numbers for its defaults, which a GET does not keep.
    """
    try:
        found = run_and_undo(model.env, lambda: model.default_get(names))
    except (UserError, ReadOnlySqlTransaction, *PYTHON_ERRORS):
        return {}
    return {name: found[name] for name in names if name in found}


def _is_filtered(model: BaseModel, field: Field) -> bool:
    return is_searchable(field) and bool(allowed_operators(FieldTarget(model, [field])))


def _accepts(parse: Callable, model: BaseModel, name: str) -> bool:
    """Tell whether a request with this field would be accepted."""
    try:
        parse(model, name)
    except (AccessError, ApiError):
        return False
    return True


def _natural_keys(model: BaseModel, fields: list[Field]) -> dict[str, list[list[str]]]:
    """Return `{model: lists of fields with unique values}` of the related models.

    Only of fields that the caller and the API key may read.
    """
    names = {field.comodel_name for field in fields if field.relational}
    readable = {
        model.env[name]._table: model.env[name]
        for name in names
        if allows_operation(model.env, "read", name)
        and model.env[name].has_access("read")
    }
    keys: dict[str, list[list[str]]] = {}
    for table, columns in unique_columns(model.env.cr, readable):
        comodel = readable[table]
        key_fields = [comodel._fields.get(column) for column in columns]
        if all(field and has_field_access(comodel, field) for field in key_fields):
            keys.setdefault(comodel._name, []).append(columns)
    return keys
