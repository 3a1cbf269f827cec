# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dotted paths over relations, such as `order_line.product_id.name`."""

from collections.abc import Callable

from odoo.fields import Field
from odoo.models import BaseModel

from ..aliases import current_name, old_names
from ..auth.api_key import check_operation
from ..errors.hints import hint
from ..orm.access import check_field_access

MAX_PATH_LENGTH = 8  # relations in a row, in one name of a request


def resolve_path(
    model: BaseModel, path: str, error_class: type | Callable
) -> list[Field]:
    """Return the fields along a dotted path.

    Filters, sorts and groups reveal values as reading does. So the caller and the API
    key must be allowed to read the whole path.

    :param error_class: what to raise for a path that does not exist, an
        `ApiError`
    :return: list of `odoo.fields.Field`, at least one
    :raise odoo.exceptions.AccessError: a model or a field that the caller may not read
    :raise KeyRestricted: a model that the API key is not for
    """
    names = path.split(".")
    if len(names) > MAX_PATH_LENGTH:
        raise error_class(f"'{path[:80]}' crosses too many relations")
    fields = [resolve_field(model, names[0], error_class)]
    for name in names[1:]:
        model = follow(model, fields[-1], error_class)
        fields.append(resolve_field(model, name, error_class))
    return fields


def known_fields(model: BaseModel, path: str) -> list[Field]:
    """Return the fields along a dotted path as far as they exist.

    No rights are checked: resolve the path before its fields are used or shown.
    """
    fields: list[Field] = []
    for name in path.split("."):
        if fields and not fields[-1].relational:
            break
        if fields:
            model = model.env[fields[-1].comodel_name]
        field = model._fields.get(current_name(model._name, name))
        if field is None:
            break
        fields.append(field)
    return fields


def resolve_field(model: BaseModel, name: str, error_class: type | Callable) -> Field:
    """Return a field by its current or old name, if the caller may read it."""
    field = model._fields.get(current_name(model._name, name))
    if field is None:
        known = [*model._fields, *old_names(model._name)]
        raise error_class(
            f"Unknown field '{name[:80]}' in {model._name}{hint(name, known)}"
        )
    check_field_access(model, field)
    return field


def follow(model: BaseModel, field: Field, error_class: type | Callable) -> BaseModel:
    """Return the model that a relation leads to, if the caller may read it."""
    if not field.relational:
        raise error_class(f"'{field.name}' of {model._name} is not a relational field")
    comodel = model.env[field.comodel_name]
    check_operation(model.env, "read", comodel._name)
    comodel.check_access("read")
    return comodel
