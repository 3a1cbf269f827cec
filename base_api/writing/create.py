# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create records, and report missing values."""

from collections.abc import Collection
from typing import Any

from odoo.exceptions import AccessError, UserError
from odoo.fields import Field
from odoo.models import BaseModel

from ..errors import InvalidValue
from ..errors.details import REQUIRED, detail, join
from ..orm.declarations import names_with_default
from .line_names import keep_line_names
from .translated_records import create_translated


def create(
    model: BaseModel, values_list: list[dict[str, Any]], pointers: Any = ("",)
) -> BaseModel:
    """Create records like `model.create`.

    The code of an addon may fail because a required value is missing, before PostgreSQL
    reports it: that is a client error. Missing rights are reported before wrong values.

    :param pointers: where the values are in the body, one for each record
    :raise InvalidValue: required fields are missing, each in `details`
    :raise odoo.exceptions.AccessError: no right to create records
    """
    try:
        records = create_translated(values_list, model.create)
    except AccessError:
        raise
    except UserError:
        model.check_access("create")
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as exc:
        model.check_access("create")
        missing = [
            detail(name, f"{name}: required", REQUIRED, join(pointer, name))
            for pointer, values in zip(pointers, values_list, strict=True)
            for name in _missing_fields(model, values, exc)
        ]
        if not missing:
            raise
        raise InvalidValue(missing[0]["message"], details=missing) from exc
    keep_line_names(records, values_list)
    return records


def _missing_fields(model: BaseModel, values: dict[str, Any], exc: Any) -> list[str]:
    """Return the required fields without a value and without a default.

    :param exc: the error; if it is the name of a field, only that one
    """
    if isinstance(exc, KeyError) and str(exc.args[0]) in model._fields:
        # Also with a default: the code of an app may read the field before it is set.
        return [exc.args[0]] if exc.args[0] not in values else []
    candidates = required_names(model, values, {})
    return required_names(model, values, model.default_get(candidates))


def names_without_default(model: BaseModel) -> list[str]:
    """Return the required fields that declare no default.

    Unlike `default_get`, this calls no code of apps.
    """
    return required_names(model, (), names_with_default(model))


def required_names(
    model: BaseModel, values: Collection[str], defaults: Collection[str]
) -> list[str]:
    """Return the required fields that a new record lacks.

    :param values, defaults: the names of fields with a value, and with a default
    """
    return [
        name
        for name, field in model._fields.items()
        if field.required
        and name not in values
        and name not in defaults
        and not _is_computed(field)
        and not getattr(field, "delegate", False)
    ]


def _is_computed(field: Field) -> bool:
    """Tell whether the ORM computes a field before a record is inserted.

    Stored fields are, if they are precomputed; others break the constraint.
    """
    if field.related or not field.compute:
        return False
    return bool(field.precompute or not field.store)
